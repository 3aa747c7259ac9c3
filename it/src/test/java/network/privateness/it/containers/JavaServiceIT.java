package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input kind {@code maven} and a base with Java: the service runs as image on every platform. */
final class JavaServiceIT extends EngineTest {

    private static final String ADDRESS = "http://127.0.0.1:8090/";

    @ParameterizedTest
    @CsvSource({
        "LINUX_AMD64, overlay, 25., amd64",
        "LINUX_ARM64, overlay, 25., aarch64",
        "LINUX_ARM_V7, fallback, 21., arm"
    })
    void startsWithTheJavaOfItsPlatform(Platform platform, String implementation, String java, String architecture) {
        Engine.Container container = start(platform);
        List<String> page = page(container);
        assertThat(page).contains("implementation: " + implementation);
        assertThat(page).anyMatch(line -> line.startsWith("java: " + java));
        if (implementation.equals("fallback")) {
            assertThat(page).anyMatch(line -> line.startsWith("system: Linux ") && line.endsWith(" " + architecture));
        }
        assertThat(container.text("wget", "-q", "-O", "-", ADDRESS + "ready")).isEqualTo("ready");
        assertThat(container.logs()).isEqualTo("listening on port 8090\n");
        assertThat(container.stop()).isEqualTo(143);
        assertThat(container.logs()).endsWith("stopped\n");
    }

    @Test
    void runsAsAnyUserWithTheOverlayOff() {
        Engine.Container container = start(Platform.LINUX_AMD64, "--user", "1000:1000", "-e", "OVERLAY=off");
        assertThat(page(container)).contains("implementation: fallback").anyMatch(line -> line.startsWith("java: 25."));
    }

    @Test
    void refusesWrongSettingInOneLine() {
        Engine.Container container = run(Platform.LINUX_AMD64, "-e", "PORT=many");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs()).isEqualTo("PORT=\"many\" is not a number from 0 to 65535\n");
    }

    private Engine.Container start(Platform platform, String... options) {
        return run(platform, options).awaits("health", "/usr/bin/wget", "-q", "-O", "-", ADDRESS + "health");
    }

    private Engine.Container run(Platform platform, String... options) {
        List<String> all = new ArrayList<>(FixtureImage.platform(platform));
        all.addAll(ContainerContract.HARDENED);
        all.addAll(List.of("--tmpfs", "/tmp", "--network", "none"));
        all.addAll(List.of(options));
        return engine.start(FixtureImage.load("java-service", platform), all);
    }

    private static List<String> page(Engine.Container container) {
        return container.text("wget", "-q", "-O", "-", ADDRESS).lines().toList();
    }
}
