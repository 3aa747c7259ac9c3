package network.privateness.reproducible.update;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.debian.Companions;
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

    private final DebianSuites suites;
    private final Inputs inputs;
    private final Wishes wishes;
    private final Optional<Lock> old;

    private final Map<String, PinnedTarget> targets = new LinkedHashMap<>();
    /** By name, version and architecture: two platforms may get a package for all of them from two suites. */
    private final Map<String, PinnedPackage> packages = new TreeMap<>();
    private final Set<String> resolved = new HashSet<>();

    DebianPins(Wishes wishes, Optional<Lock> old, Surroundings around) {
        this.suites = new DebianSuites(around);
        this.inputs = around.inputs();
        this.wishes = wishes;
        this.old = old;
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
        wants.forEach(want -> byPlatform
                .computeIfAbsent(want.platform(), p -> new ArrayList<>())
                .add(want));
        for (Map.Entry<Platform, List<Want>> entry : byPlatform.entrySet()) {
            pin(entry.getKey(), entry.getValue());
        }
    }

    List<PinnedTarget> targets() {
        return List.copyOf(targets.values());
    }

    List<PinnedPackage> packages() {
        return List.copyOf(packages.values());
    }

    /** Those that were read now, and of the others what the old lock says of suites that are still in use. */
    List<PinnedSuite> suites() {
        Set<String> names = new HashSet<>();
        packages.values().forEach(pinned -> names.add(pinned.suite()));
        return suites.evidence(names, old);
    }

    private void pin(Platform platform, List<Want> wants) throws IOException {
        Map<String, List<Wanted>> asked = new LinkedHashMap<>();
        for (Want want : wants) {
            if (keep(want)) {
                continue;
            }
            if (shrinks(want)) {
                choose(want, Map.of(want.target(), List.of(), "!" + want.target(), List.of()));
            } else {
                asked.put(want.target(), want.packages());
                asked.put("!" + want.target(), want.alone());
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        Map<String, List<PinnedPackage>> found = new HashMap<>();
        if (asked.values().stream().allMatch(List::isEmpty)) {
            asked.keySet().forEach(name -> found.put(name, List.of()));
        } else {
            String architecture = platform.debianArchitecture();
            found.putAll(suites.archive(asked, architecture).pin(architecture, asked, Set.of()));
        }
        for (Want want : wants) {
            if (asked.containsKey(want.target())) {
                choose(want, found);
            }
        }
    }

    /** Takes the target as it is, if nothing about it changed. */
    private boolean keep(Want want) {
        Optional<PinnedTarget> known = untouched(want);
        if (known.isEmpty() || !known.get().wanted().equals(want.texts())) {
            resolved.add(key(want.target(), want.platform()));
            return false;
        }
        targets.put(key(want.target(), want.platform()), known.get());
        keep(old.get().known(known.get()));
        return true;
    }

    /** Whether wishes were only taken back: then old pins alone say what is left. */
    private boolean shrinks(Want want) {
        return untouched(want)
                .filter(known -> known.wanted().containsAll(want.texts()))
                .isPresent();
    }

    /** The target in the old lock, if all its pins are there and neither they nor those below it move. */
    private Optional<PinnedTarget> untouched(Want want) {
        boolean moved = want.below().stream().anyMatch(below -> resolved.contains(key(below, want.platform())));
        return old.filter(lock -> !moved)
                .flatMap(lock -> lock.target(want.target(), want.platform()))
                .filter(known ->
                        old.get().known(known).size() == known.packages().size())
                .filter(known -> old.get().known(known).stream().noneMatch(one -> wishes.moves(one.name())));
    }

    private void choose(Want want, Map<String, List<PinnedPackage>> found) throws IOException {
        Map<String, PinnedPackage> fresh = new HashMap<>();
        found.get("!" + want.target()).forEach(pinned -> fresh.put(pinned.name(), pinned));
        found.get(want.target()).forEach(pinned -> fresh.put(pinned.name(), pinned));
        Map<String, PinnedPackage> present = present(want);
        Map<String, PinnedPackage> chosen = new TreeMap<>();
        for (Wanted alone : want.alone()) {
            chosen.put(alone.name(), pin(alone.name(), want, fresh));
        }
        Deque<String> queue = new ArrayDeque<>();
        want.packages().forEach(wanted -> queue.add(wanted.name()));
        while (!queue.isEmpty()) {
            String name = queue.remove();
            if (!present.containsKey(name) && !chosen.containsKey(name)) {
                PinnedPackage pinned = pin(name, want, fresh);
                chosen.put(name, pinned);
                queue.addAll(pinned.depends());
            }
        }
        present.putAll(chosen);
        checkCompanions(want, present, fresh);
        keep(chosen.values());
        targets.put(
                key(want.target(), want.platform()),
                new PinnedTarget(
                        want.target(),
                        want.platform(),
                        want.texts(),
                        chosen.values().stream()
                                .map(p -> p.name() + "=" + p.version())
                                .toList()));
    }

    private void keep(Collection<PinnedPackage> more) {
        for (PinnedPackage pinned : more) {
            PinnedPackage other = packages.putIfAbsent(
                    pinned.name() + " " + pinned.version() + " " + pinned.architecture(), pinned);
            if (other != null && !other.sha256().equals(pinned.sha256())) {
                throw new Problem(
                        "Debian package " + pinned.name() + " " + pinned.version() + " " + pinned.architecture(),
                        "it is " + other.sha256() + " in " + other.suite() + " and " + pinned.sha256() + " in "
                                + pinned.suite() + ", but a version is one file only",
                        "use mirrors that agree (ness.debian.mirror, ness.debian.security)");
            }
        }
    }

    /** What the bases below hold, by name. */
    private Map<String, PinnedPackage> present(Want want) {
        Map<String, PinnedPackage> present = new TreeMap<>();
        for (String below : want.below()) {
            for (String reference : targets.get(key(below, want.platform())).packages()) {
                packages.values().stream()
                        .filter(pinned -> reference.equals(pinned.name() + "=" + pinned.version())
                                && fits(pinned, want.platform()))
                        .forEach(pinned -> present.put(pinned.name(), pinned));
            }
        }
        return present;
    }

    /** Today's packages fit each other; old ones among them may not. */
    private void checkCompanions(Want want, Map<String, PinnedPackage> all, Map<String, PinnedPackage> fresh)
            throws IOException {
        boolean mixed = all.values().stream()
                .anyMatch(pinned -> fresh.containsKey(pinned.name())
                        && !fresh.get(pinned.name()).version().equals(pinned.version()));
        if (!mixed) {
            return;
        }
        List<PinnedPackage> together = List.copyOf(all.values());
        List<Path> files = inputs.debian(together);
        Map<PinnedPackage, Path> debs = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            debs.put(together.get(i), files.get(i));
        }
        Companions.check(want.platform().debianArchitecture(), debs);
    }

    /** The old pin if there is one that is not to be moved, else what the archive has now. */
    private PinnedPackage pin(String name, Want want, Map<String, PinnedPackage> fresh) {
        PinnedPackage now = fresh.get(name);
        Optional<PinnedPackage> before = before(want)
                .filter(pinned -> pinned.name().equals(name)
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

    /**
     * Old pins, those first that say most about what the target should have: its own, those of other targets of the
     * platform, and packages for all architectures of other platforms. There may be several versions of a name.
     */
    private Stream<PinnedPackage> before(Want want) {
        return old.stream().flatMap(lock -> {
            List<PinnedTarget> same = lock.targets().stream()
                    .filter(target -> target.platform() == want.platform())
                    .toList();
            Stream<PinnedTarget> own =
                    same.stream().filter(target -> target.name().equals(want.target()));
            return Stream.concat(
                    Stream.concat(own, same.stream()).flatMap(target -> lock.known(target).stream()),
                    lock.packages().stream()
                            .filter(pinned -> pinned.architecture().equals("all")));
        });
    }

    private static boolean fits(PinnedPackage pinned, Platform platform) {
        return pinned.architecture().equals(platform.debianArchitecture())
                || pinned.architecture().equals("all");
    }

    private static String family(String suite) {
        return suite.startsWith(DebianRelease.CODENAME) ? DebianRelease.CODENAME : suite;
    }

    private static String key(String target, Platform platform) {
        return target + " " + platform;
    }
}
