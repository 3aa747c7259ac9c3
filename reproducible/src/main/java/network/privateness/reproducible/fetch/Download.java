package network.privateness.reproducible.fetch;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import network.privateness.reproducible.digest.Sha256;

/**
 * What to fetch.
 *
 * @param name for people: the input's name
 * @param sources where it is, the best first: http, https, file, or a plain path
 * @param size the exact size in bytes, where it is known
 * @param maxBytes no more bytes than this are read, whatever a server sends
 * @param check how the right content is told
 * @param vanishedHint the next step when all sources say that they don't have it
 * @param wrongHint the next step when a source has something else under its name
 */
public record Download(
        String name,
        List<URI> sources,
        OptionalLong size,
        long maxBytes,
        Check check,
        Optional<String> vanishedHint,
        Optional<String> wrongHint) {

    /** @throws IllegalArgumentException if there is no source, or a size is negative or above the limit */
    public Download {
        Objects.requireNonNull(name, "name");
        sources = List.copyOf(sources);
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(vanishedHint, "vanishedHint");
        Objects.requireNonNull(wrongHint, "wrongHint");
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(name + " has no source");
        }
        if (maxBytes < 0 || size.orElse(0) < 0 || size.orElse(0) > maxBytes) {
            throw new IllegalArgumentException(name + ": size " + size + " is not in 0.." + maxBytes);
        }
    }

    /** Without hints of its own. */
    public Download(String name, List<URI> sources, OptionalLong size, long maxBytes, Check check) {
        this(name, sources, size, maxBytes, check, Optional.empty(), Optional.empty());
    }

    /** Something whose exact size and SHA-256 are known. */
    public static Download of(String name, List<URI> sources, long size, Sha256 sha256) {
        return new Download(name, sources, OptionalLong.of(size), size, Check.of(sha256));
    }

    /** The same with a next step for the case that it is gone from everywhere. */
    public Download withVanishedHint(String hint) {
        return new Download(name, sources, size, maxBytes, check, Optional.of(hint), wrongHint);
    }

    /** The same with a next step for the case that a source has something else. */
    public Download withWrongHint(String hint) {
        return new Download(name, sources, size, maxBytes, check, vanishedHint, Optional.of(hint));
    }

    /** No more than this may come. */
    long limit() {
        return size.orElse(maxBytes);
    }
}
