package network.privateness.reproducible.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.definition.Alternative;
import network.privateness.reproducible.definition.Software;
import network.privateness.reproducible.definition.User;
import network.privateness.reproducible.definition.Volume;
import network.privateness.reproducible.digest.Sha256OutputStream;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.FolderReader;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.RootTree;
import network.privateness.reproducible.rootfs.SymbolicLink;

/**
 * What a definition itself puts into a root file system: users, links, volumes and the files of its rootfs folder. It
 * rules over what inputs ship, and the rootfs folder over all; only the folders in it, which have no mode and owner of
 * their own, leave those that are there as they are.
 */
final class OwnFiles {

    private final String origin;
    private final NavigableMap<RootPath, Node> declared = new TreeMap<>();
    private final NavigableMap<RootPath, Node> rootfs = new TreeMap<>();

    /**
     * @param users all users, those of the bases too: the files are replaced, not appended to
     * @param volumes folders to make
     */
    OwnFiles(String origin, Software software, Iterable<User> users, Iterable<Volume> volumes, Platform platform)
            throws IOException {
        this.origin = origin;
        if (!software.users().isEmpty()) {
            declare("/etc/passwd", text(User.passwd(users)));
            declare("/etc/group", text(User.group(users)));
        }
        for (Alternative alternative : software.alternatives()) {
            Optional<String> target = alternative.target(platform);
            if (target.isPresent()) {
                declare(alternative.link(), SymbolicLink.made(target.get(), origin));
            }
        }
        for (Volume volume : volumes) {
            declare(volume.path(), new Directory(volume.mode(), volume.uid(), volume.gid(), Node.AT_EPOCH, origin));
        }
        for (Map.Entry<String, String> file : software.texts().entrySet()) {
            declare(file.getKey(), text(file.getValue()));
        }
        if (software.rootfs().size() == 1) {
            rootfs.putAll(FolderReader.read(software.rootfs().get(0), origin + "/rootfs"));
        } else {
            rootfs.putAll(united(software.rootfs()));
        }
    }

    /** Of a composition: its members' folders may hold the same at one path, and nothing else. */
    private NavigableMap<RootPath, Node> united(List<Path> folders) throws IOException {
        RootTree tree = new RootTree();
        for (Path folder : folders) {
            tree.addAll(FolderReader.read(
                    folder, origin + "/rootfs of " + folder.getParent().getFileName()));
        }
        return tree.nodes();
    }

    boolean isEmpty() {
        return declared.isEmpty() && rootfs.isEmpty();
    }

    Recipe describe(Recipe recipe) throws IOException {
        describe(recipe, "declared", declared);
        describe(recipe, "rootfs", rootfs);
        return recipe;
    }

    void fill(UpperTree tree) throws IOException {
        for (Map.Entry<RootPath, Node> entry : declared.entrySet()) {
            tree.replace(entry.getKey(), entry.getValue());
        }
        tree.replaceAll(rootfs);
    }

    private static void describe(Recipe recipe, String kind, Map<RootPath, Node> nodes) throws IOException {
        for (Map.Entry<RootPath, Node> entry : nodes.entrySet()) {
            Node node = entry.getValue();
            String mode = Integer.toOctalString(node.mode()) + " " + node.uid() + ":" + node.gid() + " ";
            recipe.rule(kind + " " + entry.getKey(), mode + content(node));
        }
    }

    private static String content(Node node) throws IOException {
        if (node instanceof RegularFile file) {
            try (InputStream in = file.content().open();
                    Sha256OutputStream digest = new Sha256OutputStream(OutputStream.nullOutputStream())) {
                in.transferTo(digest);
                return digest.digest().toString();
            }
        }
        return node instanceof SymbolicLink link ? "-> " + link.target() : "folder";
    }

    private void declare(String path, Node node) {
        declared.put(RootPath.parseAbsolute(path, origin), node);
    }

    private RegularFile text(String text) {
        return RegularFile.made(Content.of(text), 0644, origin);
    }
}
