package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import network.privateness.reproducible.digest.Sha256;

/** How it is told that the right bytes came. */
public sealed interface Check permits Check.BySha256, Check.ByDigest {

    /** The digest of the right content with its algorithm, such as {@code sha256:...} or {@code h1:...}. */
    String identity();

    /** @param sha256 of the right content */
    static Check of(Sha256 sha256) {
        return new BySha256(sha256);
    }

    /**
     * Content whose SHA-256 is known before.
     *
     * @param sha256 of the right content
     */
    record BySha256(Sha256 sha256) implements Check {
        public BySha256 {
            Objects.requireNonNull(sha256, "sha256");
        }

        @Override
        public String identity() {
            return sha256.toString();
        }
    }

    /**
     * Content that is known by another digest than the SHA-256 of its bytes. The store remembers which SHA-256 went with
     * it, so it is computed once per download.
     *
     * @param identity the right digest, as {@code algorithm:text}; the algorithm is a reference namespace of the store
     * @param digest computes it over a file
     */
    record ByDigest(String identity, FileDigest digest) implements Check {

        /** @throws IllegalArgumentException if the identity has no algorithm */
        public ByDigest {
            if (!identity.matches("[a-z0-9]{1,20}:.+")) {
                throw new IllegalArgumentException("\"" + identity + "\" is not algorithm:text");
            }
            Objects.requireNonNull(digest, "digest");
        }

        String namespace() {
            return identity.substring(0, identity.indexOf(':'));
        }
    }

    /** Computes a digest over a finished file. */
    @FunctionalInterface
    interface FileDigest {
        /**
         * @return in the form of {@link Check#identity}
         * @throws network.privateness.reproducible.Problem if the file is malformed, which counts as wrong content
         * @throws IOException if the disk fails
         */
        String of(Path file) throws IOException;
    }
}
