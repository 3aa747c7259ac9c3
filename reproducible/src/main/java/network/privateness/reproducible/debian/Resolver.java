package network.privateness.reproducible.debian;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;

/**
 * Chooses packages and all that they depend on, transitively: Pre-Depends and Depends, never Recommends.
 *
 * <p>Of each package one version counts, the newest of the default suites (or of the suite that it is asked for from).
 * First everything is taken that leaves no choice; then, where alternatives are left of which none was taken, the first
 * one that can be had, a real package before those that provide its name. The result depends on the sets of packages
 * alone, not on any order.
 */
public final class Resolver {

    private final String architecture;
    private final List<PackagesIndex> defaults;
    private final List<PackagesIndex> singles;

    /**
     * @param architecture Debian's name of the architecture that all is chosen for
     * @param defaults of a package in several of them the newest counts, at equal versions the first
     * @param singles suites for single packages
     */
    public Resolver(String architecture, List<PackagesIndex> defaults, List<PackagesIndex> singles) {
        this.architecture = PackageName.checkArchitecture(architecture);
        this.defaults = List.copyOf(defaults);
        this.singles = List.copyOf(singles);
    }

    /** A chosen package, and the names that were chosen for its dependencies, sorted. */
    public record Resolved(Candidate candidate, List<String> depends) {

        public Resolved {
            depends = List.copyOf(depends);
        }
    }

    /**
     * Chooses for one set.
     *
     * @param wanted the packages that are asked for
     * @param excluded packages that count as present: dependencies on them are satisfied, they are not in the result
     * @return sorted by name
     * @throws Problem if a package or a dependency can't be had, or two packages exclude each other
     */
    public List<Resolved> resolve(Collection<Wanted> wanted, Set<String> excluded) {
        Map<String, String> pins = new TreeMap<>();
        Set<String> roots = new TreeSet<>();
        for (Wanted one : wanted) {
            if (excluded.contains(one.name())) {
                throw problem(one.name(), "asked for and excluded at once", "remove it from one of the two lists");
            }
            roots.add(one.name());
            Optional<String> suite = one.suite().filter(name -> !isDefault(name));
            if (suite.isPresent()) {
                pin(pins, one.name(), suite.get());
            }
        }
        while (true) {
            Selection selection = new Selection(new Choice(architecture, defaults, singles, pins), roots, excluded);
            Optional<Candidate> another = selection.close();
            if (another.isEmpty()) {
                return selection.result();
            }
            // A package of a single suite needs another one of that suite; what was chosen before may change by it.
            pin(pins, another.get().name(), another.get().suite());
        }
    }

    private void pin(Map<String, String> pins, String name, String suite) {
        if (singles.stream().noneMatch(index -> index.suite().equals(suite))) {
            throw problem(name, "suite \"" + suite + "\" was not read", "name one of the suites of this lock");
        }
        String other = pins.putIfAbsent(name, suite);
        if (other != null && !other.equals(suite)) {
            throw problem(
                    name,
                    "needed from suite " + other + " and from suite " + suite,
                    "ask for both packages from one suite");
        }
    }

    private boolean isDefault(String suite) {
        return defaults.stream().anyMatch(index -> index.suite().equals(suite));
    }

    private Problem problem(String name, String what, String next) {
        return new Problem("Debian package " + name + " (" + architecture + ")", what, next);
    }
}
