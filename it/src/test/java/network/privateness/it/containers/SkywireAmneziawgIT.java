package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import network.privateness.it.sets.AllImages;
import org.junit.jupiter.api.Test;

/** Both services of the composition, with the stand-in for Skywire's visor. */
final class SkywireAmneziawgIT extends ContainerContract {

    private static final String MEMBER = "/usr/lib/ness/supervised/member";

    SkywireAmneziawgIT() {
        super("skywire-amneziawg", INTERFACE, 0x1000);
    }

    @Override
    Path layouts() throws IOException, InterruptedException {
        return AllImages.layouts();
    }

    @Override
    String health() {
        return "/usr/lib/ness/supervised/health";
    }

    @Override
    String ready() {
        return "/usr/lib/ness/supervised/ready";
    }

    @Override
    int secondsToEnd() {
        return 10;
    }

    @Override
    String identity(Engine.Container container) {
        return container.text(MEMBER, "amneziawg", "--", "sha256sum", "/data/amneziawg/private.key")
                + container.text(MEMBER, "skywire", "--", "grep", "\"pk\"", "/data/skywire/skywire-config.json");
    }

    @Override
    List<String> secrets() {
        return List.of(
                "/data/amneziawg/private.key",
                "/data/skywire/skywire-config.json",
                "/data/skywire/hypervisor-password");
    }

    @Test
    void eachListensOnItsPort() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        Engine.await("both ports", () -> {
            String listening = container.text("netstat", "-ltun");
            return listening.contains(":8000 ") && listening.contains(":51820 ");
        });
        assertThat(container.text("ip", "address", "show", "awg0")).contains(",UP");
    }
}
