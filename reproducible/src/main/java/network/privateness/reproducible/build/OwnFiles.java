package network.privateness.reproducible.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.definition.Alternative;
import network.privateness.reproducible.definition.Software;
import network.privateness.reproducible.definition.User;
import network.privateness.reproducible.definition.Volume;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.CaseConflict;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.FolderReader;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;

/**
 * What a definition itself puts into a root file system: users, links, volumes and the files of its rootfs folder. It
 * rules over what inputs ship.
 */
final class OwnFiles {

    private final String origin;
    private final NavigableMap<RootPath, Node> nodes = new TreeMap<>();

    /**
     * @param users all users, those of the bases too: the files are replaced, not appended to
     * @param volumes folders to make
     */
    OwnFiles(
            String origin, Software software, Iterable<User> users, Iterable<Volume> volumes, Platform platform)
            throws IOException {
        this.origin = origin;
        if (!software.users().isEmpty()) {
            put("/etc/passwd", text(User.passwd(users), 0644));
            put("/etc/group", text(User.group(users), 0644));
        }
        for (Alternative alternative : software.alternatives()) {
            Optional<String> target = alternative.target(platform);
            if (target.isPresent()) {
                put(alternative.link(), SymbolicLink.made(target.get(), origin));
            }
        }
        for (Volume volume : volumes) {
            put(volume.path(), new Directory(volume.mode(), volume.uid(), volume.gid(), Node.AT_EPOCH, origin));
        }
        if (software.rootfs().isPresent()) {
            NavigableMap<RootPath, Node> folder = FolderReader.read(software.rootfs().get(), origin + "/rootfs");
            CaseConflict.check(folder.keySet(), origin + "/rootfs");
            nodes.putAll(folder);
        }
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    Recipe describe(Recipe recipe) throws IOException {
        for (Map.Entry<RootPath, Node> entry : nodes.entrySet()) {
            Node node = entry.getValue();
            String value = Integer.toOctalString(node.mode()) + " " + node.uid() + ":" + node.gid() + " ";
            if (node instanceof RegularFile file) {
                try (InputStream in = file.content().open()) {
                    value += Sha256.of(in.readAllBytes());
                }
            } else if (node instanceof SymbolicLink link) {
                value += "-> " + link.target();
            } else {
                value += "folder";
            }
            recipe.rule("own " + entry.getKey(), value);
        }
        return recipe;
    }

    void fill(UpperTree tree) throws IOException {
        for (Map.Entry<RootPath, Node> entry : nodes.entrySet()) {
            boolean folder = entry.getValue() instanceof Directory;
            boolean known = tree.tree().get(entry.getKey()).filter(Directory.class::isInstance).isPresent();
            // A folder on the way to a file says nothing about the mode that an input gave it.
            if (!(folder && known && isPassage(entry.getKey()))) {
                tree.replace(entry.getKey(), entry.getValue());
            }
        }
    }

    private boolean isPassage(RootPath folder) {
        RootPath next = nodes.higherKey(folder);
        return next != null && next.startsWith(folder);
    }

    private void put(String path, Node node) {
        nodes.put(RootPath.parseAbsolute(path, origin), node);
    }

    private RegularFile text(String text, int mode) {
        return RegularFile.made(Content.of(text), mode, origin);
    }
}
