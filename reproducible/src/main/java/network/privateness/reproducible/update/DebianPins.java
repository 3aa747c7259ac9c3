package network.privateness.reproducible.update;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.DebianMirrors;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.debian.ArchiveKeys;
import network.privateness.reproducible.debian.ArchiveSuite;
import network.privateness.reproducible.debian.DebianArchive;
import network.privateness.reproducible.debian.Freshness;
import network.privateness.reproducible.debian.IndexSource;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.debian.Wanted;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedSuite;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;

/**
 * Pins Debian packages. A target whose wishes did not change keeps its pins without a look at the archive; where one
 * did, packages that are pinned already keep their versions unless they are named.
 */
final class DebianPins {

    private final DebianMirrors mirrors;
    private final Function<URI, IndexSource> open;
    private final Freshness freshness;
    private final Wishes wishes;
    private final Optional<Lock> old;
    private final Set<String> without;
    private final Consumer<String> notes;

    private final Map<String, ArchiveSuite> suites = new TreeMap<>();
    private final Map<String, PinnedTarget> targets = new LinkedHashMap<>();
    private final Set<PinnedPackage> packages = new HashSet<>();
    private final Set<String> resolved = new HashSet<>();

    DebianPins(Wishes wishes, Optional<Lock> old, Surroundings around) {
        this.mirrors = around.mirrors();
        this.open = around.archive();
        this.freshness = around.freshness();
        this.wishes = wishes;
        this.old = old;
        this.without = around.withoutSuites();
        this.notes = around.notes();
    }

    /**
     * What a target wants on a platform.
     *
     * @param target its name in the lock
     * @param platform the platform
     * @param packages with their dependencies
     * @param alone without them
     * @param below names of the targets below it, whose packages count as present; they come first
     */
    record Want(String target, Platform platform, List<Wanted> packages, List<Wanted> alone, List<String> below) {

        List<String> texts() {
            TreeSet<String> texts = new TreeSet<>();
            packages.forEach(wanted -> texts.add(text(wanted)));
            alone.forEach(wanted -> texts.add("!" + text(wanted)));
            return List.copyOf(texts);
        }

        private static String text(Wanted wanted) {
            return wanted.name() + wanted.suite().map(suite -> "/" + suite).orElse("");
        }
    }

    /** Targets below others must come first. */
    void pin(List<Want> wants) throws IOException {
        Map<Platform, List<Want>> byPlatform = new TreeMap<>();
        wants.forEach(want ->
                byPlatform.computeIfAbsent(want.platform(), p -> new ArrayList<>()).add(want));
        for (Map.Entry<Platform, List<Want>> entry : byPlatform.entrySet()) {
            pin(entry.getKey(), entry.getValue());
        }
    }

    List<PinnedTarget> targets() {
        return List.copyOf(targets.values());
    }

    List<PinnedPackage> packages() {
        return List.copyOf(packages);
    }

