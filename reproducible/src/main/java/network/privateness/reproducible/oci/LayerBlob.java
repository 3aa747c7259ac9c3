package network.privateness.reproducible.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * A layer as a manifest names it, and the file that holds it.
 *
 * @param descriptor of the gzip file
 * @param diffId digest of the uncompressed tar file, as the configuration says; not checked here
 * @param file the gzip file
 */
public record LayerBlob(Descriptor descriptor, Sha256 diffId, Path file) {

    public LayerBlob {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(diffId, "diffId");
        Objects.requireNonNull(file, "file");
    }

    /**
     * Opens the gzip file, to be read to its end.
     *
     * @return never more bytes than the descriptor says; reading to the end throws a {@link Problem} if they are not
     *     those that it names
     * @throws Problem if the file is not there or has another size
     */
    public InputStream open() throws IOException {
        checkSize();
        return new VerifiedInputStream(file.toString(), Files.newInputStream(file), descriptor);
    }

    /** @throws Problem if the file is not there, or its size is not the one in the descriptor */
    void checkSize() throws IOException {
        // A device or a pipe would make a reader wait for ever.
        if (!Files.isRegularFile(file)) {
            throw new Problem(file.toString(), "is not there, but a manifest names it as a layer", "build again");
        }
        long size = Files.size(file);
        if (size != descriptor.size()) {
            throw new Problem(
                    file.toString(),
                    "has " + size + " bytes, not the " + descriptor.size() + " of its descriptor",
                    "remove it and build again");
        }
    }
}
