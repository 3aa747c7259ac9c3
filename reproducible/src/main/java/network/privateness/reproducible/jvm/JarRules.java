package network.privateness.reproducible.jvm;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a jar must keep to, and what its manifest says in the image.
 *
 * @param releases the Java releases that will run it
 * @param requiredJdk the feature release of the JDK that must have compiled it, for jars of the reactor; empty for
 *     third-party jars, whose bytes are pinned
 * @param classPath file names of its dependencies relative to its folder, in class path order; empty for none
 */
public record JarRules(JavaReleases releases, OptionalInt requiredJdk, List<String> classPath) {

    /** The names of the class path are checked where the manifest is written. */
    public JarRules {
        Objects.requireNonNull(releases, "releases");
        Objects.requireNonNull(requiredJdk, "requiredJdk");
        classPath = List.copyOf(classPath);
    }

    /** A third-party jar: no class path, whoever compiled it. */
    public static JarRules dependency(JavaReleases releases) {
        return new JarRules(releases, OptionalInt.empty(), List.of());
    }

    /** A jar of the reactor, compiled by the selected JDK. */
    public static JarRules ours(JavaReleases releases, int requiredJdk, List<String> classPath) {
        return new JarRules(releases, OptionalInt.of(requiredJdk), classPath);
    }
}
