package network.privateness.reproducible.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.ResolvedJar;
import network.privateness.reproducible.debian.TestDeb;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockUpdateTest {

    private static final String AMD64 = "linux/amd64";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void build() throws Exception {
        world = new World(folder);
        world.debian(new TestDeb("aa", "1"));
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void epochAndLayersAreThoseOfTheOldLock() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa").lock();
        assertThat(lock.epoch()).isEqualTo(World.EPOCH);
        assertThat(lock.layers()).isEmpty();
        Map<LayerName, PinnedLayer> layers = Map.of(
                new LayerName("image:x", "debian", Platform.LINUX_AMD64),
                PinnedLayer.of(Sha256.of("d"), Sha256.of("i"), Sha256.of("r")));
        assertThat(world.lock(lock.withLayers(layers), "").layers()).isEqualTo(layers);
    }

    @Test
    void definitionsAreThoseOfNow() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa").lock();
        Lock next = world.imageWith("x", "stop-signal: SIGTERM\n", AMD64, "debian: aa")
                .lock(lock, "");
        assertThat(next.definitions()).isNotEqualTo(lock.definitions());
        assertThat(LockChanges.between(Optional.of(lock), next)).isEmpty();
    }

    @Test
    void jarsOfOthersArePinnedAndNeverChange() throws Exception {
        Path jar = Files.writeString(folder.resolve("lib.jar"), "one");
        world.jars = (groupId, artifactId) -> List.of(
                new ResolvedJar(groupId + ":" + artifactId + ":1", artifactId, jar, true),
                new ResolvedJar("org.example:lib:1.0", "lib", jar, false));
        Lock lock = world.image("x", AMD64, "maven: 'org.example:service'").lock();
        assertThat(lock.artifacts()).containsExactly(new PinnedArtifact("org.example:lib:1.0", 3, Sha256.of("one")));
        Files.writeString(jar, "two");
        assertThatThrownBy(() -> world.lock(lock, ""))
                .isInstanceOf(Problem.class)
                .hasMessage("org.example:lib:1.0: the repository serves " + Sha256.of("two") + ", the lock says "
                        + Sha256.of("one")
                        + "; a released version must never change. Next: find out why; if the change is"
                        + " meant, run mvn ness:lock -Dness.update=org.example:lib:1.0");
        assertThat(world.lock(lock, "org.example:lib:1.0").artifacts())
                .containsExactly(new PinnedArtifact("org.example:lib:1.0", 3, Sha256.of("two")));
    }

    @Test
    void archivesArePinnedByAddressAndKept() throws Exception {
        world.image("x", AMD64, "archive: coin, files: {bin/coind: /usr/bin/coind}");
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessage("ness.lock: it has no archive \"coin\"."
                        + " Next: run mvn ness:lock -Dness.archive=coin=URL, review the change and commit it");
        Path file = Files.writeString(folder.resolve("coin.tar.gz"), "coin");
        URI there = file.toUri();
        URI gone = folder.resolve("gone.tar.gz").toUri();
        Wishes wishes = Wishes.parse(Optional.empty(), Optional.of("coin=" + gone + " " + there));
        Lock lock = world.lock(Optional.empty(), wishes);
        assertThat(lock.archives())
                .containsExactly(new PinnedArchive("coin", List.of(gone, there), 4, Sha256.of("coin")));
        assertThat(world.store.find(Sha256.of("coin"))).isPresent();
        Files.delete(file);
        assertThat(world.lock(lock, "").archives()).isEqualTo(lock.archives());
    }

    @Test
    void wishesThatNothingFulfilsAreRefused() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa").lock();
        assertThatThrownBy(() -> world.lock(lock, "libfoo"))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.update: nothing in the lock is called \"libfoo\". Next: name a Debian package, a Go"
                        + " program or its module, a jar as groupId:artifactId:version, or go");
        assertThatThrownBy(() -> world.lock(lock, "go")).hasMessageContaining("nothing in the lock is called \"go\"");
        assertThatThrownBy(() -> world.lock(lock, "aa@2"))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "ness.update: \"aa@2\" asks for a version, which only Go programs and the Go toolchain take."
                                + " Next: write -Dness.update=aa");
        Wishes archive = Wishes.parse(Optional.empty(), Optional.of("coin=https://example.org/coin.tar.gz"));
        assertThatThrownBy(() -> world.lock(Optional.of(lock), archive))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.archive: no image installs an archive \"coin\"."
                        + " Next: correct the name, or add it to image.yaml");
    }
}
