package network.privateness.reproducible.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.H1;
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
import network.privateness.reproducible.update.LockChanges.Change;
import org.junit.jupiter.api.Test;

class LockChangesTest {

    private static final Sha256 DIGEST = Sha256.of("x");
    private static final H1 HASH = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    private static final Lock EMPTY = lock("1");

    @Test
    void equalLocksHaveNoChange() {
        assertThat(LockChanges.between(Optional.of(full("1")), full("1"))).isEmpty();
        assertThat(LockChanges.between(Optional.empty(), lock(""))).isEmpty();
    }

    @Test
    void everyKindOfEntryIsTold() {
        String hex = DIGEST.hex();
        String layer =
                hex.substring(0, 12) + " of inputs " + hex.substring(0, 16) + " by rules " + hex.substring(0, 16);
        assertThat(LockChanges.between(Optional.empty(), full("1")))
                .containsExactly(
                        new Change("archive", "coin", "", hex.substring(0, 12)),
                        new Change("go module", "example.org/a v1.0.1", "", HASH.toString()),
                        new Change("go program", "example.org/a", "", "v1.0.1 with 1 modules"),
                        new Change("go toolchain", "linux-amd64", "", "go1.26.1 " + HASH),
                        new Change("layer", "base:b base linux/amd64", "", layer),
                        new Change("maven", "org.example:lib:1", "", hex.substring(0, 12)),
                        new Change("target", "base:b linux/amd64", "", "1 packages for netbase"));
        assertThat(LockChanges.between(Optional.of(full("1")), EMPTY))
                .hasSize(7)
                .allMatch(change -> !change.before().isEmpty() && change.after().isEmpty());
    }

    @Test
    void aMoveHasBeforeAndAfter() {
        assertThat(LockChanges.between(Optional.of(full("1")), full("2")))
                .contains(
                        new Change("go program", "example.org/a", "v1.0.1 with 1 modules", "v1.0.2 with 1 modules"),
                        new Change("go toolchain", "linux-amd64", "go1.26.1 " + HASH, "go1.26.2 " + HASH),
                        new Change("go module", "example.org/a v1.0.1", HASH.toString(), ""),
                        new Change("go module", "example.org/a v1.0.2", "", HASH.toString()))
                .noneMatch(change -> change.kind().equals("layer"));
    }

    private static Lock full(String version) {
        return new Lock(
                1,
                0,
                DIGEST,
                List.of(),
                List.of(),
                List.of(new PinnedTarget("base:b", Platform.LINUX_AMD64, List.of("netbase"), List.of("netbase=1"))),
                List.of(new PinnedToolchain("go1.26." + version, "linux-amd64", HASH, 1)),
                List.of(new PinnedProgram(
                        "example.org/a", "example.org/a", "v1.0." + version, List.of("example.org/a@v1.0." + version))),
                List.of(new PinnedModule("example.org/a", "v1.0." + version, Optional.of(HASH), HASH, 1)),
                List.of(new PinnedArtifact("org.example:lib:" + version, 1, DIGEST)),
                List.of(new PinnedArchive("coin", List.of(URI.create("https://example.org/" + version)), 1, DIGEST)),
                Map.of(new LayerName("base:b", "base", Platform.LINUX_AMD64), PinnedLayer.of(DIGEST, DIGEST, DIGEST)));
    }

    private static Lock lock(String ignored) {
        return new Lock(
                1,
                0,
                Sha256.of(ignored),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }
}
