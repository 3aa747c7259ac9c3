package network.privateness.reproducible.jvm;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The Java feature releases that an image's platforms run, for example 25 on amd64 and arm64 and 21 on arm/v7.
 *
 * <p>A jar serves all of them: a class that each of them loads must be readable by the oldest one, and a class below
 * {@code META-INF/versions/N} by the oldest one that is not older than N.
 */
public final class JavaReleases {

    private static final int OLDEST = 9;

    private final NavigableSet<Integer> releases;

    private JavaReleases(NavigableSet<Integer> releases) {
        this.releases = releases;
    }

    /**
     * @param releases feature releases, 9 or newer, at least one
     * @throws IllegalArgumentException if there is none, or one that knows no multi-release jars
     */
    public static JavaReleases of(Collection<Integer> releases) {
        NavigableSet<Integer> sorted = new TreeSet<>(releases);
        if (sorted.isEmpty() || sorted.first() < OLDEST) {
            throw new IllegalArgumentException(
                    "Java releases " + sorted + ": at least one is needed, and none below " + OLDEST);
        }
        return new JavaReleases(sorted);
    }

    /**
     * The newest class file release that may stand below {@code META-INF/versions/layer}.
     *
     * @param layer the number of the folder, 0 for classes outside of {@code META-INF/versions}
     * @return empty if no release loads that folder
     */
    Optional<Integer> ceiling(int layer) {
        return Optional.ofNullable(releases.ceiling(layer));
    }

    @Override
    public String toString() {
        return releases.toString();
    }
}
