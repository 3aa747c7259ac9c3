package network.privateness.reproducible.debian;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which version of each package counts, and which packages are what a dependency asks for. */
final class Choice {

    private static final Comparator<Candidate> BY_IMPORTANCE =
            Comparator.comparingInt(Candidate::priority).thenComparing(Candidate::name);

    private final String architecture;
    private final List<PackagesIndex> defaults;
    private final List<PackagesIndex> singles;
    private final Map<String, String> pins;
    private final Map<String, Optional<Candidate>> known = new HashMap<>();

    /** @param pins package to the single suite that it comes from */
    Choice(String architecture, List<PackagesIndex> defaults, List<PackagesIndex> singles, Map<String, String> pins) {
        this.architecture = architecture;
        this.defaults = defaults;
        this.singles = singles;
        this.pins = pins;
    }

    String architecture() {
        return architecture;
    }

    /** The version of a package that counts, if there is such a package. */
    Optional<Candidate> candidate(String name) {
        Optional<Candidate> candidate = known.get(name);
        if (candidate == null) {
            String pin = pins.get(name);
            candidate = newest(pin == null ? defaults : List.of(single(pin)), name);
            known.put(name, candidate);
        }
        return candidate;
    }

    /** What satisfies a dependency, the preferred one first, each package once. */
    List<Candidate> satisfying(Dependency dependency) {
        return dependency.alternatives().stream()
                .flatMap(alternative -> Stream.concat(
                        candidate(alternative.name())
                                .filter(found -> found.isMeantBy(alternative, architecture))
                                .stream(),
                        providers(alternative)))
                .distinct()
                .collect(Collectors.toList());
    }

    /** The same from the single suite where a package is from, for what the default suites don't have. */
    List<Candidate> satisfyingFrom(String suite, Dependency dependency) {
        if (singles.stream().noneMatch(index -> index.suite().equals(suite))) {
            return List.of();
        }
        Map<String, String> everything = new HashMap<>();
        Choice other = new Choice(architecture, List.of(single(suite)), List.of(), everything);
        return other.satisfying(dependency);
    }

    /** Single suites that have a package, other than the one that counts now. */
    List<String> otherSuites(String name) {
        return singles.stream()
                .filter(index -> !index.suite().equals(pins.get(name)))
                .filter(index -> !index.named(name).isEmpty())
                .map(PackagesIndex::suite)
                .collect(Collectors.toList());
    }

    /** The suites where a package is looked for. */
    List<String> suites(String name) {
        String pin = pins.get(name);
        return pin != null
                ? List.of(pin)
                : defaults.stream().map(PackagesIndex::suite).collect(Collectors.toList());
    }

    private Stream<Candidate> providers(Dependency.Alternative wanted) {
        List<Candidate> providers = new ArrayList<>();
        Stream.concat(defaults.stream(), singles.stream())
                .flatMap(index -> index.providing(wanted.name()).stream())
                .filter(provider ->
                        candidate(provider.name()).filter(provider::equals).isPresent())
                .filter(provider -> provider.provides(wanted, architecture))
                .forEach(providers::add);
        return providers.stream().sorted(BY_IMPORTANCE);
    }

    private PackagesIndex single(String suite) {
        return Stream.concat(singles.stream(), defaults.stream())
                .filter(index -> index.suite().equals(suite))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Candidate> newest(List<PackagesIndex> indexes, String name) {
        Candidate newest = null;
        for (PackagesIndex index : indexes) {
            for (Candidate candidate : index.named(name)) {
                if (newest == null || candidate.version().compareTo(newest.version()) > 0) {
                    newest = candidate;
                }
            }
        }
        return Optional.ofNullable(newest);
    }
}
