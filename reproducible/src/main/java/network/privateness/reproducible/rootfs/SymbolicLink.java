package network.privateness.reproducible.rootfs;

/**
 * A symbolic link; see {@link Node} for the other values.
 *
 * @param target as it is stored: absolute means below the image's root, else relative to the link's folder
 */
public record SymbolicLink(String target, int mode, int uid, int gid, long mtime, String origin) implements Node {

    /** @throws IllegalArgumentException if a value is out of its range */
    public SymbolicLink {
        NodeChecks.check(mode, uid, gid, mtime, origin);
        if (target.isEmpty() || target.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the target of a link is empty or has a control character");
        }
    }

    /** A link that is made here: of root, at the epoch. */
    public static SymbolicLink made(String target, String origin) {
        return new SymbolicLink(target, 0777, 0, 0, AT_EPOCH, origin);
    }
}
