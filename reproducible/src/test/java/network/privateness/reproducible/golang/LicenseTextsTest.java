package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseTextsTest {

    private static final String RULE = "-".repeat(80) + "\n";
    private static final String GO_MOD = "module example.org/x\n";

    @TempDir
    Path folder;

    @Test
    void eachTextStandsOnceBehindItsOwners() throws Exception {
        FakeToolchain go =
                new FakeToolchain(folder, "exit 0", Map.of("LICENSE", "of Go\n", "src/x/LICENSE", "not read"));
        PinnedModule a = go.add(
                "example.org/a", "v1.0.0", Map.of("go.mod", GO_MOD, "LICENSE", "MIT\n", "sub/COPYING.txt", "GPL"));
        PinnedModule b = go.add("example.org/b", "v1.0.0", Map.of("go.mod", GO_MOD, "licence.md", "MIT\n"));
        PinnedModule c = go.add("example.org/c", "v1.0.0", Map.of("go.mod", GO_MOD, "license.go", "package c\n"));
        String text = new String(LicenseTexts.of(go.pin(), List.of(c, b, a), go).bytes(), StandardCharsets.UTF_8);
        assertThat(text)
                .isEqualTo(
                        "Licences of the Go modules that this program is made of, each behind the files that hold it.\n"
                                + "\nWithout a licence file of their own:\nexample.org/c@v1.0.0\n"
                                + "\n" + RULE + "example.org/a@v1.0.0 LICENSE\nexample.org/b@v1.0.0 licence.md\n\nMIT\n"
                                + "\n" + RULE + "example.org/a@v1.0.0 sub/COPYING.txt\n\nGPL\n"
                                + "\n" + RULE + "go1.26.8 LICENSE\n\nof Go\n");
        assertThat(LicenseTexts.of(go.pin(), List.of(a, b, c), go).bytes())
                .asString()
                .isEqualTo(text);
    }

    @Test
    void aTextThatIsTooLongIsRefused() throws Exception {
        FakeToolchain go = new FakeToolchain(folder, "exit 0");
        PinnedModule a =
                go.add("example.org/a", "v1.0.0", Map.of("go.mod", GO_MOD, "LICENSE", "x".repeat((1 << 20) + 1)));
        assertThatThrownBy(() -> LicenseTexts.of(go.pin(), List.of(a), go))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "example.org/a@v1.0.0: LICENSE has more than the 1048576 bytes that are allowed. Next: remove it"
                                + " from the store, then fetch it again or check the module proxy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LICENSE",
                "LICENCE",
                "license.txt",
                "LICENSE-APACHE",
                "LICENSE.libyaml",
                "COPYING.LESSER",
                "NOTICE",
                "UNLICENSE",
                "PATENTS",
                "deep/er/Copyright",
                "LICENSES/MIT.txt",
                "licenses"
            })
    void licenses(String path) {
        assertThat(LicenseTexts.isLicense(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "license.go",
                "licenses.json",
                "README.md",
                "testdata/LICENSE",
                "x/testdata/y/COPYING",
                "copyrights",
                "noticeboard.txt",
                "MIT.txt"
            })
    void others(String path) {
        assertThat(LicenseTexts.isLicense(path)).isFalse();
    }
}
