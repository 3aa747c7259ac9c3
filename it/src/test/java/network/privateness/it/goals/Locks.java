package network.privateness.it.goals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;

/** Builds locks of one image, {@code tiny}; for linux/amd64 unless more is said. */
final class Locks {

    static final LayerName DEBIAN_LAYER = new LayerName("image:tiny", "debian", Platform.LINUX_AMD64);

    private final Sha256 definitions;
    private List<PinnedPackage> packages = List.of();
    private List<String> wanted = List.of();
    private List<PinnedToolchain> toolchains = List.of();
    private List<PinnedProgram> programs = List.of();
    private List<PinnedModule> modules = List.of();
    private List<PinnedArtifact> artifacts = List.of();
    private List<PinnedArchive> archives = List.of();
    private boolean both;
    private Map<LayerName, PinnedLayer> layers = Map.of();

    Locks(Reactor.Module module) throws IOException {
        this.definitions = module.definitions();
    }

    Locks debian(PinnedPackage pinned) {
        packages = List.of(pinned);
        wanted = List.of(pinned.name());
        return this;
    }

    /** The same on linux/arm64, from packages for all architectures. */
    Locks onArm64Too() {
        both = true;
        return this;
    }

    /** What the target takes stays, but the entry is not there. */
    Locks withoutPackages() {
        packages = List.of();
        return this;
    }

    Locks go(PinnedToolchain toolchain, PinnedProgram program, PinnedModule... pins) {
        toolchains = List.of(toolchain);
        programs = List.of(program);
        modules = Arrays.asList(pins);
        return this;
    }

    Locks artifact(PinnedArtifact artifact) {
        artifacts = List.of(artifact);
        return this;
    }

    Locks archive(PinnedArchive archive) {
        archives = List.of(archive);
        return this;
    }

    Locks layer(LayerName name, PinnedLayer layer) {
        layers = new TreeMap<>(layers);
        layers.put(name, layer);
        return this;
    }

    Lock lock() {
        List<String> references =
                wanted.stream().map(name -> name + "=" + TinyImage.VERSION).toList();
        List<PinnedTarget> targets = new ArrayList<>();
        targets.add(new PinnedTarget("image:tiny", Platform.LINUX_AMD64, wanted, references));
        if (both) {
            targets.add(new PinnedTarget("image:tiny", Platform.LINUX_ARM64, wanted, references));
        }
        return new Lock(
                1,
                1_767_225_600,
                definitions,
                List.of(),
                packages,
                targets,
                toolchains,
                programs,
                modules,
                artifacts,
                archives,
                layers);
    }
}
