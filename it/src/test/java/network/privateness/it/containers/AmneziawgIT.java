package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AmneziawgIT extends ContainerContract {

    /** Values of AmneziaWG 2.0 that both ends must share (S, H) or may choose (J, I). */
    private static final String DISGUISE = "jc=5\njmin=40\njmax=70\ns1=41\ns2=77\ns3=23\ns4=9\n"
            + "h1=5-1000\nh2=2000-3000\nh3=4000-5000\nh4=6000-7000\ni1=<b 0xf6ab3267fa><t><r 10>\n";

    AmneziawgIT() {
        super("amneziawg", INTERFACE, 0x1000);
    }

    @Override
    String identity(Engine.Container container) {
        return line(get(container), "private_key");
    }

    @Override
    List<String> secrets() {
        return List.of("/data/private.key");
    }

    @Test
    void interfaceCarriesTheKeyOfTheFile() {
        Engine.Container container = healthy(
                engine.volume(),
                "--network",
                "none",
                "-e",
                "AWG_INTERFACE=wg7",
                "-e",
                "AWG_ADDRESS=10.8.0.1/24 fd00:8::1/64",
                "-e",
                "AWG_LISTEN_PORT=4500");
        assertThat(container.text("ip", "address", "show", "wg7"))
                .contains(",UP", "inet 10.8.0.1/24", "inet6 fd00:8::1/64");
        byte[] file = Base64.getDecoder()
                .decode(container
                        .execAs("10001:10001", "cat", "/data/private.key")
                        .output()
                        .strip());
        assertThat(file).hasSize(32);
        String state = get(container);
        assertThat(line(state, "private_key")).isEqualTo(HexFormat.of().formatHex(file));
        assertThat(line(state, "listen_port")).isEqualTo("4500");
        assertThat(I2pYggdrasilIT.arguments(container))
                .doesNotContain(HexFormat.of().formatHex(file));
        assertThat(container.logs()).doesNotContain(line(state, "private_key"));
    }

    @Test
    void twoNodesShakeHandsUnderDisguise() {
        String network = engine.network();
        Engine.Container first = healthy(engine.volume(), "--network", network, "-e", "AWG_ADDRESS=10.8.0.1/24");
        Engine.Container second = healthy(engine.volume(), "--network", network, "-e", "AWG_ADDRESS=10.8.0.2/24");
        assertThat(first.exec(ready()).exit()).isNotZero();
        connect(first, second, "10.8.0.2");
        connect(second, first, "10.8.0.1");
        Engine.await(
                "ping through the tunnel",
                () -> engine.runOnce(
                                        image(),
                                        List.of(
                                                "--network",
                                                "container:" + first.name(),
                                                "--entrypoint",
                                                "/usr/bin/ping"),
                                        List.of("-c", "1", "-W", "2", "10.8.0.2"))
                                .exit()
                        == 0);
        first.awaits("handshake", ready());
        second.awaits("handshake", ready());
    }

    @Test
    void endsWithItsDaemon() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        String daemon = container.text(
                "sh",
                "-c",
                "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" != amneziawg-go ] || echo ${p#/proc/}; done");
        assertThat(container.execAs("10001:10001", "kill", "-9", daemon).exit()).isZero();
        assertThat(container.ended()).isEqualTo(137);
    }

    @Test
    void refusesWhatItIsToldInOneLine() {
        refuses("AWG_INTERFACE=../x", "is no interface name");
        refuses("AWG_LISTEN_PORT=70000", "\"70000\" is no port");
        refuses("AWG_ADDRESS=10.8.0.1", "\"10.8.0.1\" is no address like 10.8.0.1/24");
        String volume = engine.volume();
        engine.write(volume, "private.key", "c2hvcnQ=", "10001:10001", image());
        Engine.Container container = start(volume, "--network", "none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs().strip())
                .isEqualTo(
                        "amneziawg: /data/private.key holds no key: restore it, or remove it to become another node");
    }

    @Test
    void saysWhichNeedIsMissing() {
        Engine.Container noDevice = engine.start(
                image(),
                List.of(
                        "--cap-drop",
                        "ALL",
                        "--cap-add",
                        "SETGID",
                        "--cap-add",
                        "SETPCAP",
                        "--cap-add",
                        "SETUID",
                        "--read-only",
                        "--tmpfs",
                        "/run",
                        "--network",
                        "none",
                        "-v",
                        engine.volume() + ":/data"));
        assertThat(noDevice.ended()).isEqualTo(2);
        assertThat(noDevice.logs().strip()).isEqualTo("amneziawg: /dev/net/tun is missing: add the device");
        Engine.Container noCapability = engine.start(
                image(),
                List.of(
                        "--cap-drop",
                        "ALL",
                        "--read-only",
                        "--tmpfs",
                        "/run",
                        "--network",
                        "none",
                        "-v",
                        engine.volume() + ":/data"));
        assertThat(noCapability.ended()).isEqualTo(2);
        assertThat(noCapability.logs())
                .contains(
                        "started as uid 0 without SETGID SETUID SETPCAP: add these capabilities, or start as the owner"
                                + " of /data");
    }

    private void refuses(String variable, String message) {
        Engine.Container container = start(engine.volume(), "--network", "none", "-e", variable);
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs()).contains(message);
    }

    private void connect(Engine.Container from, Engine.Container to, String address) {
        String key = TunnelKey.ofHex(line(get(to), "private_key")).publicHex();
        String ip = to.inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
        Engine.Result result = from.execWithInput(
                "set=1\n" + DISGUISE + "public_key=" + key + "\nendpoint=" + ip + ":51820\n"
                        + "replace_allowed_ips=true\nallowed_ip=" + address + "/32\n\n",
                "/usr/lib/ness/amneziawg/uapi");
        assertThat(result.output().strip()).as(result.errors()).isEqualTo("errno=0");
    }

    private static String get(Engine.Container container) {
        Engine.Result result = container.execWithInput("get=1\n\n", "/usr/lib/ness/amneziawg/uapi");
        assertThat(result.output().strip()).as(result.errors()).endsWith("errno=0");
        return result.output();
    }

    private static String line(String state, String key) {
        return state.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in the answer"));
    }
}
