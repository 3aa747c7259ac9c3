package network.privateness.reproducible.update;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.debian.ArchiveSuite;
import network.privateness.reproducible.debian.DebianArchive;
import network.privateness.reproducible.debian.Freshness;
import network.privateness.reproducible.debian.Wanted;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedSuite;

/** Opens the suites that a lock is written from, each once, and tells which ones were used. */
final class DebianSuites {

    private final Surroundings around;
    private final Map<String, ArchiveSuite> suites = new TreeMap<>();

    DebianSuites(Surroundings around) {
        this.around = around;
    }

    /** What was found out about these suites now, or else what the old lock says of them. */
    List<PinnedSuite> evidence(Set<String> names, Optional<Lock> old) {
        Map<String, PinnedSuite> used = new TreeMap<>();
        old.ifPresent(lock -> lock.suites().stream()
                .filter(suite -> names.contains(suite.suite()))
                .forEach(suite -> used.put(suite.suite(), suite)));
        suites.values().stream().filter(suite -> names.contains(suite.name())).forEach(suite -> {
            var release = suite.release();
            used.put(
                    suite.name(),
                    new PinnedSuite(suite.name(), release.date(), release.sha256(), List.copyOf(release.signedBy())));
        });
        return List.copyOf(used.values());
    }

    /**
     * The suites that packages are chosen from.
     *
     * @param asked what is asked for, by any name
     */
    DebianArchive archive(Map<String, List<Wanted>> asked, String architecture) throws IOException {
        List<ArchiveSuite> defaults = new ArrayList<>();
        for (String name : DebianRelease.SUITES) {
            if (around.withoutSuites().contains(name) || around.withoutSuites().contains(name + "/" + architecture)) {
                around.notes()
                        .accept("packages of " + name + " for " + architecture + " are not considered, as "
                                + DebianRelease.WITHOUT_SETTING + " says");
            } else {
                suite(name).ifPresent(defaults::add);
            }
        }
        Set<String> names = new TreeSet<>();
        asked.values().forEach(wanted -> wanted.forEach(one -> one.suite().ifPresent(names::add)));
        List<ArchiveSuite> singles = new ArrayList<>();
        for (String name : names) {
            suite(name).ifPresent(singles::add);
        }
        return new DebianArchive(defaults, singles);
    }

    Optional<ArchiveSuite> suite(String name) throws IOException {
        if (suites.containsKey(name)) {
            return Optional.of(suites.get(name));
        }
        List<URI> bases = around.mirrors().bases(DebianRelease.isSecurity(name));
        if (bases.isEmpty()) {
            around.notes()
                    .accept("no mirror of the security archive is known (ness.debian.security): security updates of "
                            + DebianRelease.CODENAME + " are not considered");
            return Optional.empty();
        }
        IOException failure = null;
        for (URI base : bases) {
            try {
                ArchiveSuite suite =
                        ArchiveSuite.open(around.archive().apply(base), name, around.keys(), around.freshness());
                suites.put(name, suite);
                tellIfExpired(suite);
                return Optional.of(suite);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new Problem(
                "Debian suite " + name,
                "no mirror has it: " + failure.getMessage(),
                "correct ness.debian.mirror, or the suite in the definition",
                failure);
    }

    private void tellIfExpired(ArchiveSuite suite) {
        if (suite.release().isExpired(around.freshness().now())) {
            around.notes()
                    .accept("the InRelease of " + suite.name() + " is older than its Valid-Until ("
                            + suite.release().validUntil().orElseThrow() + "), which " + Freshness.SETTING + " allows");
        }
    }
}
