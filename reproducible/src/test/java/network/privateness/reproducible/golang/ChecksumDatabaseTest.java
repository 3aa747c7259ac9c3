package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Go is asked and what its answers become; the log itself is out of a test's reach. */
class ChecksumDatabaseTest {

    private static final String RECORD_AND_AGREE = """
            /usr/bin/env > ../environment
            echo "$@" > ../arguments
            printf '{\\n\\t"Sum": "%s",\\n\\t"GoModSum": "%s"\\n}\\n' @ZIP@ @MOD@
            """;

    @TempDir
    Path folder;

    @Test
    void goIsAskedAboutExactlyTheseFiles() throws Exception {
        Path real = folder.toRealPath();
        Map<String, String> machine =
                Map.of("GOSUMDB", "sum.example.org+key", "NO_PROXY", "example.org", "GOFLAGS", "-x");
        assertThat(check(real, RECORD_AND_AGREE, machine)).isTrue();
        Path scratch = real.resolve("scratch");
        assertThat(Files.readAllLines(scratch.resolve("environment")))
                .filteredOn(line -> line.matches("(GO(SUMDB|PROXY|FLAGS|ENV|TOOLCHAIN)|NO_PROXY|HOME)=.*"))
                .containsExactlyInAnyOrder(
                        "GOSUMDB=sum.example.org+key",
                        "GOPROXY=file://" + scratch + "/proxy/,https://goproxy.example.org,off",
                        "GOFLAGS=",
                        "GOENV=off",
                        "GOTOOLCHAIN=local",
                        "NO_PROXY=example.org",
                        "HOME=" + scratch + "/home");
        assertThat(scratch.resolve("arguments")).hasContent("mod download -modcacherw -json example.org/Lib@v1.2.3\n");
        assertThat(scratch.resolve("proxy/example.org/!lib/@v/v1.2.3.zip"))
                .hasSameBinaryContentAs(real.resolve("store/example.org/!lib/@v/v1.2.3.zip"));
    }

    @Test
    void anotherHashIsRefused() throws Exception {
        Path real = folder.toRealPath();
        // As Go 1.26.8 says it.
        String script = """
                printf '{\\n\\t"Path": "example.org/Lib",\\n\\t"Error": "example.org/Lib@v1.2.3: verifying module:'
                printf ' checksum mismatch\\\\n\\\\tdownloaded: h1:a=\\\\n\\\\tsum.example.org: h1:b=\\\\n\\\\nSECURITY"\\n}\\n'
                exit 1
                """;
        assertThatThrownBy(() -> check(real, script, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/Lib@v1.2.3 (checksum database): example.org/Lib@v1.2.3 has h1:a=,"
                        + " sum.example.org says h1:b=."
                        + " Next: remove it from the store, then fetch it again or check the module proxy");
    }

    @Test
    void anAnswerAboutSomethingElseIsRefused() throws Exception {
        Path real = folder.toRealPath();
        assertThatThrownBy(() -> check(real, "echo '{}'", Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageMatching("example\\.org/Lib@v1\\.2\\.3: the pins h1:\\S+ and h1:\\S+ are not what Go found:"
                        + " \\{\\}\\. Next: run mvn ness:lock again");
    }

    @Test
    void nothingIsAskedWhenTheMachineSaysOff() throws Exception {
        assertThat(check(folder.toRealPath(), "exit 1", Map.of("GOSUMDB", "off")))
                .isFalse();
    }

    private static boolean check(Path folder, String script, Map<String, String> machine) throws Exception {
        Map<String, String> content = Map.of("go.mod", "module example.org/Lib\n");
        PinnedModule lib = new FakeToolchain(folder.resolve("other"), "").add("example.org/Lib", "v1.2.3", content);
        String zip = lib.zip().orElseThrow().text();
        FakeToolchain fake = new FakeToolchain(
                folder, script.replace("@ZIP@", zip).replace("@MOD@", lib.mod().text()));
        fake.add("example.org/Lib", "v1.2.3", content);
        return new ChecksumDatabase(
                        fake.unpack(),
                        GoProxySetting.parse("https://goproxy.example.org"),
                        machine,
                        GoBuild.DEFAULT_TIMEOUT)
                .check(lib, fake.zip(lib), fake.goMod(lib), folder.resolve("scratch"));
    }
}
