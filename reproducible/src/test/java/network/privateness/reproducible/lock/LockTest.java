package network.privateness.reproducible.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.H1;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.yaml.YamlReader;
import org.junit.jupiter.api.Test;

class LockTest {

    private static final H1 HASH = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    private static final Sha256 DIGEST = Sha256.of("x");
    private static final Instant DATE = Instant.parse("2026-09-12T07:55:41Z");

    @Test
    void whatIsWrittenIsReadBackAndWrittenTheSame() {
        Lock lock = lock();
        String text = LockWriter.write(lock);
        Lock read = LockReader.read(YamlReader.read(text, "ness.lock"));
        assertThat(read).isEqualTo(lock);
        assertThat(LockWriter.write(read)).isEqualTo(text);
    }

    @Test
    void packagesOfATargetAreFoundByVersionAndArchitecture() {
        assertThat(lock().packages("base:libc", Platform.LINUX_AMD64))
                .extracting(PinnedPackage::name)
                .containsExactly("libc6", "netbase");
        assertThatThrownBy(() -> lock().packages("base:libc", Platform.LINUX_ARM64))
                .hasMessage("ness.lock: it does not hold the Debian packages of base:libc for linux/arm64."
                        + " Next: run mvn ness:lock, review the change and commit it");
    }

    @Test
    void goModuleMissingFromTheLockIsNamed() {
        Lock lock = lock();
        PinnedProgram program =
                new PinnedProgram("example.org/a/cmd/a", "example.org/a", "v1.0.0", List.of("example.org/b@v2.0.0"));
        assertThatThrownBy(() -> lock.modules(program))
                .hasMessage("ness.lock: it does not hold the Go module example.org/b@v2.0.0."
                        + " Next: run mvn ness:lock, review the change and commit it");
    }

