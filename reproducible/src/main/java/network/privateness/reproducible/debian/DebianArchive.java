package network.privateness.reproducible.debian;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The suites that packages are chosen from. Package lists are read one architecture at a time and not kept, since those
 * of three architectures together would need a large part of the heap.
 */
public final class DebianArchive {

    private final List<ArchiveSuite> defaults;
    private final List<ArchiveSuite> singles;

    /**
     * @param defaults suites that make up the release together; of a package in several of them the newest counts
     *     ({@code trixie}, {@code trixie-updates}, {@code trixie-security})
     * @param singles suites from which only those packages come that are asked for from there
     */
    public DebianArchive(List<ArchiveSuite> defaults, List<ArchiveSuite> singles) {
        this.defaults = List.copyOf(defaults);
        this.singles = List.copyOf(singles);
    }

    /**
     * Chooses packages and all that they depend on, for each of several sets.
     *
     * @param architecture Debian's name, for instance {@code armhf}
     * @param sets what each image asks for, by a name of the caller's
     * @param excluded packages that count as present: dependencies on them are satisfied, they are in no result
     * @return for each set its packages, sorted by name
     * @throws network.privateness.reproducible.Problem if a package or a dependency can't be had
     */
    public Map<String, List<PinnedPackage>> pin(
            String architecture, Map<String, ? extends Collection<Wanted>> sets, Set<String> excluded)
            throws IOException {
        Resolver resolver =
                new Resolver(architecture, indexes(architecture, defaults), indexes(architecture, asked(sets)));
        Map<String, List<PinnedPackage>> pinned = new LinkedHashMap<>();
        sets.forEach((name, wanted) -> pinned.put(name, pin(resolver.resolve(wanted, excluded))));
        return pinned;
    }

    /** Only those single suites that a package is asked for from. */
    private List<ArchiveSuite> asked(Map<String, ? extends Collection<Wanted>> sets) {
        Set<String> names = sets.values().stream()
                .flatMap(Collection::stream)
                .flatMap(wanted -> wanted.suite().stream())
                .collect(Collectors.toSet());
        return singles.stream().filter(suite -> names.contains(suite.name())).collect(Collectors.toList());
    }

    private List<PinnedPackage> pin(List<Resolver.Resolved> resolution) {
        return resolution.stream()
                .map(resolved -> PinnedPackage.of(
                        resolved.candidate(), release(resolved.candidate().suite()), resolved.depends().stream()))
                .collect(Collectors.toList());
    }

    private InRelease release(String suite) {
        Optional<ArchiveSuite> found =
                defaults.stream().filter(s -> s.name().equals(suite)).findFirst();
        return found.or(() ->
                        singles.stream().filter(s -> s.name().equals(suite)).findFirst())
                .orElseThrow()
                .release();
    }

    private static List<PackagesIndex> indexes(String architecture, List<ArchiveSuite> suites) throws IOException {
        List<PackagesIndex> indexes = new ArrayList<>();
        for (ArchiveSuite suite : suites) {
            indexes.add(suite.packages(architecture));
        }
        return indexes;
    }
}
