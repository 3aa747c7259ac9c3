package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What members promise alone, they promise together. */
final class NessUnifiedIT extends CompositionContract {

    NessUnifiedIT() {
        super("ness-unified", INTERFACE, 0x1000);
    }

    @Override
    String identity(Engine.Container container) {
        return YggdrasilIT.address(container) + " " + as("ipfs", container, "grep", "PeerID", "/data/ipfs/ipfs/config");
    }

    @Override
    List<String> secrets() {
        return List.of(
                "/data/yggdrasil/key.pem",
                "/data/i2p-yggdrasil/i2pd/router.keys",
                "/data/ipfs/api-token",
                "/data/amneziawg/private.key");
    }

    @Test
    void membersShareOneMeshNodeAndKeepNoCapabilityThatTheyDoNotNeed() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        assertThat(as("i2p-yggdrasil", container, "/usr/lib/ness/i2p-yggdrasil/console"))
                .contains("[" + YggdrasilIT.address(container) + "]");
        assertThat(container.text("ip", "address", "show", "awg0")).contains(",UP");
        for (String member : List.of("i2p-yggdrasil", "ipfs")) {
            String pid = container
                    .execAs("10001:10001", "s6-svstat", "-o", "pid", "/run/members/" + member)
                    .output()
                    .strip();
            assertThat(container.text("grep", "^CapEff", "/proc/" + pid + "/status"))
                    .as(member)
                    .endsWith("0000000000000000");
        }
        assertThat(container.logs().lines())
                .allMatch(line -> line.matches("(yggdrasil|i2p-yggdrasil|ipfs|amneziawg|ness-blockchain) \\| .*"));
    }

    @Test
    void mistakeOfOneMemberEndsTheStart() {
        Engine.Container container =
                start(engine.volume(), "--network", "none", "-e", "AWG_LISTEN_PORT=70000", "-e", "IPFS_BOOTSTRAP=none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs()).contains("amneziawg | amneziawg: AWG_LISTEN_PORT: \"70000\" is no port");
    }
}
