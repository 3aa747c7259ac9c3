package network.privateness.reproducible.rootfs;

import network.privateness.reproducible.archive.TarMember;

/** What all nodes have in common. */
final class NodeChecks {

    private NodeChecks() {}

    static void check(int mode, int uid, int gid, long mtime, String origin) {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(mode) + " has more than 12 bits");
        }
        if (uid < 0 || uid > TarMember.MAX_ID || gid < 0 || gid > TarMember.MAX_ID) {
            throw new IllegalArgumentException(
                    "owner " + uid + ":" + gid + " is not between 0 and " + TarMember.MAX_ID);
        }
        if (mtime < 0) {
            throw new IllegalArgumentException("the time " + mtime + " is before 1970");
        }
        if (origin.isEmpty()) {
            throw new IllegalArgumentException("a node without an origin");
        }
    }
}
