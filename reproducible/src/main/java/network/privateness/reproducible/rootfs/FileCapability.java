package network.privateness.reproducible.rootfs;

import java.util.HexFormat;

/**
 * The value of the extended attribute security.capability, which Linux knows in two forms that images may have: revision 2
 * with 20 bytes, revision 3 with 24 (linux/capability.h).
 *
 * @param hex its bytes in lower-case hexadecimal digits
 */
public record FileCapability(String hex) {

    /** @throws IllegalArgumentException if it is neither of the two forms */
    public FileCapability {
        boolean known = hex.matches("[0-9a-f]{6}02[0-9a-f]{32}") || hex.matches("[0-9a-f]{6}03[0-9a-f]{40}");
        if (!known) {
            throw new IllegalArgumentException(
                    "\"" + hex + "\" is not a security.capability of revision 2 (20 bytes) or 3 (24 bytes)");
        }
    }

    /** As the attribute holds it. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
