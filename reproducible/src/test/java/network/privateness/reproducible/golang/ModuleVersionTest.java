package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleVersionTest {

    private static final H1 EMPTY = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");

    @ParameterizedTest
    @CsvSource({
        "github.com/Azure/azure-sdk-for-go, github.com/!azure/azure-sdk-for-go",
        "github.com/GoogleCloudPlatform/omega, github.com/!google!cloud!platform/omega",
        "example.org/a, example.org/a"
    })
    void upperCaseIsEscaped(String module, String escaped) {
        assertThat(new ModuleVersion(module, "v1.0.0-RC1").proxyPath(".zip"))
                .isEqualTo(escaped + "/@v/v1.0.0-!r!c1.zip");
        assertThat(ModulePath.unescape(escaped)).contains(module);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "!", "a!", "!A", "!!a", "a!1"})
    void whatNoEscapingGivesIsNotRead(String escaped) {
        assertThat(ModulePath.unescape(escaped)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v0.42.0",
                "v1.260327.0",
                "v2.0.0+incompatible",
                "v0.25.2-0.20211109103940-9ca7016bd686",
                "v0.0.1-go1.26.8.linux-amd64",
                "v1.0.0-rc.1"
            })
    void goodVersions(String version) {
        assertThat(new ModuleVersion("example.org/a", version)).hasToString("example.org/a@" + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0.0", "v1", "v1.0", "v01.0.0", "v1.0.0-", "v1.0.0+x", "v1.0.0/..", "latest"})
    void badVersions(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModuleVersion("example.org/a", version))
                .withMessage("the version \"" + version
                        + "\" is not a version like v1.2.3, v1.2.3-rc.1 or v2.0.0+incompatible");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fmt | must begin with a host name in lower case",
                "Example.org/a | must begin with a host name in lower case",
                "-example.org/a | must begin with a host name in lower case",
                "/example.org | must begin with a host name in lower case",
                "example.org/ | has the element \"\", which a module path must not have",
                "example.org/../b | has the element \"..\", which a module path must not have",
                "example.org/.b | has the element \".b\", which a module path must not have",
                "example.org/b. | has the element \"b.\", which a module path must not have",
                "example.org/a b | has the element \"a b\", which a module path must not have",
                "example.org/nul | has the element \"nul\", which a module path must not have",
                "example.org/a~1 | has the element \"a~1\", which a module path must not have",
                "example.org/a\\b | has the element \"a\\b\", which a module path must not have",
                "example.org/!a | has the element \"!a\", which a module path must not have"
            })
    void badPaths(String module, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModuleVersion(module, "v1.0.0"))
                .withMessage("the module path \"" + module + "\" " + rule);
    }

    @Test
    void longPathsAreRefused() {
        String module = "example.org/" + "a".repeat(1013);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModuleVersion(module, "v1.0.0"))
                .withMessage("the module path \"" + module + "\" has 1025 characters, 1 to 1024 are allowed");
    }

    @Test
    void modulesThatMayHoldAPackage() {
        assertThat(ModuleVersion.modulesOf("example.org/a/cmd/b"))
                .containsExactly("example.org/a/cmd/b", "example.org/a/cmd", "example.org/a", "example.org");
        assertThat(ModuleVersion.modulesOf("fmt")).isEmpty();
        assertThat(ModuleVersion.modulesOf("")).isEmpty();
    }

    @Test
    void toolchainsAreModules() {
        PinnedToolchain pin = new PinnedToolchain("go1.26.8", "linux-amd64", EMPTY, 71_680_185);
        assertThat(pin.id()).hasToString("golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64");
        assertThat(pin).hasToString("go1.26.8 for linux-amd64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PinnedToolchain("1.26.8", "linux-amd64", EMPTY, 1))
                .withMessage("\"1.26.8\" is not a Go version like go1.26.8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PinnedToolchain("go1.26.8", "windows-amd64", EMPTY, 1))
                .withMessage("\"windows-amd64\" is not one of linux-amd64, linux-arm64, darwin-amd64, darwin-arm64");
    }

    @Test
    void mainModuleNeedsItsZip() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new GoMain.Published(new PinnedModule("example.org/a", "v1.0.0", Optional.empty(), EMPTY, 0)))
                .withMessage("example.org/a@v1.0.0 is pinned without its zip");
    }
}
