package network.privateness.reproducible.rootfs;

/**
 * What is at one path of a root file system.
 *
 * <p>{@code mode} holds the 12 permission bits; owners are numbers that fit a tar header; {@code mtime} is in seconds since
 * 1970-01-01T00:00:00Z; {@code origin} is the input or file that the node comes from, for messages and reports.
 */
public sealed interface Node permits Directory, RegularFile, SymbolicLink, HardLink {

    /** The time of everything that is made here and not unpacked: layers clamp it to the epoch of the lock. */
    long AT_EPOCH = Long.MAX_VALUE;

    /** The 12 permission bits. */
    int mode();

    /** Numeric owner. */
    int uid();

    /** Numeric group. */
    int gid();

    /** Seconds since 1970-01-01T00:00:00Z, or {@link #AT_EPOCH}. */
    long mtime();

    /** The input or file that this comes from. */
    String origin();
}
