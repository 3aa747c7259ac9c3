package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanionsTest {

    @TempDir
    Path folder;

    @Test
    void versionsThatFitAreFine() {
        fits(new TestDeb("lib", "2"), new TestDeb("a", "1", "Pre-Depends: lib (>= 2)"));
        fits(new TestDeb("lib", "2"), new TestDeb("a", "1", "Depends: lib (= 1) | lib (= 2)"));
        fits(new TestDeb("lib64", "2", "Provides: lib (= 2)"), new TestDeb("a", "1", "Depends: lib (= 2)"));
        // In place of a real package of another version another one serves.
        fits(
                new TestDeb("lib", "1"),
                new TestDeb("lib64", "2", "Provides: lib (= 2)"),
                new TestDeb("a", "1", "Depends: lib (= 2)"));
    }

    @Test
    void whatWasLeftOutIsNotMissed() {
        fits(new TestDeb("a", "1", "Depends: perl (>= 5), debconf | debconf-2.0"));
    }

    @Test
    void anOldVersionBesideANewOneIsRefused() {
        refuses(
                "Debian package libgcc-s1 (amd64): libgcc-s1 (14.2.0-19) needs gcc-14-base (= 14.2.0-19), but gcc-14-base"
                        + " (14.2.0-20) is pinned. Next: move both: mvn ness:lock -Dness.update=libgcc-s1,gcc-14-base",
                new TestDeb("gcc-14-base", "14.2.0-20"),
                new TestDeb("libgcc-s1", "14.2.0-19", "Depends: gcc-14-base (= 14.2.0-19), libc6 (>= 2.35)"));
        refuses(
                "Debian package a (amd64): a (1) needs v (>= 2) | b (>= 3), but b (2) is pinned."
                        + " Next: move both: mvn ness:lock -Dness.update=a,b",
                new TestDeb("a", "1", "Depends: v (>= 2) | b (>= 3)"),
                new TestDeb("b", "2", "Provides: v (= 1)"));
    }

    @Test
    void breaksCount() {
        refuses(
                "Debian package new (amd64): new (2) excludes old (<< 2), and old (1) is chosen too."
                        + " Next: install one of the two, or exclude one",
                new TestDeb("old", "1"),
                new TestDeb("new", "2", "Breaks: old (<< 2)"));
    }

    @Test
    void controlAloneIsRead() throws Exception {
        Path file = folder.resolve("a.deb");
        byte[] bytes = new TestDeb("a", "1").bytes();
        // The data may even be missing.
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 40));
        assertThat(DebFile.control(file, "a")).isEqualTo("Package: a\nVersion: 1\nArchitecture: amd64\n");
        assertThatThrownBy(() -> DebFile.open(file, "a", folder)).isInstanceOf(Problem.class);
    }

    private void fits(TestDeb... debs) {
        assertThatCode(() -> check(debs)).doesNotThrowAnyException();
    }

    private void refuses(String message, TestDeb... debs) {
        assertThatThrownBy(() -> check(debs)).isInstanceOf(Problem.class).hasMessage(message);
    }

    private void check(TestDeb... debs) throws IOException {
        Map<PinnedPackage, Path> files = new LinkedHashMap<>();
        for (TestDeb deb : debs) {
            byte[] bytes = deb.bytes();
            PinnedPackage pinned = new PinnedPackage(
                    deb.name(),
                    deb.version(),
                    "amd64",
                    "trixie",
                    deb.path(),
                    bytes.length,
                    Sha256.of(bytes),
                    Instant.EPOCH,
                    "20260301T102030Z",
                    deb.name() + " (" + deb.version() + ")",
                    List.of());
            files.put(pinned, Files.write(folder.resolve(deb.name() + ".deb"), bytes));
        }
        Companions.check("amd64", files);
    }
}
