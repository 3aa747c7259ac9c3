package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class YggdrasilIT extends ContainerContract {

    private static final Pattern ADDRESS = Pattern.compile("\"address\": \"([0-9a-f:]+)\"");

    YggdrasilIT() {
        super("yggdrasil", INTERFACE, 0x1000);
    }

    @Override
    String identity(Engine.Container container) {
        return address(container);
    }

    @Override
    List<String> secrets() {
        return List.of("/data/key.pem", "/data/yggdrasil.conf");
    }

    static String address(Engine.Container container) {
        String self = container.text("yggdrasilctl", "-json", "getself");
        Matcher matcher = ADDRESS.matcher(self);
        assertThat(matcher.find()).as(self).isTrue();
        return matcher.group(1);
    }

    @Test
    void twoNodesPeerAndPingEachOther() {
        String network = engine.network();
        Engine.Container first = healthy(engine.volume(), "--network", network);
        Engine.Container second =
                healthy(engine.volume(), "--network", network, "-e", "YGGDRASIL_PEERS=tls://" + first.name() + ":9001");
        first.awaits("peer", ready());
        second.awaits("peer", ready());
        for (Engine.Container[] pair : new Engine.Container[][] {{first, second}, {second, first}}) {
            // The service has no raw sockets; a container beside it has.
            Engine.await(
                    "ping",
                    () -> engine.runOnce(
                                            image(),
                                            List.of(
                                                    "--network",
                                                    "container:" + pair[0].name(),
                                                    "--entrypoint",
                                                    "/usr/bin/ping6"),
                                            List.of("-c", "1", "-W", "2", address(pair[1])))
                                    .exit()
                            == 0);
        }
    }

    @Test
    void saysWhyThereIsNoInterface() {
        String volume = engine.volume();
        Engine.Container router = engine.start(
                image(),
                List.of(
                        "--cap-drop",
                        "ALL",
                        "--security-opt",
                        "no-new-privileges",
                        "--read-only",
                        "--tmpfs",
                        "/run",
                        "--user",
                        "10001:10001",
                        "--network",
                        "none",
                        "-v",
                        volume + ":/data"));
        router.awaits("health", health());
        assertThat(router.logs()).contains("no interface: /dev/net/tun is missing");
        assertThat(Long.parseLong(router.status("CapEff"), 16)).isZero();
        String address = address(router);
        router.stop();

        Engine.Container node = healthy(volume, "--network", "none");
        assertThat(node.logs()).doesNotContain("no interface");
        assertThat(address(node)).isEqualTo(address);
        assertThat(node.text("ip", "address")).contains(address);
    }

    @Test
    void refusesWhatItIsToldInOneLine() {
        refuses("YGGDRASIL_PEERS=tls://host:1 bad\"peer", "\"bad\"peer\" is no peer address like tls://host:port");
        refuses("YGGDRASIL_INTERFACE=tap0", "\"tap0\" is neither auto, tun nor none");
    }

    private void refuses(String variable, String message) {
        Engine.Container container = start(engine.volume(), "--network", "none", "-e", variable);
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs()).contains(message).doesNotContain("goroutine");
    }

    @Test
    void refusesKeyAndConfigurationThatWouldMakeItAnotherNode() {
        String key = engine.volume();
        engine.write(key, "key.pem", "rubbish", "10001:10001", image());
        Engine.Container container = start(key, "--network", "none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs().strip())
                .isEqualTo(
                        "yggdrasil: /data/key.pem holds no PEM key: restore it, or remove it to become another node");

        String keyless = engine.volume();
        engine.write(keyless, "yggdrasil.conf", "{\"Peers\": []}", "10001:10001", image());
        container = start(keyless, "--network", "none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs()).contains("/data/yggdrasil.conf names no key");

        String corrupt = engine.volume();
        engine.write(corrupt, "yggdrasil.conf", "{\"Peers\": [", "10001:10001", image());
        container = start(corrupt, "--network", "none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs())
                .contains("/data/yggdrasil.conf can't be used")
                .doesNotContain("goroutine");
    }

    @Test
    void keepsConfigurationOfTheOperatorAndFollowsTheEnvironmentOtherwise() {
        String volume = engine.volume();
        Engine.Container first = healthy(volume, "--network", "none", "-e", "YGGDRASIL_PEERS=tls://192.0.2.1:9001");
        assertThat(first.text("yggdrasilctl", "-json", "getpeers")).contains("tls://192.0.2.1:9001");
        first.stop();
        Engine.Container second = healthy(volume, "--network", "none", "-e", "YGGDRASIL_PEERS=tls://192.0.2.2:9001");
        assertThat(second.text("yggdrasilctl", "-json", "getpeers"))
                .contains("tls://192.0.2.2:9001")
                .doesNotContain("192.0.2.1");
        second.stop();

        String own =
                "{\"PrivateKeyPath\": \"/data/key.pem\", \"Peers\": [\"tls://192.0.2.3:9001\"], \"IfName\": \"none\", "
                        + "\"AdminListen\": \"unix:///run/yggdrasil/yggdrasil.sock\", \"MulticastInterfaces\": []}";
        engine.write(volume, "yggdrasil.conf", own, "10001:10001", image());
        Engine.Container third = healthy(volume, "--network", "none", "-e", "YGGDRASIL_PEERS=tls://192.0.2.2:9001");
        assertThat(third.text("yggdrasilctl", "-json", "getpeers"))
                .contains("tls://192.0.2.3:9001")
                .doesNotContain("192.0.2.2");
    }
}
