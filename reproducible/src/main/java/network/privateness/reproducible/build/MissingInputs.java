package network.privateness.reproducible.build;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.BaseDefinition;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.fetch.Download;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Unavailable;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;

/**
 * Tells of all inputs that can't be had once one of them could not, because people behind walls would otherwise learn of
 * them one build at a time. Jars are Maven's own matter.
 */
final class MissingInputs {

    /** Enough for hosts that don't answer, of which each is waited for once; after it a report is worth more than the rest. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Packages that are superseded have a next step each, which differ in names only. */
    private static final int MOST_STEPS = 3;

    private final Set<PinnedPackage> packages = new HashSet<>();
    private final Set<PinnedArchive> archives = new HashSet<>();
    private final Set<PinnedToolchain> toolchains = new HashSet<>();
    private final Set<PinnedModule> modules = new HashSet<>();

    private MissingInputs() {}

    /** What to throw instead of the first failure: it alone, or all, one line each. */
    static Problem describe(Workshop workshop, Selection selection, Unavailable first) throws IOException {
        Map<String, Problem> failures = new TreeMap<>();
        failures.put(first.where(), first);
        int untried = 0;
        try {
            MissingInputs all = new MissingInputs();
            for (Map.Entry<String, Set<Platform>> entry : selection.images().entrySet()) {
                ImageDefinition image = workshop.definitions().images().get(entry.getKey());
                for (Platform platform : entry.getValue()) {
                    all.add(workshop, image, platform);
                }
            }
            Inputs inputs = workshop.inputs();
            List<Download> missing = inputs.missing(all.packages, all.archives, all.toolchains, all.modules);
            Fetcher.Trial trial = inputs.tryAll(missing, LIMIT);
            // The first one was tried more patiently.
            trial.failures().values().forEach(problem -> failures.putIfAbsent(problem.where(), problem));
            untried = trial.untried();
        } catch (Problem other) {
            // A setting without which nothing of its kind can be had.
            failures.put(other.where(), other);
        }
        // Whoever lacks a module's content lacks its go.mod too, from the same place.
        failures.keySet()
                .removeIf(where -> where.endsWith(".mod")
                        && failures.containsKey(where.substring(0, where.length() - ".mod".length()) + ".zip"));
        if (failures.size() + untried == 1) {
            return failures.values().iterator().next();
        }
        List<String> lines = new ArrayList<>();
        Set<String> next = new TreeSet<>();
        failures.values().forEach(problem -> {
            lines.add("  " + problem.where() + ": " + problem.what());
            next.add(problem.next());
        });
        if (untried > 0) {
            lines.add("  and " + untried + " more that could not be tried within " + LIMIT.toSeconds() + " s");
        }
        return new Problem(
                Lock.FILE,
                failures.size() + untried + " of its inputs can't be had:\n" + String.join("\n", lines) + "\n",
                next.stream().limit(MOST_STEPS).collect(Collectors.joining("; or "))
                        + (next.size() > MOST_STEPS ? "; and so on" : ""));
    }

    private void add(Workshop workshop, ImageDefinition image, Platform platform) {
        Lock lock = workshop.lock();
        for (BaseDefinition base : workshop.definitions().chain(image.software())) {
            packages.addAll(lock.packages(PinnedTarget.base(base.name()), platform));
        }
        packages.addAll(lock.packages(PinnedTarget.image(image.name()), platform));
        for (Install install : image.software().install()) {
            if (!install.platforms().contains(platform)) {
                continue;
            }
            if (install instanceof Install.Archive archive) {
                archives.add(lock.archive(archive.name()));
            } else if (install instanceof Install.Go go) {
                PinnedProgram program = lock.program(GoPrograms.name(go));
                toolchains.add(lock.toolchain(workshop.goHost()));
                modules.addAll(lock.modules(program));
            }
        }
    }
}
