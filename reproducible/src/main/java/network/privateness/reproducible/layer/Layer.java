package network.privateness.reproducible.layer;

import java.util.Objects;
import network.privateness.reproducible.digest.Sha256;

/**
 * A layer that was written.
 *
 * @param diffId digest of the uncompressed tar
 * @param digest digest of the gzip blob
 * @param size of the gzip blob, in bytes
 * @param uncompressedSize of the tar, in bytes
 */
public record Layer(Sha256 diffId, Sha256 digest, long size, long uncompressedSize) {

    /** @throws IllegalArgumentException if a size is not positive */
    public Layer {
        Objects.requireNonNull(diffId, "diffId");
        Objects.requireNonNull(digest, "digest");
        if (size <= 0 || uncompressedSize <= 0) {
            throw new IllegalArgumentException("a layer of " + size + " and " + uncompressedSize + " bytes");
        }
    }
}
