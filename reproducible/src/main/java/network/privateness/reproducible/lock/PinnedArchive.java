package network.privateness.reproducible.lock;

import java.net.URI;
import java.util.List;
import network.privateness.reproducible.digest.Sha256;

/**
 * A release archive.
 *
 * @param name the name in image.yaml
 * @param urls where it can be had, in the order of trying
 * @param size in bytes
 * @param sha256 of the file
 */
public record PinnedArchive(String name, List<URI> urls, long size, Sha256 sha256) {

    public PinnedArchive {
        urls = List.copyOf(urls);
    }
}
