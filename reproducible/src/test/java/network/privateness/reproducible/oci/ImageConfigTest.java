package network.privateness.reproducible.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageConfigTest {

    private final Map<String, String> env = new LinkedHashMap<>();
    private List<String> words = List.of();
    private Optional<String> workingDir = Optional.empty();
    private Optional<String> user = Optional.empty();
    private List<String> ports = List.of();
    private List<String> volumes = List.of();
    private Map<String, String> labels = Map.of();
    private Optional<String> stopSignal = Optional.empty();
    private long created;

    @Test
    void variablesKeepTheirOrderAndChangesOfTheSourceDontReachIt() {
        env.put("Z", "1");
        env.put("A", "2");
        ImageConfig config = config();
        env.put("B", "3");
        assertThat(config.env()).containsExactly(Map.entry("Z", "1"), Map.entry("A", "2"));
    }

    @Test
    void theEpochIsUtc() {
        created = 1767225600;
        assertThat(config().createdAt()).hasToString("2026-01-01T00:00:00Z");
    }

    @Test
    void variables() {
        env.put("A=B", "1");
        refused("a variable's name is not empty and has no =, not \"A=B\"");
        env.clear();
        env.put("", "1");
        refused("a variable's name is not empty and has no =, not \"\"");
        env.clear();
        env.put("A", "x\0y");
        refused("the environment variable A has a NUL character: x?y");
        env.put("A", "\ud800");
        refused("the environment variable A is not Unicode: it has half of a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"53", "0/tcp", "65536/tcp", "053/udp", "53/sctp", "53/UDP", "53-54/tcp", "53/tcp "})
    void ports(String port) {
        ports = List.of(port);
        refused("a port is NUMBER/tcp or NUMBER/udp, 1 to 65535, not \"" + port + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "", "/data/", "//data", "/a/../b", "/a/./b"})
    void paths(String path) {
        volumes = List.of(path);
        refused("a volume is an absolute path without empty parts, . and .., not \"" + path + "\"");
        volumes = List.of();
        workingDir = Optional.of(path);
        refused("the working directory is an absolute path without empty parts, . and .., not \"" + path + "\"");
    }

    @Test
    void theOthers() {
        words = List.of("a\0");
        refused("the entry point has a NUL character: a?");
        words = List.of();
        user = Optional.of(" ");
        refused("a user is not empty, not \" \"");
        user = Optional.empty();
        labels = Map.of("", "x");
        refused("a label's name is not empty, not \"\"");
        labels = Map.of();
        stopSignal = Optional.of("TERM");
        refused("a stop signal is a name such as SIGTERM, or a number, not \"TERM\"");
        stopSignal = Optional.of("SIGRTMIN+3");
        created = -1;
        refused("the epoch is between 1970 and 9999, not \"-1\"");
        created = 253402300800L;
        refused("the epoch is between 1970 and 9999, not \"253402300800\"");
        created = 253402300799L;
        assertThat(config().createdAt()).hasToString("9999-12-31T23:59:59Z");
    }

    @Test
    void healthChecks() {
        refused(
                () -> check(List.of(), Duration.ofSeconds(1), 1),
                "the test of a health check is CMD and a command's words, or CMD-SHELL and one line, not []");
        refused(
                () -> check(List.of("CMD-SHELL", "a", "b"), Duration.ofSeconds(1), 1),
                "the test of a health check is CMD and a command's words, or CMD-SHELL and one line,"
                        + " not [CMD-SHELL, a, b]");
        refused(
                () -> check(List.of("CMD", "a"), Duration.ofNanos(999_999), 1),
                "the interval of a health check is between 1 ms and 1 day, not PT0.000999999S");
        refused(
                () -> check(List.of("CMD", "a"), Duration.ofHours(25), 1),
                "the interval of a health check is between 1 ms and 1 day, not PT25H");
        refused(
                () -> check(List.of("CMD", "a"), Duration.ofSeconds(1), 0),
                "the retries of a health check are at least 1, not 0");
        assertThat(check(List.of("CMD", "a", "b"), Duration.ofMillis(1), 1).test())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " base", "base ", "two\nlines", "\u00e9"})
    void descriptionsOfLayers(String description) {
        Layer layer = new Layer(Sha256.of("a"), Sha256.of("b"), 1, 2);
        refused(
                () -> new ImageLayer(layer, Path.of("x"), description),
                "a layer's description is 1 to 100 printable ASCII characters, not \"" + description + "\"");
    }

    private static HealthCheck check(List<String> test, Duration interval, int retries) {
        return new HealthCheck(
                test, Optional.of(interval), Optional.empty(), Optional.empty(), OptionalInt.of(retries));
    }

    private void refused(String message) {
        refused(this::config, message);
    }

    private static void refused(ThrowingCallable code, String message) {
        assertThatIllegalArgumentException().isThrownBy(code).withMessage(message);
    }

    private ImageConfig config() {
        return new ImageConfig(
                Platform.LINUX_AMD64,
                env,
                words,
                List.of(),
                workingDir,
                user,
                new TreeSet<>(ports),
                new TreeSet<>(volumes),
                new TreeMap<>(labels),
                stopSignal,
                Optional.empty(),
                created);
    }
}
