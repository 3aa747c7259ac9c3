package network.privateness.reproducible.build;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.GzipDecoder;
import network.privateness.reproducible.archive.ReadLimits;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarReader;
import network.privateness.reproducible.archive.XzDecoder;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.RegularFile;

/** Takes files out of release archives: {@code .tar.gz}, {@code .tgz} and {@code .tar.xz}. */
final class ArchiveFiles {

    private ArchiveFiles() {}

    static Recipe describe(Recipe recipe, Install.Archive install, PinnedArchive pinned) {
        recipe.input("archive " + pinned.name(), pinned.sha256());
        recipe.rule("files", install.files());
        return recipe;
    }

    /** @param scratch where files are unpacked; must live as long as the tree */
    static void fill(UpperTree tree, Install.Archive install, PinnedArchive pinned, Path file, Path scratch)
            throws IOException {
        Map<String, String> missing = new TreeMap<>(install.files());
        Set<String> top = new TreeSet<>();
        String name = name(pinned);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                TarReader tar = new TarReader(name, decoder(name, raw), ReadLimits.DEFAULT)) {
            for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
                String path = below(top, next.get().path(), name);
                String to = missing.remove(path);
                if (to == null) {
                    continue;
                }
                if (next.get().kind() != TarMember.Kind.FILE) {
                    throw new Problem(name, "its member " + path + " is not a file", "name a file in image.yaml");
                }
                Path unpacked = Files.createTempFile(scratch, "archive", ".member");
                Files.copy(tar.content(), unpacked, StandardCopyOption.REPLACE_EXISTING);
                int mode = (next.get().mode() & 0100) != 0 ? 0755 : 0644;
                long mtime = next.get().mtime();
                tree.add(to, new RegularFile(Content.of(unpacked), mode, 0, 0, mtime, pinned.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw new Problem(
                    name,
                    "it holds no " + String.join(", ", missing.keySet()) + " below its top folder",
                    "correct \"files\" in image.yaml");
        }
    }

    private static String name(PinnedArchive pinned) {
        String path = pinned.urls().get(0).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** @param top the folder at the top, as far as it is known */
    private static String below(Set<String> top, String path, String name) {
        String[] parts = path.split("/", 2);
        if (!path.equals(".") && top.add(parts[0]) && top.size() > 1) {
            throw new Problem(
                    name,
                    "it has more than one entry at its top: " + String.join(", ", top),
                    "use an archive whose files are below one folder");
        }
        return parts.length < 2 ? "" : parts[1];
    }

    private static InputStream decoder(String name, InputStream raw) throws IOException {
        if (name.endsWith(".tar.xz")) {
            return new XzDecoder(name, raw, ReadLimits.DEFAULT);
        }
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            return new GzipDecoder(name, raw, ReadLimits.DEFAULT);
        }
        throw new Problem(name, "it is neither .tar.gz, .tgz nor .tar.xz", "use an archive of one of these kinds");
    }
}
