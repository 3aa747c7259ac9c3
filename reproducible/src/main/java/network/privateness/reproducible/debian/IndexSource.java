package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;

/** Where index files of one archive come from: a mirror, or a folder. Nothing of it is trusted. */
@FunctionalInterface
public interface IndexSource {

    /**
     * Opens a file of the archive.
     *
     * @param path below the archive's root, for instance {@code dists/trixie/InRelease}
     * @param maxBytes how much is read at most; a source may refuse longer files, and need not
     * @return its bytes; the caller closes it
     * @throws IOException if the file is not there or can't be read; the message is shown to people
     */
    InputStream fetch(String path, long maxBytes) throws IOException;

    /** What messages call a file of this archive; its full URI says more than the path. */
    default String where(String path) {
        return path;
    }
}
