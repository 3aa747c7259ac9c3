package network.privateness.reproducible.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.debian.TestArchive;
import network.privateness.reproducible.debian.TestDeb;
import network.privateness.reproducible.debian.TestKey;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockWriter;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPinsTest {

    private static final String AMD64 = "linux/amd64";
    private static final String INRELEASE = "dists/trixie/InRelease";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void build() throws Exception {
        world = new World(folder);
        world.debian(
                new TestDeb("aa", "1", "Depends: lib (>= 1)"),
                new TestDeb("bb", "1"),
                new TestDeb("cc", "1"),
                new TestDeb("lib", "1"));
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void firstLockPinsPackagesAndWhatTheyNeed() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa", "debian: cc, dependencies: false")
                .lock();
        assertThat(World.packages(lock)).containsExactly("aa=1", "cc=1", "lib=1");
        assertThat(lock.targets())
                .containsExactly(new PinnedTarget(
                        "image:x", Platform.LINUX_AMD64, List.of("!cc", "aa"), List.of("aa=1", "cc=1", "lib=1")));
        assertThat(lock.suites()).hasSize(1);
        assertThat(lock.suites().get(0).suite()).isEqualTo("trixie");
        assertThat(lock.suites().get(0).date()).isEqualTo(Instant.parse("2026-03-01T10:20:30Z"));
        assertThat(lock.suites().get(0).signedBy()).containsExactly(world.trusted.fingerprint());
        assertThat(world.notes)
                .containsExactly(
                        "packages of trixie-updates for amd64 are not considered, as ness.debian.without says",
                        "no mirror of the security archive is known (ness.debian.security): security updates of trixie are"
                                + " not considered");
    }

    @Test
    void withoutChangedWishesTheArchiveIsNotAsked() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa").lock();
        world.archive.files.clear();
        assertThat(LockWriter.write(world.lock(lock, ""))).isEqualTo(LockWriter.write(lock));
    }

    @Test
    void oneMorePackageLeavesTheOthersAsTheyAre() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa").lock();
        world.debian(
                new TestDeb("aa", "2", "Depends: lib (>= 1)"),
                new TestDeb("bb", "2", "Depends: lib (>= 1)"),
                new TestDeb("lib", "2"));
        Lock next = world.image("x", AMD64, "debian: aa", "debian: bb").lock(lock, "");
        assertThat(World.packages(next)).containsExactly("aa=1", "bb=2", "lib=1");
        assertThat(next.packages()).containsAll(lock.packages());
    }

    @Test
    void aPackageThatNobodyWantsIsRemoved() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa", "debian: bb").lock();
        world.archive.files.clear();
        Lock next = world.image("x", AMD64, "debian: bb").lock(lock, "");
        assertThat(World.packages(next)).containsExactly("bb=1");
        assertThat(next.packages()).isSubsetOf(lock.packages());
        assertThat(next.suites()).isEqualTo(lock.suites());
    }

    @Test
    void onlyWhatIsNamedMoves() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa", "debian: bb")
                .image("y", AMD64, "debian: cc")
                .lock();
        world.debian(
                new TestDeb("aa", "2", "Depends: lib (>= 1)"),
                new TestDeb("bb", "2"),
                new TestDeb("cc", "2"),
                new TestDeb("lib", "2"));
        Lock next = world.lock(lock, "bb");
        assertThat(World.packages(next)).containsExactly("aa=1", "bb=2", "cc=1", "lib=1");
        assertThat(LockChanges.between(Optional.of(lock), next))
                .extracting(LockChanges.Change::name)
                .containsExactly("bb amd64");
        assertThat(World.packages(world.lock(lock, "all"))).containsExactly("aa=2", "bb=2", "cc=2", "lib=2");
    }

    @Test
    void aKeptPackageThatIsTooOldForAMovedOneIsTold() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa").lock();
        world.debian(new TestDeb("aa", "2", "Depends: lib (>= 2)"), new TestDeb("lib", "2"));
        assertThatThrownBy(() -> world.lock(lock, "aa"))
                .isInstanceOf(Problem.class)
                .hasMessage("Debian package aa (amd64): aa (2) needs lib (>= 2), but lib (1) is pinned."
                        + " Next: move both: mvn ness:lock -Dness.update=aa,lib");
        assertThat(World.packages(world.lock(lock, "aa,lib"))).containsExactly("aa=2", "lib=2");
    }

    @Test
    void aKeptPackageInTheBaseBelowCountsToo() throws Exception {
        world.bases("base:\n  description: d\n  install:\n    - debian: lib\n");
        Lock lock = world.imageWith("x", "base: base\n", AMD64, "debian: aa").lock();
        world.debian(new TestDeb("aa", "2", "Depends: lib (>= 2)"), new TestDeb("lib", "2"));
        assertThatThrownBy(() -> world.lock(lock, "aa"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("Debian package aa (amd64): aa (2) needs lib (>= 2), but lib (1) is pinned");
        Lock next = world.lock(lock, "aa,lib");
        assertThat(next.target("base:base", Platform.LINUX_AMD64).orElseThrow().packages())
                .containsExactly("lib=2");
        assertThat(next.target("image:x", Platform.LINUX_AMD64).orElseThrow().packages())
                .containsExactly("aa=2");
    }

    /** Without the dependencies, versions of what is there must still fit: it is all in one root. */
    @Test
    void packagesWithoutDependenciesAreHeldAgainstEachOther() throws Exception {
        world.debian(new TestDeb("gcc", "1"), new TestDeb("libgcc", "1", "Depends: gcc (= 1)"));
        Lock lock = world.image("x", AMD64, "debian: gcc, dependencies: false", "debian: libgcc, dependencies: false")
                .lock();
        world.debian(new TestDeb("gcc", "2"), new TestDeb("libgcc", "2", "Depends: gcc (= 2)"));
        assertThatThrownBy(() -> world.lock(lock, "gcc"))
                .isInstanceOf(Problem.class)
                .hasMessage("Debian package libgcc (amd64): libgcc (1) needs gcc (= 1), but gcc (2) is pinned."
                        + " Next: move both: mvn ness:lock -Dness.update=libgcc,gcc");
    }

    @Test
    void ofTwoPinnedVersionsATargetKeepsItsOwn() throws Exception {
        String all = "Architecture: all";
        world.debian("amd64", new TestDeb("bb", "1", all), new TestDeb("cc", "1"));
        world.debian("arm64", new TestDeb("bb", "2", all), new TestDeb("cc", "1", "Architecture: arm64"));
        world.release(TestArchive.header("stable", "trixie").replace("armhf", "arm64"));
        Lock lock = world.image("x", "linux/amd64, linux/arm64", "debian: bb").lock();
        assertThat(World.packages(lock)).containsExactly("bb=1", "bb=2");
        Lock next = world.image("x", "linux/amd64, linux/arm64", "debian: bb", "debian: cc")
                .lock(lock, "");
        assertThat(next.target("image:x", Platform.LINUX_AMD64).orElseThrow().packages())
                .containsExactly("bb=1", "cc=1");
        assertThat(next.target("image:x", Platform.LINUX_ARM64).orElseThrow().packages())
                .containsExactly("bb=2", "cc=1");
    }

    /** Whoever removes an entry by hand gets it back, not the advice to do what was just done. */
    @Test
    void anEntryThatIsMissingIsPinnedAgain() throws Exception {
        Lock lock = world.image("x", AMD64, "debian: aa", "debian: bb").lock();
        assertThat(world.lock(without(lock, "bb"), "")).isEqualTo(lock);
    }

    @Test
    void aTamperedInReleaseIsRefused() throws Exception {
        world.image("x", AMD64, "debian: aa");
        byte[] inRelease = world.archive.files.get(INRELEASE);
        String text = new String(inRelease, StandardCharsets.UTF_8);
        world.archive.files.put(INRELEASE, text.replace("contrib", "Contrib").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessageMatching("dists/trixie/InRelease: .*the signature does not fit the text.*Next: .*");
        world.archive.files.put(INRELEASE, inRelease);
        world.trusted = TestKey.create();
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessageMatching("dists/trixie/InRelease: .*none of the archive's keys.*Next: .*");
    }

    @Test
    void aChangedPackageListIsRefused() throws Exception {
        world.image("x", AMD64, "debian: aa");
        world.archive.files.replaceAll((path, bytes) -> path.contains("binary-amd64") ? new byte[bytes.length] : bytes);
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessageMatching(
                        "dists/trixie/main/binary-amd64/Packages.xz: expected \\d+ bytes with sha256:\\S+, got"
                                + " \\d+ with sha256:\\S+; the mirror may be between two updates\\. Next: try again later, or .*");
    }

    @Test
    void aPlatformThatInReleaseDoesNotKnowIsRefused() throws Exception {
        world.image("x", "linux/arm64", "debian: aa");
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "dists/trixie/main/binary-arm64/Packages.xz: InRelease names no such file; its architectures are"
                                + " all amd64 armhf. Next: leave this platform out, or choose another suite");
    }

    @Test
    void anExpiredInReleaseIsRefusedUnlessItIsAccepted() throws Exception {
        String expired = TestArchive.header("stable", "trixie") + "Valid-Until: Sun, 08 Mar 2026 10:20:30 UTC\n";
        world.image("x", AMD64, "debian: cc").release(expired);
        world.now = Instant.parse("2026-04-01T00:00:00Z");
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("dists/trixie/InRelease: expired: Valid-Until 2026-03-08T10:20:30Z, now"
                        + " 2026-04-01T00:00:00Z; the mirror is behind, or replays an old state. Next: ");
        world.acceptExpired = Set.of("trixie");
        assertThat(World.packages(world.lock())).containsExactly("cc=1");
        assertThat(world.notes)
                .contains("the InRelease of trixie is older than its Valid-Until (2026-03-08T10:20:30Z), which"
                        + " ness.debian.expired allows");
    }

    @Test
    void aSuiteThatNoMirrorHasIsTold() throws Exception {
        world.image("x", AMD64, "debian: cc, suite: forky");
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessage("Debian suite forky: no mirror has it: no dists/forky/InRelease."
                        + " Next: correct ness.debian.mirror, or the suite in the definition");
        world.archive.suite(TestKey.create(), TestArchive.header("testing", "forky"), Map.of("amd64", ""));
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessageMatching("dists/forky/InRelease: .*none of the archive's keys.*");
    }

    private static Lock without(Lock lock, String name) {
        List<PinnedPackage> packages =
                lock.packages().stream().filter(one -> !one.name().equals(name)).toList();
        return new Lock(
                lock.layoutVersion(),
                lock.epoch(),
                lock.definitions(),
                lock.suites(),
                packages,
                lock.targets(),
                lock.toolchains(),
                lock.programs(),
                lock.modules(),
                lock.artifacts(),
                lock.archives(),
                lock.layers());
    }
}
