package network.privateness.reproducible.rootfs;

import java.util.Objects;
import java.util.Optional;

/**
 * A file; see {@link Node} for the other values.
 *
 * @param content its bytes
 * @param capability its file capabilities, if it has any
 */
public record RegularFile(
        Content content, int mode, int uid, int gid, long mtime, String origin, Optional<FileCapability> capability)
        implements Node {

    /** @throws IllegalArgumentException if a value is out of its range */
    public RegularFile {
        NodeChecks.check(mode, uid, gid, mtime, origin);
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(capability, "capability");
    }

    /** A file without capabilities. */
    public RegularFile(Content content, int mode, int uid, int gid, long mtime, String origin) {
        this(content, mode, uid, gid, mtime, origin, Optional.empty());
    }

    /** A file that is made here: of root, at the epoch. */
    public static RegularFile made(Content content, int mode, String origin) {
        return new RegularFile(content, mode, 0, 0, AT_EPOCH, origin);
    }
}
