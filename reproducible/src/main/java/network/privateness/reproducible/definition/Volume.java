package network.privateness.reproducible.definition;

/**
 * A folder that outlives the container. The image holds it empty, with this owner, which a fresh named volume takes
 * over.
 *
 * @param path absolute
 * @param uid owner
 * @param gid group
 * @param mode permission bits
 */
public record Volume(String path, int uid, int gid, int mode) {

    /** The uid and gid that the images' programs run as. */
    public static final int DEFAULT_ID = 10001;

    /** @throws IllegalArgumentException if the path is not absolute or a number is out of range */
    public Volume {
        if (!path.matches("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+")) {
            throw new IllegalArgumentException("the volume \"" + path + "\" must be an absolute path");
        }
        if (mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("the mode of the volume \"" + path + "\" must be 0000 to 7777, octal");
        }
    }
}
