package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The container of the exit. What leaves it is held by {@link ExitLeakIT}. */
final class AmneziaExitIT extends EngineTest {

    private static final String HEALTH = "/usr/lib/ness/amnezia-exit/health";
    private static final String READY = "/usr/lib/ness/amnezia-exit/ready";

    private final TunnelKey key = TunnelKey.random();
    private final String tunnel = ExitConfiguration.tunnel(key, TunnelKey.random());

    /** Emptied through the engine: its files belong to other users. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private String image;

    @BeforeEach
    void load() {
        image = ReleaseImage.load("amnezia-exit");
    }

    @Test
    void comesUpWithoutNetworkAndEndsWhenAsked() {
        Engine.Container exit = healthy();
        assertThat(exit.exec(READY).all()).contains("no peer has shaken hands yet");
        for (int i = 0; i < 5; i++) {
            assertThat(exit.exec(HEALTH).exit()).isZero();
        }
        assertThat(exit.states()).doesNotContain("Z");
        assertThat(exit.inspect("{{json .Config.Healthcheck.Test}}")).isEqualTo("[\"CMD\",\"" + HEALTH + "\"]");
        assertThat(exit.logs()).contains("the tunnel is up").doesNotContain(key.privateText());
        assertThat(I2pYggdrasilIT.arguments(exit)).doesNotContain(key.privateText());
        assertThat(exit.stop()).as(exit.logs()).isZero();
        exit.again().awaits("health", HEALTH);
    }

    @Test
    void holdsNoPrivilegeBeyondItsNeeds() {
        Engine.Container exit = healthy();
        for (String set : List.of("CapEff", "CapPrm", "CapBnd")) {
            assertThat(Long.parseLong(exit.status(set), 16)).as(set).isEqualTo(0x1000);
        }
        assertThat(exit.status("NoNewPrivs")).isEqualTo("1");
        assertThat(exit.status("Groups")).isEqualTo("");
        String xray = exit.text("cat", "/proc/" + process(exit, "xray") + "/status");
        assertThat(xray).containsPattern("Uid:\\s+10002\\s+10002\\s+10002\\s+10002");
        assertThat(xray.lines().filter(line -> line.startsWith("Cap")))
                .hasSize(5)
                .allMatch(line -> line.endsWith("\t0000000000000000"));
        assertThat(exit.execAs("10002:10002", "/usr/lib/ness/tunnel", "uapi").exit())
                .as("xray's user reaches the daemon")
                .isNotZero();
    }

    @Test
    void readsTheFolderOfAnotherUser() {
        engine.give(folder, "1000:1000", image);
        Engine.Container exit = start(folder.toString(), tunnel, ExitConfiguration.XRAY, "1000:1000");
        exit.awaits("health", HEALTH);
        assertThat(exit.status("Uid")).matches("1000\\s+1000\\s+1000\\s+1000");
    }

    @Test
    void saysAllThatIsMissing() {
        Engine.Container bare = engine.start(image, List.of("--network", "none"));
        assertThat(bare.ended()).isEqualTo(2);
        assertThat(bare.logs().strip())
                .isEqualTo(
                        "amnezia-exit: missing: the capabilities NET_ADMIN, the device /dev/net/tun, /config/wg.conf,"
                                + " /config/config.json. An exit starts with all of them only");
        Engine.Container noTunnel = start(engine.volume(), "", ExitConfiguration.XRAY, "10001:10001");
        refused(noTunnel, "amnezia-exit: missing: /config/wg.conf. An exit starts with all of them only");
        Engine.Container noXray = start(engine.volume(), tunnel, "", "10001:10001");
        refused(noXray, "amnezia-exit: missing: /config/config.json. An exit starts with all of them only");
    }

    @Test
    void refusesConfigurationsInOneLine() {
        refusesTunnel(
                tunnel.replace("[Peer]", "[Peer]\nJc = 4"), "line 20: Jc: belongs below [Interface], not below [Peer]");
        refusesTunnel(
                tunnel.replace(ExitConfiguration.ENDPOINT, "exit.example.org"),
                "line 21: Endpoint: \"exit.example.org:51820\" is no IP address with port; names are not looked up, as"
                        + " that would show outside");
        refusesTunnel(
                tunnel.replace("PrivateKey = ", "PrivateKey = A"),
                "line 2: PrivateKey: is no key of 44 base64 characters");
        refusesTunnel(tunnel.replace("H4 = 6000", "H4 = 2500"), "H2 and H4 overlap");
        Engine.Container exit =
                start(engine.volume(), tunnel, ExitConfiguration.XRAY.replace("freedom", "fredom"), "10001:10001");
        assertThat(exit.ended()).isEqualTo(2);
        assertThat(exit.logs()).contains("fredom", "xray ended with 23, so the exit does");
    }

    @Test
    void healthTurnsRedWhenAProcessHangs() {
        Engine.Container exit = healthy();
        hangs(exit, "xray", "10002:10002", "xray is in state T");
        hangs(exit, "amneziawg-go", "10001:10001", "amneziawg-go is in state T");
    }

    @Test
    void endsWithEitherProgram() {
        Engine.Container exit = healthy();
        exit.execAs("10001:10001", "kill", "-9", process(exit, "amneziawg-go"));
        assertThat(exit.ended()).isEqualTo(137);
        exit.again().awaits("health", HEALTH);
        exit.execAs("10002:10002", "kill", "-9", process(exit, "xray"));
        assertThat(exit.ended()).isEqualTo(137);
        assertThat(exit.logs()).contains("amneziawg-go ended with 137", "xray ended with 137");
    }

    private void hangs(Engine.Container exit, String program, String user, String message) {
        String process = process(exit, program);
        exit.execAs(user, "kill", "-STOP", process);
        Engine.await(program + " stopped", () -> exit.exec(HEALTH).all().contains(message));
        assertThat(exit.exec(HEALTH).exit()).isNotZero();
        exit.execAs(user, "kill", "-CONT", process);
        exit.awaits("health", HEALTH);
    }

    private void refusesTunnel(String wrong, String message) {
        Engine.Container exit = start(engine.volume(), wrong, ExitConfiguration.XRAY, "10001:10001");
        refused(exit, "amnezia-exit: /config/wg.conf: " + message);
    }

    /** xray says first that it waits for its configuration. */
    private static void refused(Engine.Container exit, String line) {
        assertThat(exit.ended()).isEqualTo(2);
        assertThat(exit.logs().lines().filter(said -> said.startsWith("amnezia-exit: ")))
                .containsExactly(line);
    }

    private Engine.Container healthy() {
        return start(engine.volume(), tunnel, ExitConfiguration.XRAY, "10001:10001")
                .awaits("health", HEALTH);
    }

    /** A text without content makes no file. */
    private Engine.Container start(String volume, String tunnel, String xray, String owner) {
        if (!tunnel.isEmpty()) {
            engine.write(volume, "wg.conf", tunnel, owner, image);
        }
        if (!xray.isEmpty()) {
            engine.write(volume, "config.json", xray, owner, image);
        }
        List<String> options = new ArrayList<>(ExitConfiguration.NEEDS);
        options.addAll(List.of("--network", "none", "-v", volume + ":/config:ro"));
        return engine.start(image, options);
    }

    /** Number of a process by its name. */
    static String process(Engine.Container exit, String name) {
        return exit.text(
                "sh",
                "-c",
                "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" != " + name + " ] || echo ${p#/proc/}; done");
    }
}
