package network.privateness.reproducible.lock;

import network.privateness.reproducible.digest.Sha256;

/**
 * A jar of other people.
 *
 * @param coordinates {@code groupId:artifactId:version} or {@code groupId:artifactId:version:classifier}
 * @param size in bytes
 * @param sha256 of the file as the repository serves it
 */
public record PinnedArtifact(String coordinates, long size, Sha256 sha256) {}
