package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a definition declares is what a container sees: program, rootfs, users, links, volumes. */
final class TinyIT extends EngineTest {

    @ParameterizedTest
    @EnumSource(Platform.class)
    void holdsWhatItsDefinitionSays(Platform platform) {
        String volume = engine.volume();
        Engine.Container first = start(platform, volume);
        assertThat(first.logs()).isEqualTo("Hello, world: version 1, start 1\n");
        assertThat(first.text("stat", "-c", "%A %u:%g", "/shared", "/data", "/usr/lib/hello/health", "/etc/hello/who"))
                .isEqualTo("""
                        drwxr-s--- 10001:10002
                        drwxr-xr-x 10001:10001
                        -rwxr-xr-x 0:0
                        -rw-r--r-- 0:0""");
        assertThat(first.text("cat", "/etc/passwd")).isEqualTo("""
                        root:x:0:0::/root:/usr/sbin/nologin
                        tiny:x:10001:10001::/data:/usr/sbin/nologin
                        reader:x:10002:10001::/nonexistent:/usr/sbin/nologin""");
        assertThat(first.text("cat", "/usr/share/hello/who")).isEqualTo("world");
        first.text("ls", "-d", "/usr/lib/hello/machine/");
        assertThat(first.stop()).isZero();
        assertThat(start(platform, volume).logs()).isEqualTo("Hello, world: version 1, start 2\n");
    }

    private Engine.Container start(Platform platform, String volume) {
        List<String> options = new ArrayList<>(FixtureImage.platform(platform));
        options.addAll(ContainerContract.HARDENED);
        options.addAll(List.of("--tmpfs", "/run", "--network", "none", "-v", volume + ":/data"));
        Engine.Container container = engine.start(FixtureImage.load("tiny", platform), options);
        Engine.await("greeting of " + container.name(), () -> container.logs().endsWith("\n"));
        return container;
    }
}
