package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoSumTest {

    private static final H1 ONE = new H1("h1:j8QQFO9hrAcbLTLJ8CSNOZP2BltWMeO5w4CvlF6x83Q=");
    private static final H1 TWO = new H1("h1:mSDhsikplV6/iGH0Fa/l5piWo24iDGk2tWOeyLTPLLc=");
    private static final ModuleVersion LIB = new ModuleVersion("example.org/Lib", "v1.2.3");
    private static final ModuleVersion MOD_ONLY = new ModuleVersion("example.org/m", "v0.0.1");
    private static final String GOOD = "example.org/Lib v1.2.3 " + ONE + "\n"
            + "example.org/Lib v1.2.3/go.mod " + TWO + "\n"
            + "\n"
            + "example.org/m v0.0.1/go.mod " + ONE + "\n";

    @Test
    void bothKindsOfLinesAreRead() {
        GoSum sum = parse(GOOD);
        assertThat(sum.zips()).isEqualTo(Map.of(LIB, ONE));
        assertThat(sum.goMods()).isEqualTo(Map.of(LIB, TWO, MOD_ONLY, ONE));
    }

    @Test
    void pinsMustSayTheSame() {
        GoSum sum = parse(GOOD);
        assertThatCode(() -> sum.check(pin(Optional.of(ONE), TWO))).doesNotThrowAnyException();
        assertThatCode(() -> sum.check(pin(Optional.empty(), TWO))).doesNotThrowAnyException();
        assertThatThrownBy(() -> sum.check(pin(Optional.of(TWO), TWO)))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3: is pinned as " + TWO + ", but a/go.sum says " + ONE
                        + ". Next: run mvn ness:lock, and find out why it changed");
        assertThatThrownBy(() -> sum.check(pin(Optional.of(ONE), ONE)))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3/go.mod: is pinned as " + ONE + ", but a/go.sum says " + TWO
                        + ". Next: run mvn ness:lock, and find out why it changed");
        assertThatThrownBy(() -> sum.check(new PinnedModule("example.org/m", "v0.0.1", Optional.of(ONE), ONE, 1)))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/m@v0.0.1: is pinned as " + ONE
                        + ", but a/go.sum says nothing. Next: run mvn ness:lock, and find out why it changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org/a v1.0.0 | has 2 fields instead of module, version and hash",
                "example.org/a v1.0.0 x y | has 4 fields instead of module, version and hash",
                "example.org/a v1.0.0 h1:x | \"h1:x\" is not a Go module hash: \"h1:\" and 32 bytes in base64",
                "a v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
                        + " | the module path \"a\" must begin with a host name in lower case",
                "example.org/m v0.0.1/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
                        + " | example.org/m v0.0.1/go.mod has a second, different hash"
            })
    void refusalsNameTheLine(String line, String what) {
        assertThatThrownBy(() -> parse(GOOD + line))
                .isInstanceOf(Problem.class)
                .hasMessage("a/go.sum:5: " + what + ". Next: check this file against the module that it belongs to");
    }

    @Test
    void whateverIsBrokenIsAProblem() {
        GoModTest.fuzz(GOOD, content -> GoSum.parse("a/go.sum", content));
    }

    private static PinnedModule pin(Optional<H1> zip, H1 mod) {
        return new PinnedModule(LIB.module(), LIB.version(), zip, mod, zip.isPresent() ? 1 : 0);
    }

    private static GoSum parse(String text) {
        return GoSum.parse("a/go.sum", text.getBytes(StandardCharsets.UTF_8));
    }
}
