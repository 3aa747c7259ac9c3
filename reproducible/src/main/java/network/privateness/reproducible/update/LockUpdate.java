package network.privateness.reproducible.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.GoPrograms;
import network.privateness.reproducible.build.ResolvedJar;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.debian.Wanted;
import network.privateness.reproducible.definition.BaseDefinition;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.definition.Software;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.LayoutVersion;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;

/** Makes the next lock from the definitions and the lock before; without layers, which are known only once built. */
public final class LockUpdate {

    private final Definitions definitions;
    private final Selection selection;
    private final Optional<Lock> old;
    private final Wishes wishes;
    private final Surroundings around;
    private final DebianPins debian;
    private final GoPins go;

    /** @param selection of the images outside the set registry only those in it are pinned */
    public LockUpdate(
            Definitions definitions, Selection selection, Optional<Lock> old, Wishes wishes, Surroundings around) {
        this.definitions = definitions;
        this.selection = selection;
        this.old = old;
        this.wishes = wishes;
        this.around = around;
        this.debian = new DebianPins(wishes, old, around);
        this.go = new GoPins(wishes, old, around);
    }

    /**
     * The new lock, with the layers of the old one.
     *
     * @param epoch for a lock that did not exist; an existing one keeps its own
     */
    public Lock pin(long epoch) throws IOException {
        debian.pin(debianWants());
        go.pin(goWants());
        Lock lock = new Lock(
                LayoutVersion.CURRENT,
                old.map(Lock::epoch).orElse(epoch),
                definitions.digest(),
                debian.suites(),
                debian.packages(),
                debian.targets(),
                go.toolchains(),
                go.programs(),
                go.modules(),
                artifacts(),
                archives(),
                old.map(Lock::layers).orElse(Map.of()));
        wishes.check(lock);
        return lock;
    }

    private List<DebianPins.Want> debianWants() {
        Map<String, Set<Platform>> platforms = new LinkedHashMap<>();
        for (ImageDefinition image : definitions.images().values()) {
            for (BaseDefinition base : definitions.chain(image.software())) {
                platforms
                        .computeIfAbsent(base.name(), name -> EnumSet.noneOf(Platform.class))
                        .addAll(image.platforms());
            }
        }
        List<DebianPins.Want> wants = new ArrayList<>();
        // A chain lists lower bases first, and so does this order.
        List<BaseDefinition> bases = new ArrayList<>();
        definitions.bases().values().forEach(base -> {
            List<BaseDefinition> chain = new ArrayList<>(definitions.chain(base.software()));
            chain.add(base);
            chain.stream().filter(one -> !bases.contains(one)).forEach(bases::add);
        });
        for (BaseDefinition base : bases) {
            for (Platform platform : platforms.getOrDefault(base.name(), Set.of())) {
                wants.add(want(PinnedTarget.base(base.name()), base.software(), platform));
            }
        }
        for (ImageDefinition image : definitions.images().values()) {
            for (Platform platform : image.platforms()) {
                wants.add(want(PinnedTarget.image(image.name()), image.software(), platform));
            }
        }
        return wants;
    }

    private DebianPins.Want want(String target, Software software, Platform platform) {
        List<Wanted> packages = new ArrayList<>();
        List<Wanted> alone = new ArrayList<>();
        for (Install install : software.install()) {
            if (!install.platforms().contains(platform)) {
                continue;
            }
            if (install instanceof Install.Debian one) {
                (one.dependencies() ? packages : alone).add(new Wanted(one.name(), one.suite()));
            } else if (install instanceof Install.Jlink jlink) {
                alone.add(Wanted.of(jlink.name()));
            }
        }
        List<String> below = definitions.chain(software).stream()
                .map(base -> PinnedTarget.base(base.name()))
                .toList();
        return new DebianPins.Want(target, platform, packages, alone, below);
    }

    private List<GoPins.Want> goWants() {
        Map<String, GoPins.Want> wants = new TreeMap<>();
        for (ImageDefinition image : definitions.images().values()) {
            for (Install install : image.software().install()) {
                if (install instanceof Install.Go program) {
                    Set<Platform> platforms = EnumSet.copyOf(image.platforms());
                    platforms.retainAll(program.platforms());
                    boolean asIs = !program.local() && Outside.is(image, selection) && !wishes.names(program.target());
                    boolean more = platforms.stream().anyMatch(platform -> !isLocked(image, platform));
                    String name = GoPrograms.name(program);
                    GoPins.Want known = wants.get(name);
                    if (known != null) {
                        platforms.addAll(known.platforms());
                        more |= known.more();
                        asIs &= known.asIs();
                    }
                    Optional<Path> folder = program.local()
                            ? Optional.of(
                                    program.folder().resolve(program.target()).normalize())
                            : Optional.empty();
                    wants.put(
                            name,
                            new GoPins.Want(name, program.target(), folder, platforms, more, program.version(), asIs));
                }
            }
        }
        return List.copyOf(wants.values());
    }

    /** A program may need other modules on another platform, and the lock holds those of the platforms that it knew. */
    private boolean isLocked(ImageDefinition image, Platform platform) {
        return old.flatMap(lock -> lock.target(PinnedTarget.image(image.name()), platform))
                .isPresent();
    }

    private List<PinnedArtifact> artifacts() throws IOException {
        Map<String, PinnedArtifact> artifacts = new TreeMap<>();
        for (ImageDefinition image : definitions.images().values()) {
            for (Install install : image.software().install()) {
                if (install instanceof Install.Maven program) {
                    for (ResolvedJar jar : around.jars().resolve(program.groupId(), program.artifactId())) {
                        if (!jar.ours()) {
                            artifacts.put(jar.coordinates(), artifact(jar));
                        }
                    }
                }
            }
        }
        return List.copyOf(artifacts.values());
    }

    private PinnedArtifact artifact(ResolvedJar jar) throws IOException {
        PinnedArtifact now = new PinnedArtifact(jar.coordinates(), Files.size(jar.file()), Sha256.of(jar.file()));
        Optional<PinnedArtifact> before = old.stream()
                .flatMap(lock -> lock.artifacts().stream())
                .filter(artifact -> artifact.coordinates().equals(jar.coordinates()))
                .findFirst();
        if (before.isPresent() && !before.get().equals(now) && !wishes.moves(jar.coordinates())) {
            throw new Problem(
                    jar.coordinates(),
                    "the repository serves " + now.sha256() + ", the lock says "
                            + before.get().sha256() + "; a released version must never change",
                    "find out why; if the change is meant, run mvn ness:lock -Dness.update=" + jar.coordinates());
        }
        return now;
    }

    private List<PinnedArchive> archives() throws IOException {
        Map<String, PinnedArchive> archives = new TreeMap<>();
        ArchivePins pins = new ArchivePins(wishes, old, around);
        for (ImageDefinition image : definitions.images().values()) {
            for (Install install : image.software().install()) {
                if (install instanceof Install.Archive archive && !archives.containsKey(archive.name())) {
                    pins.pin(archive, Outside.is(image, selection))
                            .ifPresent(pinned -> archives.put(archive.name(), pinned));
                }
            }
        }
        return List.copyOf(archives.values());
    }
}
