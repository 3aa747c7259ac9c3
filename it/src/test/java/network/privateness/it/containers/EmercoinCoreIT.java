package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import network.privateness.it.sets.AllImages;
import org.junit.jupiter.api.Test;

/** The image with a stand-in for the node, which behaves as a real one was recorded to. */
final class EmercoinCoreIT extends ContainerContract {

    private static final String NODE = "10001:10001";

    EmercoinCoreIT() {
        super("emercoin-core", List.of(), 0);
    }

    @Override
    Path layouts() throws IOException, InterruptedException {
        return AllImages.layouts();
    }

    @Override
    String identity(Engine.Container container) {
        return container.text("cat", "/data/peers.dat");
    }

    @Override
    List<String> secrets() {
        return List.of("/data/ness.conf", "/data/.cookie");
    }

    @Override
    String[] asOwner() {
        return new String[] {"--network", "none", "--user", "1000:1000"};
    }

    @Test
    void configurationIsTheSafeOne() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        List<String> lines = container
                .execAs(NODE, "cat", "/data/ness.conf")
                .output()
                .lines()
                .toList();
        assertThat(lines)
                .contains(
                        "disablewallet=1",
                        "stuntimio=-1",
                        "stakegen=0",
                        "rpcport=6662",
                        "rpcallowip=172.16.0.0/12",
                        "emcdnsbindip=::ffff:127.0.0.1",
                        "emcdnsallowed=.coin|.emc|.lib|.bazar|.ness")
                .noneMatch(line -> line.startsWith("rpcauth=") || line.startsWith("rpcpassword="));
        assertThat(container.logs()).doesNotContain("STUN", "wallet");
        assertThat(container.text("netstat", "-ltun"))
                .contains(":6661 ", ":6662 ", ":5335 ")
                .containsPattern("127\\.0\\.0\\.1:5336 ")
                .doesNotContain("0.0.0.0:5336", ":::5336");
        assertThat(container.text("emercoin-cli", "getblockchaininfo"))
                .isEqualTo("emercoin-cli -datadir=/data -conf=/data/ness.conf getblockchaininfo");
        container.stop();
        Engine.Container asked = healthy(
                engine.volume(), "--network", "none", "-e", "EMERCOIN_WALLET=savings", "-e", "EMERCOIN_STUN=on");
        assertThat(asked.logs()).contains("opens wallet savings", "asks STUN servers");
    }

    @Test
    void cookieIsInAFolderOfItsOwn() {
        String shared = engine.volume();
        Engine.Container container = healthy(engine.volume(), "--network", "none", "-v", shared + ":/cookie");
        assertThat(container
                        .execAs(NODE, "stat", "-c", "%a %u:%g", "/cookie", "/cookie/cookie")
                        .output())
                .isEqualTo("2750 10001:10001\n640 10001:10001\n");
        String cookie = container.execAs(NODE, "cat", "/data/.cookie").output();
        assertThat(cookie).matches("__cookie__:[0-9a-f]{64}");
        Engine.Result gateway = engine.runOnce(
                image(),
                List.of(
                        "--user",
                        "20000:20000",
                        "--group-add",
                        "10001",
                        "--network",
                        "none",
                        "-v",
                        shared + ":/cookie:ro",
                        "--entrypoint",
                        "/usr/bin/cat"),
                List.of("/cookie/cookie"));
        assertThat(gateway.output()).as(gateway.all()).isEqualTo(cookie);
        assertThat(I2pYggdrasilIT.arguments(container) + container.text("cat", "/proc/1/environ") + container.logs())
                .doesNotContain(cookie.substring(11));
        container.stop();
        assertThat(engine.runOnce(
                                image(),
                                List.of("--network", "none", "-v", shared + ":/cookie", "--entrypoint", "/usr/bin/ls"),
                                List.of("-A", "/cookie"))
                        .output())
                .isEmpty();
    }

    @Test
    void loginOfProgramsThatReadNoCookieIsKeptAsAHash() {
        String secrets = engine.volume();
        engine.write(secrets, "pass", "a password of the test\n", NODE, image());
        Engine.Container container = healthy(
                engine.volume(),
                "--network",
                "none",
                "-v",
                secrets + ":/secrets:ro",
                "-e",
                "EMERCOIN_USER=dns",
                "-e",
                "EMERCOIN_PASS_FILE=/secrets/pass");
        assertThat(container.execAs(NODE, "grep", "rpcauth", "/data/ness.conf").output())
                .matches("rpcauth=dns:[0-9a-f]{32}\\$[0-9a-f]{64}\n");
        assertThat(container.execAs(NODE, "cat", "/data/ness.conf").output()).doesNotContain("a password");
    }

    @Test
    void warmUpAndDownloadAreAliveAndOnlyASyncedNodeIsReady() {
        for (String state : List.of("warmup", "ibd", "stale")) {
            Engine.Container container = healthy(engine.volume(), "--network", "none", "-e", "STAND_IN=" + state);
            assertThat(container.exec(ready()).exit()).as(state).isEqualTo(1);
        }
        Engine.Container synced = healthy(engine.volume(), "--network", "none", "-e", "STAND_IN=synced");
        synced.awaits("readiness", ready());
    }

    /** A single empty datagram would end EmerDNS. */
    @Test
    void emptyDatagramDoesNotReachEmerDns() throws IOException {
        Engine.Container container = healthy(engine.volume(), "-e", "STAND_IN=synced", "-p", "127.0.0.1::5335/udp");
        container.awaits("readiness", ready());
        Datagrams datagrams = new Datagrams(container.published("5335/udp"));
        byte[] query = Datagrams.query("nosuchname", "coin");
        assertThat(datagrams.ask(query)).hasSize(query.length);
        datagrams.send(new byte[0]);
        datagrams.send(new byte[5]);
        byte[] answer = query.clone();
        answer[2] |= (byte) 0x80;
        datagrams.send(answer);
        assertThat(datagrams.ask(query)).hasSize(query.length);
        assertThat(container.exec(ready()).exit()).isZero();
    }

    @Test
    void emerDnsThatHasFallenSilentComesBack() {
        Engine.Container container = healthy(engine.volume(), "--network", "none", "-e", "STAND_IN=synced");
        container.awaits("readiness", ready());
        String before = container.execAs(NODE, "cat", "/data/.cookie").output();
        Engine.await("a word of EmerDNS", () -> container.logs().contains("emercoin-core: EmerDNS answers"));
        signal(container, "USR1");
        Engine.await("red health", () -> container.exec(health()).exit() != 0);
        container.awaits("readiness after a restart", ready());
        assertThat(container.execAs(NODE, "cat", "/data/.cookie").output()).isNotEqualTo(before);
        assertThat(container.logs()).contains("emercoin-core: EmerDNS has fallen silent, the node is started again");
    }

    @Test
    void hungAndKilledNodesAreNotHealthy() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        signal(container, "STOP");
        assertThat(container.exec(health()).all()).contains("RPC does not answer");
        signal(container, "CONT");
        container.awaits("health", health());
        signal(container, "KILL");
        assertThat(container.ended()).isEqualTo(137);
    }

    @Test
    void othersMayNotAsk() throws IOException {
        Engine.Container container = healthy(
                engine.volume(),
                "-e",
                "STAND_IN=synced",
                "-e",
                "EMERCOIN_ALLOW=192.0.2.0/24",
                "-p",
                "127.0.0.1::5335/udp");
        container.awaits("readiness", ready());
        byte[] query = Datagrams.query("nosuchname", "coin");
        assertThat(new Datagrams(container.published("5335/udp")).ask(query)).isEmpty();
    }

    @Test
    void refusesWhatItIsToldInOneLine() {
        refuses("EMERCOIN_ALLOW: \"10.0.0.1\" is no network like 172.16.0.0/12", "EMERCOIN_ALLOW=10.0.0.1");
        refuses(
                "EMERCOIN_ALLOW: \"0.0.0.0/0\" is the whole Internet, which must not ask this node",
                "EMERCOIN_ALLOW=0.0.0.0/0");
        refuses(
                "EMERCOIN_DNS_ALLOWED: \".coin,.emc\" is no top-level domain like .coin",
                "EMERCOIN_DNS_ALLOWED=.coin,.emc");
        refuses("EMERCOIN_STUN: \"yes\" is neither on nor off", "EMERCOIN_STUN=yes");
        refuses("EMERCOIN_PEERS: \"b=c\" is no node like host:6661", "EMERCOIN_PEERS=b=c");
        refuses("EMERCOIN_WALLET: \"../x\" is no name", "EMERCOIN_WALLET=../x");
        refuses("EMERCOIN_PASS: everybody who may inspect the container would see it", "EMERCOIN_PASS=secret");
        refuses("EMERCOIN_USER and EMERCOIN_PASS_FILE belong together", "EMERCOIN_USER=dns");
        refuses(
                "EMERCOIN_PASS_FILE: uid 10001 can't read /missing",
                "EMERCOIN_USER=dns",
                "EMERCOIN_PASS_FILE=/missing");
        refuses("EMERCOIN_COOKIE_DIR: uid 10001 can't write /usr", "EMERCOIN_COOKIE_DIR=/usr");
    }

    private void refuses(String message, String... variables) {
        List<String> options = new ArrayList<>(List.of("--network", "none"));
        Arrays.stream(variables).forEach(variable -> options.addAll(List.of("-e", variable)));
        Engine.Container container = start(engine.volume(), options.toArray(String[]::new));
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs().strip().lines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("emercoin-core: " + message));
    }

    private static void signal(Engine.Container container, String signal) {
        // A killed one takes the container and this command with it.
        container.exec(
                "sh",
                "-c",
                "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" != emercoind ] || kill -" + signal
                        + " ${p#/proc/}; done");
    }
}
