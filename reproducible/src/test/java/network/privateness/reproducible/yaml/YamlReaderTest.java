package network.privateness.reproducible.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {

    @Test
    void scalarsStayAsWritten() {
        YamlMap map = YamlReader.read("port: 22:22\ncountry: no\nversion: 1.10\n", "f.yaml");
        assertThat(map.text("port")).isEqualTo("22:22");
        assertThat(map.text("country")).isEqualTo("no");
        assertThat(map.text("version")).isEqualTo("1.10");
    }

    @Test
    void unknownKeyIsNamedWithItsPlaceAndTheKnownOnes() {
        refused(() -> YamlReader.read("user: a\nuzer: b\n", "f.yaml").allow(Set.of("user", "env")))
                .hasMessage("f.yaml:2:1: unknown key \"uzer\"; known here: env, user. Next: correct or remove the key");
    }

    @Test
    void duplicateKeyIsRefused() {
        refused(() -> YamlReader.read("a: 1\nb: 2\na: 3\n", "f.yaml"))
                .hasMessage("f.yaml:3:1: duplicate key \"a\", first in line 1. Next: keep one of them");
    }

    @Test
    void aliasBombIsRefusedAtItsFirstAnchor() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
        refused(() -> YamlReader.read(bomb, "f.yaml"))
                .hasMessage(
                        "f.yaml:1:4: anchors and aliases (& and *) are not allowed. Next: write the value out");
    }

    @Test
    void tagIsRefused() {
        refused(() -> YamlReader.read("a: !!java.net.URL [x]\n", "f.yaml"))
                .hasMessage("f.yaml:1:4: tags (!) are not allowed. Next: write a plain value");
    }

    @Test
    void emptyFileIsRefused() {
        refused(() -> YamlReader.read("# nothing\n", "f.yaml"))
                .hasMessage("f.yaml: the file is empty. Next: write at least one \"key: value\" line");
    }

    @Test
    void listAtTheTopIsRefused() {
        refused(() -> YamlReader.read("- a\n", "f.yaml"))
                .hasMessage("f.yaml:1:1: the top of the file is not a map. Next: write \"key: value\" lines");
    }

    @Test
    void brokenSyntaxNamesTheLine() {
        refused(() -> YamlReader.read("a: [1, 2\nb: 3\n", "f.yaml")).hasMessageStartingWith("f.yaml:2:2: it is not YAML: ");
    }

    @Test
    void controlCharactersAndHalfCharactersAreRefused() {
        String refusal = "the text has a control character or half of a surrogate pair. Next: take the escape from it";
        refused(() -> YamlReader.read("a: \"x\\0\"\n", "f.yaml")).hasMessage("f.yaml:1:4: " + refusal);
        refused(() -> YamlReader.read("b: 1\n\"x\\e\": 2\n", "f.yaml")).hasMessage("f.yaml:2:1: " + refusal);
        refused(() -> YamlReader.read("a: [\"\\ud800\"]\n", "f.yaml")).isInstanceOf(Problem.class);
        assertThat(YamlReader.read("a: \"1\\t2\\n\"\nb: |\n  x\n  y\n", "f.yaml").text("b")).isEqualTo("x\ny\n");
    }

    @Test
    void filesAreReadWithinBounds(@TempDir Path folder) throws Exception {
        refused(() -> YamlReader.read(folder.resolve("f.yaml"), "f.yaml"))
                .hasMessage("f.yaml: the file is missing. Next: create it, or correct the path");
        Path file = Files.write(folder.resolve("f.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});
        refused(() -> YamlReader.read(file, "f.yaml"))
                .hasMessage("f.yaml: the file is not UTF-8. Next: save it as UTF-8");
        Files.write(file, new byte[8 * 1024 * 1024 + 1]);
        refused(() -> YamlReader.read(file, "f.yaml"))
                .hasMessage("f.yaml: the file is larger than 8388608 bytes. Next: make it smaller");
    }

    @Test
    void depthIsBounded() {
        refused(() -> YamlReader.read("a: " + "[".repeat(10_000) + "]".repeat(10_000), "f.yaml"))
                .hasMessageStartingWith("f.yaml: it is not YAML: Nesting Depth exceeded");
    }

    @Test
    void numberOutOfBoundsNamesTheBounds() {
        YamlMap map = YamlReader.read("port: 70000\nname: x\n", "f.yaml");
        refused(() -> map.scalar("port").integer(1, 65535))
                .hasMessage("f.yaml:1:7: \"70000\" is not a whole number from 1 to 65535. Next: correct the value");
        refused(() -> map.scalar("name").bool())
                .hasMessage("f.yaml:2:7: \"x\" is neither true nor false. Next: correct the value");
        refused(() -> map.text("missing")).hasMessage("f.yaml:1:1: the key \"missing\" is missing. Next: add it");
    }

    /** Whatever the bytes: a document, or a Problem. */
    @Test
    void mutatedDocumentsNeverEscapeAsOtherErrors() {
        long seed = 20260101;
        Random random = new Random(seed);
        String good = "a: [1, {b: c}]\nd:\n  - \"e\"\n  - 'f'\ng: |\n  text\n";
        for (int round = 0; round < 5_000; round++) {
            char[] chars = good.toCharArray();
            for (int change = random.nextInt(4); change >= 0; change--) {
                chars[random.nextInt(chars.length)] = (char) random.nextInt(random.nextBoolean() ? 128 : 0xD000);
            }
            String text = new String(chars);
            try {
                YamlReader.read(text, "f.yaml");
            } catch (Problem expected) {
                assertThat(expected.where()).startsWith("f.yaml");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
            }
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(Problem.class);
    }
}
