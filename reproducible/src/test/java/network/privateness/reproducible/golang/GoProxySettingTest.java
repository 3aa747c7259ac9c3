package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoProxySettingTest {

    private static final String NEXT =
            ". Next: set the environment variable GOPROXY to the address of a Go module proxy";

    @TempDir
    Path folder;

    @Test
    void listsKeepTheirOrderAndTheirSeparators() {
        GoProxySetting setting = GoProxySetting.parse(
                " https://a.example.org/go/ ,http://user:secret@b.example.org|file:///srv/go%20proxy,direct,off,https://c");
        assertThat(setting.proxies())
                .containsExactly(
                        new GoProxySetting.Proxy(URI.create("https://a.example.org/go"), false),
                        new GoProxySetting.Proxy(URI.create("http://user:secret@b.example.org"), true),
                        new GoProxySetting.Proxy(URI.create("file:///srv/go%20proxy"), false));
        assertThat(setting.notes())
                .containsExactly("GOPROXY: \"direct\" is never used", "GOPROXY: \"off\" ends the list");
        assertThat(setting).hasToString("https://a.example.org/go, http://***@b.example.org, file:///srv/go%20proxy");
        assertThat(setting.value())
                .isEqualTo("https://a.example.org/go,http://user:secret@b.example.org|file:///srv/go%20proxy,off");
    }

    @Test
    void addressesOfFiles() {
        GoProxySetting setting = GoProxySetting.parse("https://a.example.org,file:///srv/go");
        ModuleVersion id = new ModuleVersion("example.org/Lib", "v1.0.0-RC1");
        assertThat(setting.zip(id))
                .containsExactly(
                        URI.create("https://a.example.org/example.org/!lib/@v/v1.0.0-!r!c1.zip"),
                        URI.create("file:///srv/go/example.org/!lib/@v/v1.0.0-!r!c1.zip"));
        assertThat(setting.goMod(id))
                .first()
                .isEqualTo(URI.create("https://a.example.org/example.org/!lib/@v/v1.0.0-!r!c1.mod"));
        assertThat(setting.latest("example.org/Lib"))
                .first()
                .isEqualTo(URI.create("https://a.example.org/example.org/!lib/@latest"));
        assertThat(setting.versions("example.org/Lib"))
                .first()
                .isEqualTo(URI.create("https://a.example.org/example.org/!lib/@v/list"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.versions("../x"))
                .withMessage("the module path \"../x\" has the element \"..\", which a module path must not have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "direct", "direct,off", ",|", "off,https://a.example.org"})
    void aListWithoutProxyIsRefused(String text) {
        assertThatThrownBy(() -> GoProxySetting.parse(text))
                .isInstanceOf(Problem.class)
                .hasMessage("GOPROXY: \"" + text + "\" names no module proxy" + NEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example.org",
                "ftp://user:secret@a.example.org",
                "https:///x",
                "file://host/x",
                "file:x",
                "https://a.example.org/?q",
                "https://a b"
            })
    void otherAddressesAreRefusedWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> GoProxySetting.parse("https://good.example.org," + text))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "GOPROXY: has an entry that is no plain https, http or file address (file:///folder)" + NEXT);
    }

    @Test
    void theEnvironmentComesFirst() throws Exception {
        installGo("echo https://installed.example.org");
        assertThat(GoProxySetting.find(Map.of("GOPROXY", "https://set.example.org", "PATH", folder.toString())))
                .hasToString("https://set.example.org");
        assertThat(GoProxySetting.find(Map.of("GOPROXY", " ", "PATH", "relative::/nonexistent:" + folder)))
                .hasToString("https://installed.example.org");
    }

    @Test
    void theInstalledGoIsAskedWithTheSameEnvironment() throws Exception {
        installGo("[ \"$1 $2\" = 'env GOPROXY' ] && echo \"https://$HOSTED.example.org\"");
        assertThat(GoProxySetting.find(Map.of("PATH", folder.toString(), "HOSTED", "mine")))
                .hasToString("https://mine.example.org");
    }

    @Test
    void withoutBothTheSettingIsNamed() throws Exception {
        String message = "GOPROXY: is not set, and no installed Go names a module proxy by \"go env GOPROXY\"" + NEXT;
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("PATH", folder.toString()))) {
            assertThatThrownBy(() -> GoProxySetting.find(environment))
                    .isInstanceOf(Problem.class)
                    .hasMessage(message);
        }
        installGo("exit 1");
        assertThatThrownBy(() -> GoProxySetting.find(Map.of("PATH", folder.toString())))
                .isInstanceOf(Problem.class)
                .hasMessage(message);
    }

    private void installGo(String script) throws Exception {
        Path go = Files.writeString(folder.resolve("go"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
