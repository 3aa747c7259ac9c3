package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Go is asked and what its answers become; the checksum database itself is out of a test's reach. */
class GoDownloadTest {

    private static final ModuleVersion LIB = new ModuleVersion("example.org/Lib", "v1.2.3");

    private static final String RECORD_AND_SERVE = """
            /usr/bin/env > ../../environment
            echo "$@" > ../../arguments
            /bin/mkdir -p "$GOMODCACHE/cache"
            /bin/cp -r ../../store "$GOMODCACHE/cache/download"
            """;

    @TempDir
    Path folder;

    @Test
    void theMachineSaysWhomItBelieves() throws Exception {
        Path real = folder.toRealPath();
        Map<String, String> machine = Map.of(
                "GOSUMDB", "sum.example.org+key",
                "GOPRIVATE", "private.example.org",
                "NO_PROXY", "example.org",
                "GOFLAGS", "-x",
                "GOPROXY", "https://other.example.org");
        GoResolution.Found found = download(real, RECORD_AND_SERVE, machine);
        PinnedModule pin = found.module();
        assertThat(pin.id()).isEqualTo(LIB);
        assertThat(pin.zip()).isEqualTo(Optional.of(H1.ofZip(found.zip().orElseThrow(), LIB)));
        assertThat(pin.mod()).isEqualTo(H1.ofGoMod(found.goMod()));
        assertThat(real.resolve("arguments")).hasContent("mod download -modcacherw example.org/Lib@v1.2.3\n");
        assertThat(Files.readAllLines(real.resolve("environment")))
                .filteredOn(line -> line.matches("(GO(SUMDB|PROXY|NOPROXY|PRIVATE|FLAGS|ENV|TOOLCHAIN)|NO_PROXY)=.*"))
                .containsExactlyInAnyOrder(
                        "GOSUMDB=sum.example.org+key",
                        "GOPRIVATE=private.example.org",
                        "GONOPROXY=none",
                        "GOPROXY=https://goproxy.example.org,off",
                        "GOFLAGS=",
                        "GOENV=off",
                        "GOTOOLCHAIN=local",
                        "NO_PROXY=example.org");
    }

    @Test
    void anotherHashThanThatOfTheDatabaseIsRefused() {
        assertThatThrownBy(() -> download(folder.toRealPath(), """
                        printf 'go: example.org/Lib@v1.2.3: verifying module: checksum mismatch\\n'
                        printf '\\tdownloaded: h1:a=\\n\\tsum.example.org: h1:b=\\n\\nSECURITY ERROR\\n'
                        exit 1
                        """, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3 (mod download): example.org/Lib@v1.2.3 has h1:a=,"
                        + " sum.example.org says h1:b=."
                        + " Next: remove it from the store, then fetch it again or check the module proxy");
    }

    @Test
    void whatNoProxyHasIsTold() {
        assertThatThrownBy(() -> download(folder.toRealPath(), """
                        echo 'go: example.org/Lib@v1.2.3: reading https://goproxy.example.org/x.info: 404 Not Found'
                        exit 1
                        """, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3 (mod download): example.org/Lib@v1.2.3 could not be fetched:"
                        + " 404 Not Found. Next: name a module proxy that has it in GOPROXY");
    }

    private static GoResolution.Found download(Path folder, String script, Map<String, String> machine)
            throws Exception {
        FakeToolchain fake = new FakeToolchain(folder, script);
        fake.add(LIB.module(), LIB.version(), Map.of("go.mod", "module example.org/Lib\n"));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        return new GoDownload(fake.unpack(), GoProxySetting.parse("https://goproxy.example.org"), machine, scratch)
                .module(LIB);
    }
}
