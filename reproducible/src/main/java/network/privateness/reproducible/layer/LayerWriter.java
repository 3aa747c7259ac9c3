package network.privateness.reproducible.layer;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.archive.TarWriter;
import network.privateness.reproducible.compress.FrozenGzipOutputStream;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;

/**
 * Writes nodes as a layer. The bytes depend on paths, types, modes, owners, times, targets and contents alone, not on
 * origins, threads or the machine.
 *
 * <p>Members are sorted by the bytes of their paths, so that parents come first; times after the epoch become the epoch. A
 * hard link becomes a copy if its target is not in the same layer.
 */
public final class LayerWriter {

    private static final byte[] NO_CAPABILITY = {};

    private LayerWriter() {}

    /**
     * Writes the gzip blob of a layer. The tar is made and hashed in this thread, while others compress.
     *
     * @param nodes with all parents of each path
     * @param epoch the latest time that a member may have, in seconds since 1970
     * @param blob where the blob goes; flushed, not closed
     * @param threads how many threads compress, which has no effect on the bytes
     * @throws IllegalArgumentException if a parent is missing or is no directory
     */
    public static Layer write(NavigableMap<RootPath, Node> nodes, long epoch, OutputStream blob, int threads)
            throws IOException {
        var compressed = new Sha256OutputStream(blob);
        Sha256OutputStream tar;
        try (var gzip = new FrozenGzipOutputStream(new Uncloseable(compressed), threads)) {
            tar = new Sha256OutputStream(gzip);
            writeTar(nodes, epoch, tar);
        }
        return new Layer(tar.digest(), compressed.digest(), compressed.size(), tar.size());
    }

    /** The digest of the uncompressed tar alone, to compare with one that is known. */
    public static Sha256 diffId(NavigableMap<RootPath, Node> nodes, long epoch) throws IOException {
        var tar = new Sha256OutputStream(OutputStream.nullOutputStream());
        writeTar(nodes, epoch, tar);
        return tar.digest();
    }

    /** The uncompressed tar; the stream is flushed, not closed. */
    public static void writeTar(NavigableMap<RootPath, Node> nodes, long epoch, OutputStream out) throws IOException {
        checkParents(nodes);
        var tar = new TarWriter(out);
        for (Map.Entry<RootPath, Node> entry : HardLinks.firstNameFirst(nodes).entrySet()) {
            write(tar, entry.getKey(), entry.getValue(), epoch);
        }
        tar.finish();
    }

    private static void write(TarWriter tar, RootPath path, Node node, long epoch) throws IOException {
        if (node instanceof RegularFile) {
            RegularFile file = (RegularFile) node;
            byte[] capability = file.capability().map(c -> c.bytes()).orElse(NO_CAPABILITY);
            try (InputStream content = file.content().open()) {
                tar.write(member(path, node, Kind.FILE, "", file.content().size(), epoch), content, capability);
            }
        } else if (node instanceof Directory) {
            tar.write(member(path, node, Kind.DIRECTORY, "", 0, epoch));
        } else if (node instanceof SymbolicLink) {
            tar.write(member(path, node, Kind.SYMLINK, ((SymbolicLink) node).target(), 0, epoch));
        } else {
            tar.write(
                    member(path, node, Kind.HARDLINK, ((HardLink) node).target().toString(), 0, epoch));
        }
    }

    private static TarMember member(RootPath path, Node node, Kind kind, String target, long size, long epoch) {
        return new TarMember(
                path.toString(),
                kind,
                node.mode(),
                node.uid(),
                node.gid(),
                Math.min(node.mtime(), epoch),
                target,
                size);
    }

    private static void checkParents(NavigableMap<RootPath, Node> nodes) {
        for (RootPath path : nodes.keySet()) {
            Optional<RootPath> parent = path.parent();
            if (parent.isPresent() && !(nodes.get(parent.get()) instanceof Directory)) {
                throw new IllegalArgumentException("the layer has " + path + ", but not its parent directory");
            }
        }
    }

    private static final class Uncloseable extends FilterOutputStream {

        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
