package network.privateness.reproducible.layer;

import network.privateness.reproducible.Problem;

/**
 * The rules by which inputs become bytes: order, modes, times, tar format, compression, JSON form. One changed byte for
 * the same inputs is a new number, and old numbers stay buildable.
 */
public final class LayoutVersion {

    /** What this program writes. */
    public static final int CURRENT = 1;

    private LayoutVersion() {}

    /** @throws Problem if this program can't write that version */
    public static void require(int version, String where) {
        if (version != CURRENT) {
            throw new Problem(
                    where,
                    "layout-version is " + version + ", this plugin writes " + CURRENT,
                    "use a plugin that writes " + version + ", or run mvn ness:lock -Dness.layers");
        }
    }
}
