package network.privateness.reproducible.update;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.DebianSource;
import network.privateness.reproducible.build.InputsFolder;
import network.privateness.reproducible.debian.ArchiveSuite;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.debian.SourcePackage;

/** Finds the source packages of pinned packages in the signed lists of the suites that these came from. */
public final class DebianSources implements InputsFolder.SourceArchive {

    private final DebianSuites suites;

    public DebianSources(Surroundings around) {
        this.suites = new DebianSuites(around);
    }

    /** @throws Problem if a suite has the source no more, as its packages were superseded since */
    @Override
    public List<DebianSource> of(List<PinnedPackage> packages) throws IOException {
        Map<String, Set<String>> wanted = new TreeMap<>();
        packages.forEach(pinned ->
                wanted.computeIfAbsent(pinned.suite(), suite -> new TreeSet<>()).add(pinned.source()));
        Map<String, DebianSource> files = new TreeMap<>();
        for (Map.Entry<String, Set<String>> entry : wanted.entrySet()) {
            Map<String, SourcePackage> found = find(entry.getKey(), entry.getValue());
            for (String source : entry.getValue()) {
                SourcePackage all = found.get(source);
                if (all == null) {
                    throw missing(entry.getKey(), source, packages);
                }
                Instant date = date(source, packages);
                all.files().forEach(file -> files.put(file.path(), new DebianSource(entry.getKey(), date, file)));
            }
        }
        return new ArrayList<>(files.values());
    }

    private static Instant date(String source, List<PinnedPackage> packages) {
        return packages.stream()
                .filter(pinned -> pinned.source().equals(source))
                .map(PinnedPackage::inReleaseDate)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Map<String, SourcePackage> find(String suite, Set<String> wanted) throws IOException {
        Optional<ArchiveSuite> archive = suites.suite(suite);
        return archive.isPresent() ? archive.get().sources(wanted) : Map.of();
    }

    private static Problem missing(String suite, String source, List<PinnedPackage> packages) {
        String name = packages.stream()
                .filter(pinned -> pinned.source().equals(source))
                .map(PinnedPackage::name)
                .findFirst()
                .orElseThrow();
        return new Problem(
                "source package " + source,
                suite + " does not have it any more",
                "run mvn ness:lock -Dness.update=" + name + ", or export with another mirror");
    }
}
