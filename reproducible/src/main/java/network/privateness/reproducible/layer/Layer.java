package network.privateness.reproducible.layer;

import network.privateness.reproducible.digest.Sha256;

/**
 * A layer as it stands in the store: a gzip blob of a tar file.
 *
 * @param diffId digest of the uncompressed tar file
 * @param digest digest of the gzip blob
 * @param size bytes of the gzip blob
 * @param uncompressedSize bytes of the tar file
 */
public record Layer(Sha256 diffId, Sha256 digest, long size, long uncompressedSize) {}
