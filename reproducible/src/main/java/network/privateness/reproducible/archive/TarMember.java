package network.privateness.reproducible.archive;

/**
 * One member of a tar archive, without its content.
 *
 * @param path relative, without a leading {@code ./} and without a final slash; {@code .} is the archive's top folder
 * @param mode the 12 permission bits
 * @param uid numeric owner
 * @param gid numeric group
 * @param mtime seconds since 1970-01-01T00:00:00Z
 * @param linkTarget as written; empty unless the kind is a link
 * @param size of the content in bytes; 0 unless the kind is a file
 */
public record TarMember(String path, Kind kind, int mode, int uid, int gid, long mtime, String linkTarget, long size) {

    /** What a member can be; devices, pipes and sparse files are refused by the reader. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARDLINK
    }

    /** The largest number in seven octal digits, what an owner has room for without extensions. */
    public static final int MAX_ID = 07777777;

    /** The largest number in eleven octal digits, what a time or size has room for without extensions. */
    public static final long MAX_TIME = 077777777777L;

    /** @throws IllegalArgumentException if a value does not fit its range */
    public TarMember {
        if (path.isEmpty() || linkTarget.isEmpty() == (kind == Kind.SYMLINK || kind == Kind.HARDLINK)) {
            throw new IllegalArgumentException("\"" + path + "\": a path and, for a link alone, a target are needed");
        }
        if ((mode & ~07777) != 0 || uid < 0 || uid > MAX_ID || gid < 0 || gid > MAX_ID) {
            throw new IllegalArgumentException(
                    path + ": mode " + mode + ", owner " + uid + ":" + gid + " does not fit a tar header");
        }
        if (mtime < 0 || mtime > MAX_TIME || size < 0 || size > 0 && kind != Kind.FILE) {
            throw new IllegalArgumentException(path + ": time " + mtime + ", size " + size + " does not fit");
        }
    }
}
