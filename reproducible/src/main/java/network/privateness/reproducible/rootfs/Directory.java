package network.privateness.reproducible.rootfs;

/** A directory; see {@link Node} for the values. */
public record Directory(int mode, int uid, int gid, long mtime, String origin) implements Node {

    /** @throws IllegalArgumentException if a value is out of its range */
    public Directory {
        NodeChecks.check(mode, uid, gid, mtime, origin);
    }

    /** A directory that is made here: 0755, of root, at the epoch. */
    public static Directory made(String origin) {
        return new Directory(0755, 0, 0, AT_EPOCH, origin);
    }
}
