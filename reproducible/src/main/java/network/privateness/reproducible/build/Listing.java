package network.privateness.reproducible.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;

/**
 * What a stack of layers holds, without the bytes: enough to find conflicts and to repeat the modes of folders in the
 * next layer, and small enough to be kept for every layer.
 */
final class Listing {

    /** Nothing at all. */
    static final Listing EMPTY = new Listing(new TreeMap<>());

    private static final int FIELDS = 7;

    private final NavigableMap<RootPath, Node> nodes;

    private Listing(NavigableMap<RootPath, Node> nodes) {
        this.nodes = nodes;
    }

    NavigableMap<RootPath, Node> nodes() {
        return nodes;
    }

    /** This stack with one more layer on top. */
    Listing with(Map<RootPath, Node> layer) {
        NavigableMap<RootPath, Node> all = new TreeMap<>(nodes);
        layer.forEach((path, node) -> all.put(path, withoutBytes(node)));
        return new Listing(all);
    }

    /**
     * One node a line: kind, mode, owner, group, origin, path, target; parted by tabs. Paths and targets have no control
     * characters; those of an origin, which is only for messages, become blanks.
     */
    String text() {
        StringBuilder text = new StringBuilder();
        nodes.forEach((path, node) -> {
            char kind = node instanceof Directory ? 'd' : node instanceof SymbolicLink ? 'l' : 'f';
            String target = node instanceof SymbolicLink link ? link.target() : "";
            text.append(kind).append('\t').append(Integer.toOctalString(node.mode()));
            text.append('\t').append(node.uid()).append('\t').append(node.gid());
            text.append('\t').append(node.origin().replaceAll("\\p{Cntrl}", " "));
            text.append('\t').append(path).append('\t').append(target).append('\n');
        });
        return text.toString();
    }

    /** Identifies what the stack holds. */
    Sha256 digest() {
        return Sha256.of(text());
    }

    /** @throws IllegalArgumentException if the text is not what {@link #text} writes */
    static Listing parse(String text) {
        NavigableMap<RootPath, Node> nodes = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            if (fields.length != FIELDS) {
                throw new IllegalArgumentException("the listing has a line of " + fields.length + " fields");
            }
            int mode = Integer.parseInt(fields[1], 8);
            int uid = Integer.parseInt(fields[2]);
            int gid = Integer.parseInt(fields[3]);
            String origin = fields[4];
            nodes.put(
                    RootPath.of(fields[5]),
                    switch (fields[0]) {
                        case "d" -> new Directory(mode, uid, gid, Node.AT_EPOCH, origin);
                        case "l" -> new SymbolicLink(fields[6], mode, uid, gid, Node.AT_EPOCH, origin);
                        case "f" -> new RegularFile(Listed.INSTANCE, mode, uid, gid, Node.AT_EPOCH, origin);
                        default -> throw new IllegalArgumentException("the listing has the kind " + fields[0]);
                    });
        }
        return new Listing(nodes);
    }

    private static Node withoutBytes(Node node) {
        if (node instanceof Directory) {
            return new Directory(node.mode(), node.uid(), node.gid(), Node.AT_EPOCH, node.origin());
        }
        if (node instanceof SymbolicLink link) {
            return new SymbolicLink(link.target(), node.mode(), node.uid(), node.gid(), Node.AT_EPOCH, node.origin());
        }
        return new RegularFile(Listed.INSTANCE, node.mode(), node.uid(), node.gid(), Node.AT_EPOCH, node.origin());
    }

    /** A file of a lower layer: known to be there, never read again. */
    private enum Listed implements Content {
        INSTANCE;

        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() throws IOException {
            throw new IOException("the content of a lower layer is not read");
        }
    }
}
