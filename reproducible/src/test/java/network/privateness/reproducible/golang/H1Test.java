package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H1Test {

    private static final ModuleVersion LIB = new ModuleVersion("example.org/Lib", "v1.2.3");
    private static final String PREFIX = "example.org/Lib@v1.2.3/";
    private static final String GO_MOD = "module example.org/Lib\n\ngo 1.21\n";
    private static final String NEXT =
            ". Next: remove it from the store, then fetch it again or check the module proxy";

    /** Both as {@code go mod download -json} of Go 1.26.8 prints them for the same files. */
    private static final H1 OF_ZIP = new H1("h1:j8QQFO9hrAcbLTLJ8CSNOZP2BltWMeO5w4CvlF6x83Q=");

    private static final H1 OF_GO_MOD = new H1("h1:mSDhsikplV6/iGH0Fa/l5piWo24iDGk2tWOeyLTPLLc=");

    @TempDir
    Path folder;

    @Test
    void agreesWithGo() throws Exception {
        assertThat(H1.ofZip(lib(), LIB)).isEqualTo(OF_ZIP);
        assertThat(H1.ofGoMod(GO_MOD.getBytes(StandardCharsets.UTF_8))).isEqualTo(OF_GO_MOD);
        Path goMod = Files.writeString(folder.resolve("go.mod"), GO_MOD);
        assertThat(H1.ofGoMod(goMod)).isEqualTo(OF_GO_MOD);
        assertThat(PinnedModule.of(LIB, lib(), goMod))
                .isEqualTo(new PinnedModule(
                        "example.org/Lib", "v1.2.3", java.util.Optional.of(OF_ZIP), OF_GO_MOD, Files.size(lib())));
    }

    @Test
    void packingAndOrderDoNotCount() throws Exception {
        Path stored = Zips.write(
                folder.resolve("stored.zip"),
                Map.of(
                        PREFIX + "a/\uD835\uDC00.txt", "2",
                        PREFIX + "a/\uFB01.txt", "1",
                        PREFIX + "lib.go", "package lib\n",
                        PREFIX + "go.mod", GO_MOD),
                0);
        assertThat(H1.ofZip(stored, LIB)).isEqualTo(OF_ZIP);
    }

    @Test
    void everyChangeCounts() throws Exception {
        Map<String, String> files = files();
        files.put(PREFIX + "lib.go", "package lib \n");
        assertThat(H1.ofZip(Zips.write(folder.resolve("a.zip"), files), LIB)).isNotEqualTo(OF_ZIP);
        files = files();
        files.put(PREFIX + "empty/", "");
        assertThat(H1.ofZip(Zips.write(folder.resolve("b.zip"), files), LIB)).isNotEqualTo(OF_ZIP);
    }

    @Test
    void onlyTheCanonicalTextIsRead() {
        assertThat(OF_ZIP).hasToString("h1:j8QQFO9hrAcbLTLJ8CSNOZP2BltWMeO5w4CvlF6x83Q=");
        assertThat(OF_ZIP.hex()).isEqualTo("8fc41014ef61ac071b2d32c9f0248d3993f6065b5631e3b9c380af945eb1f374");
        String body = OF_ZIP.text().substring(3);
        for (String wrong : new String[] {
            "",
            "h1:",
            body,
            "h2:" + body,
            OF_ZIP + "=",
            "h1:" + body.replace("Q=", "R="),
            "h1:" + body.replace('9', '*')
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new H1(wrong))
                    .withMessage("\"" + wrong + "\" is not a Go module hash: \"h1:\" and 32 bytes in base64");
        }
    }

    @Test
    void namesThatGoRefusesAreRefused() throws Exception {
        refused("example.org/Lib@v1.2.4/a", "does not begin with \"example.org/Lib@v1.2.3/\"");
        refused(PREFIX + "a\\b", "has the element \"a\\b\", which a file of a module must not have");
        refused(PREFIX + "x/AUX.go", "has the element \"AUX.go\", which a file of a module must not have");
        refused(PREFIX + "a/b.", "has the element \"b.\", which a file of a module must not have");
        refused(PREFIX + "a/go.mod", "is a go.mod that does not stand in the module's root");
        refused(PREFIX + "GO.MOD", "collides with \"go.mod\"");
        refused(PREFIX + "LIB.go", "collides with \"lib.go\"");
        refused(PREFIX + "lib.go/x", "collides with \"lib.go\"");
        refused(PREFIX + "A/x", "collides with \"a\"");
        refused(PREFIX + "a", "collides with \"a\"");
    }

    @Test
    void aNameMustNotComeTwice() throws Exception {
        Map<String, String> files = files();
        files.put(PREFIX + "lib.gX", "package lib\n");
        Path zip = Zips.rename(Zips.write(folder.resolve("twice.zip"), files), "lib.gX", "lib.go");
        assertThatThrownBy(() -> H1.ofZip(zip, LIB))
                .isInstanceOf(Problem.class)
                .hasMessageMatching("example\\.org/Lib@v1\\.2\\.3, member \"example\\.org/Lib@v1\\.2\\.3/lib\\.go\","
                        + " offset \\d+: two members have this name\\. Next: fetch it again; if its hash is the pinned one,"
                        + " pin another version of it");
    }

    @Test
    void sizesAreBounded() throws Exception {
        Map<String, String> files = files();
        files.put(PREFIX + "go.mod", "/".repeat((16 << 20) + 1));
        Path zip = Zips.write(folder.resolve("big.zip"), files);
        assertThatThrownBy(() -> H1.ofZip(zip, LIB))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "example.org/Lib@v1.2.3: the go.mod has 16777217 bytes, at most 16777216 are allowed" + NEXT);
        assertThatThrownBy(() -> ModuleZip.open(lib(), LIB, 20).close())
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3: the zip has " + Files.size(lib())
                        + " bytes, at most 20 are allowed" + NEXT);
        // 2 MiB of zeros need 2 KB packed: what counts is what comes out.
        Path bomb = Zips.write(folder.resolve("bomb.zip"), Map.of(PREFIX + "zeros", "\0".repeat(2 << 20)));
        assertThatThrownBy(() -> ModuleZip.open(bomb, LIB, 1 << 20).close())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("2097152")
                .hasMessageContaining("1048576");
        Path goMod = Files.write(folder.resolve("big.mod"), new byte[(16 << 20) + 1]);
        assertThatThrownBy(() -> H1.ofGoMod(goMod))
                .isInstanceOf(Problem.class)
                .hasMessage(goMod + ": has 16777217 bytes, a go.mod has at most 16777216. Next: check where this file"
                        + " came from");
    }

    @Test
    void whateverIsBrokenIsAProblemOrAnotherHash() throws Exception {
        long seed = 20261121;
        Random random = new Random(seed);
        byte[] good = Files.readAllBytes(lib());
        Path zip = folder.resolve("mutated.zip");
        int problems = 0;
        for (int round = 0; round < 700; round++) {
            byte[] bytes = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            Files.write(zip, java.util.Arrays.copyOf(bytes, length));
            try {
                H1.ofZip(zip, LIB);
            } catch (Problem e) {
                problems++;
            } catch (RuntimeException | java.io.IOException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
        assertThat(problems).isGreaterThan(500);
    }

    private void refused(String name, String fault) throws Exception {
        Map<String, String> files = files();
        files.put(name, "");
        Path zip = Zips.write(folder.resolve("refused.zip"), files);
        assertThatThrownBy(() -> H1.ofZip(zip, LIB))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3: the name \"" + name + "\" in the zip " + fault + NEXT);
    }

    private Path lib() throws Exception {
        return Zips.write(folder.resolve("lib.zip"), files());
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(PREFIX + "go.mod", GO_MOD);
        files.put(PREFIX + "lib.go", "package lib\n");
        // UTF-8 sorts the first before the second, UTF-16 the other way round.
        files.put(PREFIX + "a/\uFB01.txt", "1");
        files.put(PREFIX + "a/\uD835\uDC00.txt", "2");
        return files;
    }
}
