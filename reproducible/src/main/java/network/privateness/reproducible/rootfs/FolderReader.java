package network.privateness.reproducible.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;

/**
 * Reads a folder of a repository as nodes, so that every checkout gives the same: umask, owner, times, order and locale of
 * this machine have no effect.
 *
 * <p>Files are 0644, or 0755 when their owner may execute them; directories 0755; everything is of root and at the epoch.
 * Symbolic links are kept, not followed. Files named {@code .gitkeep} are left out: they only make git keep a folder.
 */
public final class FolderReader {

    private static final int MAX_NODES = 100_000;
    private static final int MAX_DEPTH = 64;

    private final String origin;
    private final NavigableMap<RootPath, Node> nodes = new TreeMap<>();

    private FolderReader(String origin) {
        this.origin = origin;
    }

    /**
     * Reads all that is below the folder; the folder itself is not part of it.
     *
     * @param origin the folder's name in messages and reports, for example {@code images/yggdrasil/rootfs}
     * @throws Problem if a name is not UTF-8 or no path of an image, if two names differ only in case, for sockets,
     *     devices and pipes, and for more than 100 000 files or 64 levels
     */
    public static NavigableMap<RootPath, Node> read(Path folder, String origin) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Problem(origin, "there is no such folder", "create it, or correct its name");
        }
        var reader = new FolderReader(origin);
        reader.readFolder(folder, "", 1);
        CaseConflict.check(reader.nodes.keySet(), origin);
        return reader.nodes;
    }

    private void readFolder(Path folder, String prefix, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new Problem(origin, "\"" + prefix + "\" is more than " + MAX_DEPTH + " levels deep", "flatten it");
        }
        // Sorted, so that of several faults every machine tells the same one first.
        try (Stream<Path> children = Files.list(folder).sorted()) {
            for (Path child : (Iterable<Path>) children::iterator) {
                readChild(child, prefix, depth);
            }
        }
    }

    private void readChild(Path child, String prefix, int depth) throws IOException {
        String name = utf8(child, prefix);
        if (name.equals(".gitkeep")) {
            return;
        }
        if (nodes.size() == MAX_NODES) {
            throw new Problem(origin, "it has more than " + MAX_NODES + " files", "use an archive as input instead");
        }
        RootPath path = RootPath.parse(prefix + name, origin);
        var attributes = Files.readAttributes(child, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            nodes.put(path, Directory.made(origin));
            readFolder(child, prefix + name + "/", depth + 1);
        } else if (attributes.isSymbolicLink()) {
            nodes.put(path, SymbolicLink.made(target(child, path), origin));
        } else if (attributes.isRegularFile()) {
            boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            nodes.put(path, RegularFile.made(Content.of(child), executable ? 0755 : 0644, origin));
        } else {
            throw new Problem(
                    origin,
                    "\"" + path + "\" is a socket, a pipe or a device; only files, directories and links are allowed",
                    "remove it");
        }
    }

    private String target(Path link, RootPath path) throws IOException {
        Path target = Files.readSymbolicLink(link);
        var text = new StringBuilder(target.isAbsolute() ? "/" : "");
        for (Path component : target) {
            text.append(text.length() > 1 || text.length() == 1 && !target.isAbsolute() ? "/" : "")
                    .append(utf8(component, path + " -> "));
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(origin, "the target of the link \"" + path + "\" has a control character", "rename it");
        }
        return text.toString();
    }

    /**
     * The bytes of a path's last component, read as UTF-8. {@link Path#toString} would decode them by the locale of this
     * machine; a URI holds the bytes themselves.
     */
    private String utf8(Path path, String prefix) {
        String raw = path.toUri().getRawPath();
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        byte[] bytes = percentDecoded(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(
                    origin,
                    "the name \"" + prefix + new String(bytes, StandardCharsets.US_ASCII) + "\" is not UTF-8",
                    "rename it");
        }
    }

    private static byte[] percentDecoded(String raw) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.put((byte) Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.put((byte) raw.charAt(i));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
