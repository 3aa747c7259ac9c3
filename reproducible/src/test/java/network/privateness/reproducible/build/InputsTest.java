package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Progress;
import network.privateness.reproducible.golang.FakeToolchain;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.store.ContentStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    @TempDir
    Path folder;

    @Test
    void packagesComeInTheirOrderAndFromTheStoreTheNextTime() throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            PinnedPackage a = fixture.debian("a", new TestDeb().file("a", "a"));
            PinnedPackage b = fixture.debian("b", new TestDeb().file("b", "b"), "all");
            List<Path> files = fixture.inputs.debian(List.of(b, a));
            assertThat(files.get(0)).hasDigest("SHA-256", b.sha256().hex());
            assertThat(files.get(1)).hasDigest("SHA-256", a.sha256().hex());
            Files.delete(folder.resolve("mirror").resolve(a.path()));
            assertThat(fixture.inputs.debian(List.of(a, b))).containsExactly(files.get(1), files.get(0));
        }
    }

    @Test
    void supersededPackageIsTakenFromTheSnapshotOrTheWayOutIsTold() throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            PinnedPackage gone = fixture.debian("gone", new TestDeb().file("a", "a"));
            Path file = folder.resolve("mirror").resolve(gone.path());
            Path snapshot = folder.resolve("snapshot/debian/19700101T060000Z").resolve(gone.path());
            Files.createDirectories(snapshot.getParent());
            Files.move(file, snapshot);
            assertThat(fixture.inputs.debian(List.of(gone))).hasSize(1);
            PinnedPackage lost = fixture.debian("lost", new TestDeb().file("a", "b"));
            Files.delete(folder.resolve("mirror").resolve(lost.path()));
            assertThatThrownBy(() -> fixture.inputs.debian(List.of(lost)))
                    .isInstanceOf(Problem.class)
                    .hasMessageEndingWith("Next: the package is superseded: run mvn ness:lock -Dness.update=lost, or set a"
                            + " snapshot archive (-Dness.debian.snapshot=URL)");
        }
    }

    @Test
    void securityPackageWithoutASecurityMirrorNamesTheSetting() throws Exception {
        try (ContentStore store = ContentStore.open(folder.resolve("store"));
                Fetcher fetcher = new Fetcher(store, FetchSettings.defaults(), Progress.none());
                Fixture fixture = new Fixture(folder.resolve("other"))) {
            Inputs inputs = new Inputs(
                    store,
                    fetcher,
                    security -> List.of(),
                    folder.resolve("snapshot").toUri(),
                    () -> GoProxySetting.find(Map.of()));
            PinnedPackage a = fixture.debian("a", new TestDeb().file("a", "a"));
            PinnedPackage pinned = new PinnedPackage(
                    "a",
                    "1",
                    "amd64",
                    "trixie-security",
                    a.path(),
                    a.size(),
                    a.sha256(),
                    Instant.EPOCH,
                    "19700101T000000Z",
                    "a (1)",
                    List.of());
            assertThatThrownBy(() -> inputs.debian(List.of(pinned)))
                    .isInstanceOf(Problem.class)
                    .hasMessageEndingWith("Next: the package is from trixie-security: name a mirror of the security archive"
                            + " (-Dness.debian.security=URL)");
        }
    }

    @Test
    void zipOfAnotherSizeWithTheSameContentIsTaken() throws Exception {
        FakeToolchain fake = new FakeToolchain(folder.resolve("go"), "exit 0");
        String goMod = "module example.org/toy\n\ngo 1.21\n";
        PinnedModule pinned = fake.add("example.org/toy", "v1.0.0", Map.of("go.mod", goMod));
        Path zip = folder.resolve("go/store/example.org/toy/@v/v1.0.0.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setComment("packed by another proxy");
            out.putNextEntry(new ZipEntry("example.org/toy@v1.0.0/go.mod"));
            out.write(Fixture.bytes(goMod));
            out.closeEntry();
        }
        try (Fixture fixture = new Fixture(folder)) {
            assertThat(fixture.inputs.zip(pinned)).hasSameBinaryContentAs(zip);
            assertThat(Files.size(zip)).isNotEqualTo(pinned.size());
            assertThat(fixture.inputs.goMod(pinned)).hasContent(goMod);
        }
    }

    @Test
    void pathsKeepTheirCharactersInAddresses() {
        URI base = URI.create("http://example.org/debian/");
        assertThat(DebianRelease.below(base, "pool/g++_1%3a2~x.deb"))
                .hasToString("http://example.org/debian/pool/g%2B%2B_1%253a2%7Ex.deb");
        assertThat(DebianRelease.snapshot(
                        URI.create("https://example.org/archive"),
                        "trixie-security",
                        Instant.parse("2026-09-12T07:55:41Z"),
                        "pool/a.deb"))
                .hasToString("https://example.org/archive/debian-security/20260912T135541Z/pool/a.deb");
    }
}