    /** Those that were read now, and of the others what the old lock says of suites that are still in use. */
    List<PinnedSuite> suites() {
        Map<String, PinnedSuite> used = new TreeMap<>();
        Set<String> names = new HashSet<>();
        packages.forEach(pinned -> names.add(pinned.suite()));
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

    private void pin(Platform platform, List<Want> wants) throws IOException {
        Map<String, List<Wanted>> asked = new LinkedHashMap<>();
        for (Want want : wants) {
            if (!keep(want)) {
                asked.put(want.target(), want.packages());
                asked.put("!" + want.target(), want.alone());
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        Map<String, List<PinnedPackage>> found =
                archive(asked, platform.debianArchitecture()).pin(platform.debianArchitecture(), asked, Set.of());
        for (Want want : wants) {
            if (asked.containsKey(want.target())) {
                choose(want, found);
            }
        }
    }

    private boolean keep(Want want) {
        Optional<PinnedTarget> known = old.flatMap(lock -> lock.target(want.target(), want.platform()));
        boolean moved = want.below().stream().anyMatch(below -> resolved.contains(key(below, want.platform())));
        if (known.isEmpty() || moved || !known.get().wanted().equals(want.texts())) {
            resolved.add(key(want.target(), want.platform()));
            return false;
        }
        List<PinnedPackage> pinned = old.get().packages(want.target(), want.platform());
        if (pinned.stream().anyMatch(one -> wishes.moves(one.name()))) {
            resolved.add(key(want.target(), want.platform()));
            return false;
        }
        targets.put(key(want.target(), want.platform()), known.get());
        packages.addAll(pinned);
        return true;
    }

    private void choose(Want want, Map<String, List<PinnedPackage>> found) {
        Map<String, PinnedPackage> fresh = new HashMap<>();
        found.get("!" + want.target()).forEach(pinned -> fresh.put(pinned.name(), pinned));
        found.get(want.target()).forEach(pinned -> fresh.put(pinned.name(), pinned));
        Set<String> present = new HashSet<>();
        for (String below : want.below()) {
            targets.get(key(below, want.platform()))
                    .packages()
                    .forEach(reference -> present.add(reference.substring(0, reference.indexOf('='))));
        }
        Map<String, PinnedPackage> chosen = new TreeMap<>();
        for (Wanted alone : want.alone()) {
            chosen.put(alone.name(), pin(alone.name(), want.platform(), fresh));
        }
        Deque<String> queue = new ArrayDeque<>();
        want.packages().forEach(wanted -> queue.add(wanted.name()));
        while (!queue.isEmpty()) {
            String name = queue.remove();
            if (!present.contains(name) && !chosen.containsKey(name)) {
                PinnedPackage pinned = pin(name, want.platform(), fresh);
                chosen.put(name, pinned);
                queue.addAll(pinned.depends());
            }
        }
        packages.addAll(chosen.values());
        targets.put(
                key(want.target(), want.platform()),
                new PinnedTarget(
                        want.target(),
                        want.platform(),
                        want.texts(),
                        chosen.values().stream().map(p -> p.name() + "=" + p.version()).toList()));
    }

    /** The old pin if there is one that is not to be moved, else what the archive has now. */
    private PinnedPackage pin(String name, Platform platform, Map<String, PinnedPackage> fresh) {
        PinnedPackage now = fresh.get(name);
        Optional<PinnedPackage> before = old.stream()
                .flatMap(lock -> lock.packages().stream())
                .filter(pinned -> pinned.name().equals(name)
                        && (pinned.architecture().equals(platform.debianArchitecture())
                                || pinned.architecture().equals("all"))
                        && (now == null || family(pinned.suite()).equals(family(now.suite()))))
                .findFirst();
        if (before.isPresent() && !wishes.moves(name)) {
            return before.get();
        }
        if (now == null) {
            throw new Problem(
                    "Debian package " + name,
                    "a pinned package depends on it, but today's packages do not",
                    "move those together: mvn ness:lock -Dness.update=all");
        }
        return now;
    }

    private static String family(String suite) {
        return suite.startsWith(DebianRelease.CODENAME) ? DebianRelease.CODENAME : suite;
    }

    private DebianArchive archive(Map<String, List<Wanted>> asked, String architecture) throws IOException {
        List<ArchiveSuite> defaults = new ArrayList<>();
        for (String name : DebianRelease.SUITES) {
            if (without.contains(name) || without.contains(name + "/" + architecture)) {
                notes.accept("packages of " + name + " for " + architecture + " are not considered, as "
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

    private Optional<ArchiveSuite> suite(String name) throws IOException {
        if (suites.containsKey(name)) {
            return Optional.of(suites.get(name));
        }
        List<URI> bases = mirrors.bases(DebianRelease.isSecurity(name));
        if (bases.isEmpty()) {
            notes.accept("no mirror of the security archive is known (ness.debian.security): security updates of "
                    + DebianRelease.CODENAME + " are not considered");
            return Optional.empty();
        }
        IOException failure = null;
        for (URI base : bases) {
            try {
                ArchiveSuite suite = ArchiveSuite.open(open.apply(base), name, ArchiveKeys.debian(), freshness);
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
        if (suite.release().isExpired(freshness.now())) {
            notes.accept("the InRelease of " + suite.name() + " is older than its Valid-Until ("
                    + suite.release().validUntil().orElseThrow() + "), which " + Freshness.SETTING + " allows");
        }
    }

    private static String key(String target, Platform platform) {
        return target + " " + platform;
    }
}
