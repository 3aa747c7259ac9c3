package network.privateness.reproducible.rootfs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.ReadLimits;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarReader;

/**
 * Reads an uncompressed tar file as nodes whose contents are slices of that file: they can be read as long as it exists.
 *
 * <p>Paths, modes, owners and times are those of the archive; its top folder is not part of the result. Hard links must come
 * after their targets.
 */
public final class TarNodes {

    private static final String NEXT = "fetch it again; if its hash is the pinned one, pin another version of it";

    private final String archive;
    private final String origin;
    private final Path tar;
    private final NavigableMap<RootPath, Node> nodes = new TreeMap<>();

    private TarNodes(String archive, String origin, Path tar) {
        this.archive = archive;
        this.origin = origin;
        this.tar = tar;
    }

    /**
     * Reads all members.
     *
     * @param archive the file's name in messages
     * @param origin the input that the nodes belong to
     * @throws Problem if the archive is malformed, has a path twice or exceeds the limits
     */
    public static NavigableMap<RootPath, Node> read(Path tar, String archive, String origin, ReadLimits limits)
            throws IOException {
        var reading = new TarNodes(archive, origin, tar);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(tar))) {
            var reader = new TarReader(archive, in, limits);
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                reading.add(next.get(), reader.contentOffset());
            }
        }
        return reading.nodes;
    }

    private void add(TarMember member, long offset) {
        if (member.path().equals(".")) {
            return;
        }
        RootPath path = RootPath.parse(member.path(), archive);
        if (nodes.putIfAbsent(path, node(member, offset)) != null) {
            throw new Problem(archive, "it has " + path.absolute() + " twice", NEXT);
        }
    }

    private Node node(TarMember member, long offset) {
        int mode = member.mode();
        int uid = member.uid();
        int gid = member.gid();
        long mtime = member.mtime();
        return switch (member.kind()) {
            case DIRECTORY -> new Directory(mode, uid, gid, mtime, origin);
            case SYMLINK -> new SymbolicLink(member.linkTarget(), mode, uid, gid, mtime, origin);
            case FILE -> new RegularFile(Content.slice(tar, offset, member.size()), mode, uid, gid, mtime, origin);
            case HARDLINK -> hardLink(member);
        };
    }

    private Node hardLink(TarMember member) {
        RootPath target = RootPath.parse(member.linkTarget(), archive);
        Node present = nodes.get(target);
        if (present instanceof HardLink) {
            HardLink link = (HardLink) present;
            return new HardLink(link.target(), link.file(), origin);
        }
        if (!(present instanceof RegularFile)) {
            throw new Problem(
                    archive,
                    "the hard link /" + member.path() + " points to " + target.absolute()
                            + ", which is no file before it",
                    NEXT);
        }
        return new HardLink(target, (RegularFile) present, origin);
    }
}