    @Test
    void lockOfOtherDefinitionsIsStale() {
        assertThatThrownBy(() -> lock().checkFresh(Sha256.of("y")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("ness.lock: it was written for other definitions")
                .hasMessageEndingWith("Next: run mvn ness:lock, review the change and commit it");
    }

    @Test
    void hugeSizeIsRefusedBeforeAnythingIsFetched() {
        String text = LockWriter.write(lock()).replace("size: 7", "size: 10737418240");
        assertThatThrownBy(() -> LockReader.read(YamlReader.read(text, "ness.lock")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"10737418240\" is not a whole number from 0 to 4294967296");
    }

    /** As a merge of two branches leaves it. */
    @Test
    void twoPinsOfOneInputAreRefused() {
        String text = LockWriter.write(lock());
        for (String list : List.of("debian", "targets", "go-modules", "archives")) {
            int start = text.indexOf("\n" + list + ":\n") + list.length() + 3;
            String entry = text.substring(start).replaceFirst("(?s)(\n(  - |[a-z]|$)).*", "\n");
            assertThat(entry).startsWith("  - ");
            String twice =
                    text.substring(0, start) + entry.replaceFirst("size: [0-9]+", "size: 3") + text.substring(start);
            assertThatThrownBy(() -> LockReader.read(YamlReader.read(twice, "ness.lock")))
                    .as(list)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(": the entry stands twice. Next: keep one of them");
        }
    }

    @Test
    void archiveNeedsAnAddressOfAFile() {
        String text = LockWriter.write(lock());
        assertThat(text).contains("https://example.org/");
        String address = text.replaceFirst("(?s).*(https://example\\.org/[^\\s\\]]*).*", "$1");
        for (String other : List.of("mailto:me", "https://example.org/folder/", "ftp://example.org/x", "/x")) {
            assertThatThrownBy(() -> LockReader.read(YamlReader.read(text.replace(address, other), "ness.lock")))
                    .as(other)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("\"" + other + "\" is not the http, https or file URL of a file");
        }
    }

    @Test
    void pathThatLeavesTheArchiveIsRefused() {
        String text = LockWriter.write(lock()).replace("path: pool/", "path: pool/../../");
        assertThatThrownBy(() -> LockReader.read(YamlReader.read(text, "ness.lock")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is not a path below a Debian archive");
    }

    @Test
    void newerFormatIsRefused() {
        String text = LockWriter.write(lock()).replace("lock-version: 1", "lock-version: 2");
        assertThatThrownBy(() -> LockReader.read(YamlReader.read(text, "ness.lock")))
                .hasMessage("ness.lock:2:15: the lock has format 2, this plugin reads format 1."
                        + " Next: use the plugin version that wrote it");
    }

    @Test
    void newerLayoutVersionIsRefused() {
        String text = LockWriter.write(lock()).replace("layout-version: 1", "layout-version: 2");
        assertThatThrownBy(() -> LockReader.read(YamlReader.read(text, "ness.lock")))
                .hasMessage("ness.lock:3:17: the lock is for layout version 2, this plugin knows 1."
                        + " Next: use the plugin version that wrote it");
    }

    @Test
    void layerWithoutWhatItWasMadeFromIsRefused() {
        String text = LockWriter.write(lock());
        int inputs = text.indexOf("    inputs: ");
        String without = text.substring(0, inputs) + text.substring(text.indexOf('\n', inputs) + 1);
        assertThatThrownBy(() -> LockReader.read(YamlReader.read(without, "ness.lock")))
                .isInstanceOf(Problem.class)
                .hasMessageMatching("ness\\.lock:\\d+:5: the key \"inputs\" is missing\\. Next: add it");
        String wrong = text.replace("inputs: " + DIGEST.hex().substring(0, 16), "inputs: xyz");
        assertThatThrownBy(() -> LockReader.read(YamlReader.read(wrong, "ness.lock")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"xyz\" is not 16 hexadecimal digits");
    }

    /** Whatever the bytes: a lock, or a Problem. */
    @Test
    void mutatedLocksNeverEscapeAsOtherErrors() {
        long seed = 20260102;
        Random random = new Random(seed);
        String good = LockWriter.write(lock());
        for (int round = 0; round < 1_000; round++) {
            char[] chars = good.toCharArray();
            for (int change = random.nextInt(3); change >= 0; change--) {
                chars[random.nextInt(chars.length)] = (char) (32 + random.nextInt(95));
            }
            try {
                LockReader.read(YamlReader.read(new String(chars), "ness.lock"));
            } catch (Problem expected) {
                assertThat(expected.where()).startsWith("ness.lock");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static Lock lock() {
        return new Lock(
                1,
                1767225600,
                DIGEST,
                List.of(new PinnedSuite("trixie", DATE, DIGEST, List.of("ABCD"))),
                List.of(debian("netbase", "6.5", "all"), debian("libc6", "2.41-12", "amd64")),
                List.of(new PinnedTarget(
                        "base:libc",
                        Platform.LINUX_AMD64,
                        List.of("libc6", "!netbase"),
                        List.of("libc6=2.41-12", "netbase=6.5"))),
                List.of(new PinnedToolchain("go1.26.8", "linux-amd64", HASH, 71680185)),
                List.of(new PinnedProgram(
                        "example.org/a/cmd/a", "example.org/a", "v1.0.0", List.of("example.org/a@v1.0.0"))),
                List.of(
                        new PinnedModule("example.org/a", "v1.0.0", Optional.of(HASH), HASH, 9),
                        new PinnedModule("example.org/c", "v1.0.0", Optional.empty(), HASH, 0)),
                List.of(new PinnedArtifact("org.example:lib:1.0", 12, DIGEST)),
                List.of(new PinnedArchive("coin", List.of(URI.create("https://example.org/coin.tar.xz")), 13, DIGEST)),
                Map.of(
                        new LayerName("base:libc", "base", Platform.LINUX_AMD64),
                        PinnedLayer.of(DIGEST, DIGEST, DIGEST)));
    }

    private static PinnedPackage debian(String name, String version, String architecture) {
        return new PinnedPackage(
                name,
                version,
                architecture,
                "trixie",
                "pool/main/" + name.charAt(0) + "/" + name + "/" + name + "_" + version + "_" + architecture + ".deb",
                7,
                DIGEST,
                DATE,
                "20260912T075541Z",
                name + " (" + version + ")",
                List.of());
    }
}
