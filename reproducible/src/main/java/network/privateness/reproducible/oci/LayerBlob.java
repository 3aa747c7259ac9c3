package network.privateness.reproducible.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;

/**
 * A layer as a manifest names it, and the file that holds it.
 *
 * @param descriptor of the gzip file
 * @param diffId digest of the uncompressed tar file, as the configuration says; not checked here
 * @param file the gzip file
 */
public record LayerBlob(Descriptor descriptor, Sha256 diffId, Path file) {

    private static final String NEXT = "remove it and build again";

    /**
     * Writes the gzip file out, and checks it meanwhile.
     *
     * @throws Problem if the file is not the one that the descriptor names; the wrong bytes, at most as many as the
     *     descriptor says, have been written by then
     */
    public void copyTo(OutputStream out) throws IOException {
        checkSize();
        try (InputStream in = Files.newInputStream(file)) {
            Sha256OutputStream passed = new Sha256OutputStream(out);
            byte[] buffer = new byte[1 << 16];
            long left = descriptor.size();
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw wrongSize(descriptor.size() - left);
                }
                passed.write(buffer, 0, read);
                left -= read;
            }
            Sha256 digest = passed.digest();
            if (!digest.equals(descriptor.digest())) {
                throw new Problem(file.toString(), "has the digest " + digest + ", not " + descriptor.digest(), NEXT);
            }
        }
    }

    /** @throws Problem if the file's size is not the one in the descriptor */
    void checkSize() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Problem(file.toString(), "is not there, but a manifest names it as a layer", "build again");
        }
        if (Files.size(file) != descriptor.size()) {
            throw wrongSize(Files.size(file));
        }
    }

    private Problem wrongSize(long size) {
        return new Problem(
                file.toString(), "has " + size + " bytes, not the " + descriptor.size() + " of its descriptor", NEXT);
    }
}
