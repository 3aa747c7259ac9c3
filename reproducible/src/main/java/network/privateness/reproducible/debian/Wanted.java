package network.privateness.reproducible.debian;

import java.util.Optional;

/**
 * A package that an image asks for.
 *
 * @param name of a real package
 * @param suite the one suite to take it from, instead of the default suites
 */
public record Wanted(String name, Optional<String> suite) {

    /** @throws IllegalArgumentException if a name is malformed */
    public Wanted {
        PackageName.check(name);
        suite.ifPresent(PinnedPackage::checkSuite);
    }

    /** From the default suites. */
    public static Wanted of(String name) {
        return new Wanted(name, Optional.empty());
    }

    /** From one suite; its dependencies come from the default suites where those have them. */
    public static Wanted of(String name, String suite) {
        return new Wanted(name, Optional.of(suite));
    }
}
