package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoModTest {

    private static final String GOOD = """
            // Deprecated: a comment
            module example.org/a // here too

            go 1.26.4
            toolchain go1.26.8

            require example.org/b v1.2.3
            require (
            	example.org/c/v2 v2.0.0-20210101000000-abcdefabcdef // indirect
            	"example.org/d" `v0.1.0+incompatible`
            )
            exclude (
            	example.org/b v1.2.2
            )
            replace example.org/b => example.org/fork v1.2.4
            replace (
            	example.org/d v0.1.0+incompatible => example.org/e v1.0.0
            )
            retract [v1.0.0, v1.0.9]
            tool example.org/b/cmd/x
            godebug (
            	default=go1.21
            )
            ignore ./x
            """;

    @Test
    void everythingThatChoosesModulesIsRead() {
        GoMod mod = parse(GOOD);
        assertThat(mod)
                .isEqualTo(new GoMod(
                        "example.org/a",
                        Optional.of("1.26.4"),
                        Optional.of("go1.26.8"),
                        List.of(
                                new ModuleVersion("example.org/b", "v1.2.3"),
                                new ModuleVersion("example.org/c/v2", "v2.0.0-20210101000000-abcdefabcdef"),
                                new ModuleVersion("example.org/d", "v0.1.0+incompatible")),
                        List.of(
                                new GoMod.Replacement(
                                        "example.org/b",
                                        Optional.empty(),
                                        new ModuleVersion("example.org/fork", "v1.2.4")),
                                new GoMod.Replacement(
                                        "example.org/d",
                                        Optional.of("v0.1.0+incompatible"),
                                        new ModuleVersion("example.org/e", "v1.0.0"))),
                        List.of(new ModuleVersion("example.org/b", "v1.2.2"))));
        assertThat(parse(GOOD.replace("\n", "\r\n"))).isEqualTo(mod);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "replace example.org/b => ../b | replaces example.org/b by the folder \"../b\": a folder is not pinned,"
                        + " and its path would be written into the program",
                "replace example.org/b v1.0.0 => /src/b | replaces example.org/b by the folder \"/src/b\": a folder is"
                        + " not pinned, and its path would be written into the program",
                "replace example.org/b | \"replace\" is not of the form: module [version] => module version",
                "replace example.org/b => example.org/c | \"replace\" has 1 words instead of module and version",
                "require example.org/b | \"require\" has 1 words instead of module and version",
                "require b v1.0.0 | the module path \"b\" must begin with a host name in lower case",
                "module example.org/b | has a second \"module\"",
                "go 1.x | \"1.x\" is no value for \"go\"",
                "toolchain latest | \"latest\" is no value for \"toolchain\"",
                "vendor x | \"vendor\" is not a directive of go.mod",
                "vendor ( | \"vendor\" is not a directive of go.mod",
                "require ( | ends within the block \"require\"",
                "go \"1.2 | has a quote without end",
                "require \"a\\x\" v1.0.0 | has a backslash in quotes, which no module path needs",
                "go a\u0001b | has the character U+0001"
            })
    void refusalsNameTheLine(String line, String what) {
        assertThatThrownBy(() -> parse("module example.org/a\n" + line))
                .isInstanceOf(Problem.class)
                .hasMessage("a/go.mod:2: " + what + ". Next: check this file against the module that it belongs to");
    }

    @Test
    void refusalsOfTheWholeFile() {
        assertThatThrownBy(() -> parse("go 1.21\n"))
                .isInstanceOf(Problem.class)
                .hasMessage("a/go.mod: names no module. Next: check this file");
        assertThatThrownBy(() -> GoMod.parse("a/go.mod", new byte[] {(byte) 0xc3}))
                .isInstanceOf(Problem.class)
                .hasMessage("a/go.mod: is not UTF-8 text. Next: check this file against the module that it belongs to");
        assertThatThrownBy(() -> GoMod.parse("a/go.mod", new byte[(16 << 20) + 1]))
                .isInstanceOf(Problem.class)
                .hasMessage("a/go.mod: has 16777217 bytes, at most 16777216 are allowed. Next: check this file");
        assertThatThrownBy(() -> parse("//" + "x".repeat(4095)))
                .isInstanceOf(Problem.class)
                .hasMessage("a/go.mod:1: has 4097 characters, at most 4096 are allowed."
                        + " Next: check this file against the module that it belongs to");
    }

    @Test
    void whateverIsBrokenIsAProblem() {
        fuzz(GOOD, content -> GoMod.parse("a/go.mod", content));
    }

    /** Cuts, doubles and overwrites random parts of a good file; only a {@link Problem} may come of it. */
    static void fuzz(String good, java.util.function.Consumer<byte[]> parser) {
        long seed = 20261121;
        Random random = new Random(seed);
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        String marks = "()\"`/=>\n\r\t @+-.v1!\u0000";
        int problems = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = bytes.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(mutated.length);
                switch (random.nextInt(3)) {
                    case 0 -> mutated[at] = (byte) marks.charAt(random.nextInt(marks.length()));
                    case 1 -> mutated[at] = (byte) random.nextInt(256);
                    default -> {
                        int from = random.nextInt(mutated.length);
                        int length = Math.min(random.nextInt(40), mutated.length - Math.max(at, from));
                        System.arraycopy(mutated, from, mutated, at, length);
                    }
                }
            }
            try {
                parser.accept(Arrays.copyOf(mutated, random.nextInt(3) == 0 ? at(random, mutated) : mutated.length));
            } catch (Problem e) {
                problems++;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
        assertThat(problems).isBetween(1_000, 19_999);
    }

    private static int at(Random random, byte[] bytes) {
        return random.nextInt(bytes.length);
    }

    private static GoMod parse(String text) {
        return GoMod.parse("a/go.mod", text.getBytes(StandardCharsets.UTF_8));
    }
}
