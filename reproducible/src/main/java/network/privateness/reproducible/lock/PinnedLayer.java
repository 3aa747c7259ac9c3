package network.privateness.reproducible.lock;

import java.util.Objects;
import java.util.regex.Pattern;
import network.privateness.reproducible.digest.Sha256;

/**
 * A layer that holds inputs only, and what it was made from when the lock was written: without that, a build that makes
 * another layer could not tell why.
 *
 * @param diffId digest of the layer's tar
 * @param inputs short digest of its inputs, 16 hexadecimal digits
 * @param rules short digest of the rules that it is made by, of the same form
 */
public record PinnedLayer(Sha256 diffId, String inputs, String rules) {

    private static final int SHORT = 16;
    private static final Pattern SHORT_DIGEST = Pattern.compile("[0-9a-f]{" + SHORT + "}");

    /** @throws IllegalArgumentException if a short digest is not 16 hexadecimal digits */
    public PinnedLayer {
        Objects.requireNonNull(diffId, "diffId");
        check(inputs);
        check(rules);
    }

    /** With the digests shortened. */
    public static PinnedLayer of(Sha256 diffId, Sha256 inputs, Sha256 rules) {
        return new PinnedLayer(
                diffId, inputs.hex().substring(0, SHORT), rules.hex().substring(0, SHORT));
    }

    private static void check(String digest) {
        if (!SHORT_DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("\"" + digest + "\" is not " + SHORT + " hexadecimal digits");
        }
    }
}
