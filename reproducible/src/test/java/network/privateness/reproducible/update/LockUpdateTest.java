package network.privateness.reproducible.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.ResolvedJar;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.debian.TestDeb;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.Mirrors;
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
    void archivesAreFetchedFromWhereTheDefinitionSaysAndHeldAgainstItsHash() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("site")).resolve("coin.tar.gz"), "coin");
        world.settings = world.settings.withMirrors(Mirrors.of(new LinkedHashMap<>(
                Map.of("https://example.org", folder.resolve("site").toString()))));
        world.image("x", AMD64, archive("https://example.org/coin.tar.gz", Sha256.of("coin")));
        PinnedArchive pin =
                new PinnedArchive("coin", List.of(URI.create("https://example.org/coin.tar.gz")), 4, Sha256.of("coin"));
        Lock lock = world.lock();
        assertThat(lock.archives()).containsExactly(pin);

        // The same file elsewhere is not fetched again; another one is, and must be what the definition says.
        world.image("x", AMD64, archive("https://example.com/coin.tar.gz", Sha256.of("coin")));
        assertThat(world.lock(lock, "").archives())
                .containsExactly(new PinnedArchive(
                        "coin", List.of(URI.create("https://example.com/coin.tar.gz")), 4, Sha256.of("coin")));
        world.image("x", AMD64, archive("https://example.org/coin.tar.gz", Sha256.of("other")));
        assertThatThrownBy(() -> world.lock(lock, ""))
                .isInstanceOf(Problem.class)
                .hasMessage("input coin: the file has " + Sha256.of("coin") + ", image.yaml says " + Sha256.of("other")
                        + ". Next: do not use this source; if its publisher has changed the file and says so, change"
                        + " \"sha256\"");
        world.image("x", AMD64, archive("https://example.org/gone.tar.gz", Sha256.of("other")));
        assertThatThrownBy(() -> world.lock(lock, ""))
                .isInstanceOf(Problem.class)
                .hasMessage("input coin: it can't be fetched ("
                        + folder.resolve("site/gone.tar.gz").toUri()
                        + " is not there). Next: check the network and the proxy (settings.xml or https_proxy), or"
                        + " redirect a source with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER");
        Wishes wishes = Wishes.parse(Optional.empty(), Optional.of("coin=https://example.org/coin.tar.gz"));
        assertThatThrownBy(() -> world.lock(Optional.of(lock), wishes))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.archive: where \"coin\" is stands in image.yaml. Next: change \"urls\" there, or"
                        + " redirect them with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER");
    }

    /** So that a lock can be written where the sources of some images are out of reach. */
    @Test
    void imagesOutsideTheSetAreLockedAsFarAsTheyWere() throws Exception {
        world.debian(new TestDeb("aa", "1"), new TestDeb("bb", "1"));
        world.image("x", AMD64, "debian: aa")
                .imageWith(
                        "outside",
                        "set: all\n",
                        AMD64,
                        "debian: bb",
                        archive("https://example.org/coin.tar.gz", Sha256.of("coin")));
        Lock without = world.lock();
        assertThat(World.packages(without)).containsExactly("aa=1", "bb=1");
        assertThat(without.archives()).isEmpty();
        assertThat(world.notes)
                .contains("the archive coin is not locked, because it is outside the set registry; where its"
                        + " source can be reached, mvn ness:lock -Dness.set=all locks it");

        Files.writeString(folder.resolve("coin.tar.gz"), "coin");
        world.settings = world.settings.withMirrors(
                Mirrors.of(new LinkedHashMap<>(Map.of("https://example.org", folder.toString()))));
        world.set = Selection.ALL;
        Lock all = world.lock(without, "");
        assertThat(all.archives()).hasSize(1);
        world.set = Selection.REGISTRY;
        world.notes.clear();
        assertThat(world.lock(all, "all").archives()).isEqualTo(all.archives());
        assertThat(world.notes).noneMatch(note -> note.contains("coin"));
    }

    private static String archive(String url, Sha256 sha256) {
        return "archive: coin, urls: ['" + url + "'], sha256: " + sha256.hex() + ", files: {coind: /usr/bin/coind}";
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
