package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import network.privateness.it.sets.AllImages;
import org.junit.jupiter.api.Test;

/** Both services of the composition, with the stand-in for Skywire's visor. */
final class SkywireAmneziawgIT extends CompositionContract {

    SkywireAmneziawgIT() {
        super("skywire-amneziawg", INTERFACE, 0x1000);
    }

    @Override
    Path layouts() throws IOException, InterruptedException {
        return AllImages.layouts();
    }

    @Override
    String identity(Engine.Container container) {
        return as("amneziawg", container, "sha256sum", "/data/amneziawg/private.key")
                + as("skywire", container, "grep", "\"pk\"", "/data/skywire/skywire-config.json");
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
