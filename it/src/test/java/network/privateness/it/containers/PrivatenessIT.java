package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A composition of one image is that image under another name. */
final class PrivatenessIT extends EngineTest {

    @Test
    void continuesWhatNessBlockchainBegan() {
        String volume = engine.volume();
        start("ness-blockchain", volume).stop();
        Engine.Container container = start("privateness", volume);
        assertThat(container.exec("privateness-cli", "status").output()).contains("\"user_agent\": \"privateness:");
        assertThat(container.inspect("{{json .Config.Healthcheck.Test}}"))
                .isEqualTo("[\"CMD\",\"/usr/lib/ness/ness-blockchain/health\"]");
        assertThat(container.inspect("{{index .Config.Labels \"org.opencontainers.image.title\"}} "
                        + "{{index .Config.Labels \"network.privateness.members\"}}"))
                .isEqualTo("privateness ness-blockchain");
        assertThat(container.stop()).isIn(0, 143);
    }

    private Engine.Container start(String image, String volume) {
        List<String> options = Stream.concat(
                        ContainerContract.HARDENED.stream(), Stream.of("--network", "none", "-v", volume + ":/data"))
                .toList();
        return engine.start(ReleaseImage.load(image), options).awaits("health", "/usr/lib/ness/ness-blockchain/health");
    }
}
