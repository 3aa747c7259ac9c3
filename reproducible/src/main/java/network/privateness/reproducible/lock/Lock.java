package network.privateness.reproducible.lock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.oci.Platform;

/**
 * The content of {@code ness.lock}. Lists are sorted, so that two locks with the same content are the same bytes.
 *
 * @param layoutVersion the rules by which bytes are made, DESIGN.md §5
 * @param epoch seconds since 1970: the time of everything that has no older one
 * @param definitions digest of all image.yaml and bases.yaml when the lock was written
 * @param suites the Debian suites that packages came from
 * @param packages Debian packages
 * @param targets which packages each base and image takes
 * @param toolchains Go toolchains, one per kind of build host
 * @param programs Go programs
 * @param modules Go modules
 * @param artifacts jars
 * @param archives release archives
 * @param layers the layers that hold inputs only
 */
public record Lock(
        int layoutVersion,
        long epoch,
        Sha256 definitions,
        List<PinnedSuite> suites,
        List<PinnedPackage> packages,
        List<PinnedTarget> targets,
        List<PinnedToolchain> toolchains,
        List<PinnedProgram> programs,
        List<PinnedModule> modules,
        List<PinnedArtifact> artifacts,
        List<PinnedArchive> archives,
        Map<LayerName, PinnedLayer> layers) {

    /** The format of the file. */
    public static final int LOCK_VERSION = 1;

    /** The file's name. */
    public static final String FILE = "ness.lock";

    /** What users run when the lock does not fit. */
    public static final String RUN_LOCK = "run mvn ness:lock, review the change and commit it";

    public Lock {
        suites = sorted(suites, Comparator.comparing(PinnedSuite::suite));
        packages = sorted(
                packages,
                Comparator.comparing(PinnedPackage::name)
                        .thenComparing(PinnedPackage::architecture)
                        .thenComparing(PinnedPackage::version)
                        .thenComparing(PinnedPackage::suite)
                        .thenComparing(PinnedPackage::inReleaseDate));
        targets = sorted(targets, Comparator.comparing(PinnedTarget::name).thenComparing(PinnedTarget::platform));
        toolchains = sorted(
                toolchains, Comparator.comparing(PinnedToolchain::version).thenComparing(PinnedToolchain::host));
        programs = sorted(programs, Comparator.comparing(PinnedProgram::program));
        modules = sorted(modules, Comparator.comparing(PinnedModule::module).thenComparing(PinnedModule::version));
        artifacts = sorted(artifacts, Comparator.comparing(PinnedArtifact::coordinates));
        archives = sorted(archives, Comparator.comparing(PinnedArchive::name));
        layers = Collections.unmodifiableMap(new TreeMap<>(layers));
    }

    /** The packages of a target on a platform. */
    public List<PinnedPackage> packages(String target, Platform platform) {
        PinnedTarget pinned = target(target, platform)
                .orElseThrow(() -> stale("the Debian packages of " + target + " for " + platform));
        List<PinnedPackage> found = new ArrayList<>();
        for (String reference : pinned.packages()) {
            found.add(find(reference, platform)
                    .orElseThrow(() -> stale("the Debian package " + reference + " for " + platform)));
        }
        return found;
    }

    /** Those packages of a target that are there, whatever is missing. */
    public List<PinnedPackage> known(PinnedTarget target) {
        return target.packages().stream()
                .flatMap(reference -> find(reference, target.platform()).stream())
                .toList();
    }

    private Optional<PinnedPackage> find(String reference, Platform platform) {
        return packages.stream()
                .filter(p -> reference.equals(p.name() + "=" + p.version())
                        && (p.architecture().equals(platform.debianArchitecture())
                                || p.architecture().equals("all")))
                .findFirst();
    }

    public Optional<PinnedTarget> target(String target, Platform platform) {
        return targets.stream()
                .filter(t -> t.name().equals(target) && t.platform() == platform)
                .findFirst();
    }

    public PinnedProgram program(String program) {
        return programs.stream()
                .filter(p -> p.program().equals(program))
                .findFirst()
                .orElseThrow(() -> stale("the Go program " + program));
    }

    /** The modules of a program. */
    public List<PinnedModule> modules(PinnedProgram program) {
        Map<String, PinnedModule> byName = byName();
        List<PinnedModule> found = new ArrayList<>();
        for (String reference : program.modules()) {
            PinnedModule module = byName.get(reference);
            if (module == null) {
                throw stale("the Go module " + reference);
            }
            found.add(module);
        }
        return found;
    }

    /** The same, or nothing when one of them is missing. */
    public Optional<List<PinnedModule>> known(PinnedProgram program) {
        Map<String, PinnedModule> byName = byName();
        return byName.keySet().containsAll(program.modules())
                ? Optional.of(program.modules().stream().map(byName::get).toList())
                : Optional.empty();
    }

    private Map<String, PinnedModule> byName() {
        Map<String, PinnedModule> byName = new TreeMap<>();
        modules.forEach(module -> byName.put(module.module() + "@" + module.version(), module));
        return byName;
    }

    /** The toolchain for a build host such as {@code linux-amd64}. */
    public PinnedToolchain toolchain(String host) {
        return toolchains.stream()
                .filter(t -> t.host().equals(host))
                .findFirst()
                .orElseThrow(() -> stale("the Go toolchain for build host " + host));
    }

    public PinnedArtifact artifact(String coordinates) {
        return artifacts.stream()
                .filter(a -> a.coordinates().equals(coordinates))
                .findFirst()
                .orElseThrow(() -> stale("the jar " + coordinates));
    }

    public PinnedArchive archive(String name) {
        return archives.stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        FILE,
                        "it has no archive \"" + name + "\"",
                        "run mvn ness:lock -Dness.archive=" + name + "=URL, review the change and commit it"));
    }

    /** Fails unless the lock was written for these definitions. */
    public void checkFresh(Sha256 current) {
        if (!definitions.equals(current)) {
            throw new Problem(
                    FILE,
                    "it was written for other definitions (image.yaml and bases.yaml had the digest "
                            + definitions.hex() + ", now it is " + current.hex() + ")",
                    RUN_LOCK);
        }
    }

    /** The same lock with other layers. */
    public Lock withLayers(Map<LayerName, PinnedLayer> others) {
        return new Lock(
                layoutVersion,
                epoch,
                definitions,
                suites,
                packages,
                targets,
                toolchains,
                programs,
                modules,
                artifacts,
                archives,
                others);
    }

    private static Problem stale(String what) {
        return new Problem(FILE, "it does not hold " + what, RUN_LOCK);
    }

    private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
        return values.stream().sorted(order).toList();
    }
}
