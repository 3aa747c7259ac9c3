package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In every state of an exit, nothing leaves it but the tunnel's own packets to its endpoint, and answers to clients. */
final class ExitLeakIT extends EngineTest {

    private static final String ENDPOINT = "datagrams " + ExitConfiguration.ENDPOINT + " . 51820";

    /** 6 is TCP. */
    private static final String ANSWERS = "packets " + Sink.CLIENT + " . 6";

    /** All that a program could send: TCP, names to look up by UDP, ICMP, also from the address that answers come from, and IPv6. */
    private static final String PROBES = """
            nc -w 1 FAR 8080 </dev/null &
            nc -w 1 FAR 51820 </dev/null &
            nc -w 1 ENDPOINT 443 </dev/null &
            timeout 2 nslookup -type=a example.org FAR &
            timeout 2 nslookup -type=a example.org ENDPOINT &
            ping -c 1 -W 1 FAR &
            ping -c 1 -W 1 ENDPOINT &
            ping -c 1 -W 1 -I 192.0.2.2 FAR &
            nc -w 1 FAR6 80 </dev/null &
            timeout 2 nslookup -type=a example.org FAR6 &
            ping6 -c 1 -W 1 FAR6 &
            wait
            """.replace("FAR6", ExitConfiguration.FAR6)
            .replace("FAR", ExitConfiguration.FAR)
            .replace("ENDPOINT", ExitConfiguration.ENDPOINT);

    private final TunnelKey key = TunnelKey.random();
    private String image;
    private Sink sink;
    private String config;

    @BeforeEach
    void lay() {
        image = ReleaseImage.load("amnezia-exit");
        sink = new Sink(engine, image);
        config = engine.volume();
        sink.reset();
    }

    @Test
    void nothingLeavesButTheTunnel() {
        probe();
        assertThat(sink.arrivals())
                .as("without an exit the sink sees everything")
                .contains(
                        "packets " + ExitConfiguration.FAR + " . 6",
                        "packets " + ExitConfiguration.FAR + " . 1",
                        "packets " + ExitConfiguration.ENDPOINT + " . 1",
                        "datagrams " + ExitConfiguration.FAR + " . 53",
                        "datagrams " + ExitConfiguration.ENDPOINT + " . 53",
                        "addresses " + ExitConfiguration.FAR6);

        sink.reset();
        engine.write(config, "config.json", ExitConfiguration.XRAY, "10001:10001", image);
        assertThat(exit().ended()).isEqualTo(2);
        assertThat(sink.arrivals()).as("configuration missing").isEmpty();

        Engine.Container peer = peer();
        peer.execAs("10001:10001", "kill", "-STOP", AmneziaExitIT.process(peer, "amneziawg-go"));
        String peerKey =
                peer.execAs("10001:10001", "cat", "/data/private.key").output().strip();
        TunnelKey far = new TunnelKey(Base64.getDecoder().decode(peerKey));
        engine.write(config, "wg.conf", ExitConfiguration.tunnel(key, far), "10001:10001", image);
        Engine.Container exit = exit().awaits("health", "/usr/lib/ness/amnezia-exit/health");
        probe();
        assertThat(request()).as("before the tunnel").doesNotContain("far away");
        assertThat(sink.arrivals()).as("before the tunnel").containsExactlyInAnyOrder(ENDPOINT, ANSWERS);

        peer.execAs("10001:10001", "kill", "-CONT", AmneziaExitIT.process(peer, "amneziawg-go"));
        admit(peer);
        exit.awaits("handshake", "/usr/lib/ness/amnezia-exit/ready");
        sink.reset();
        probe();
        assertThat(request()).as("through the tunnel").contains("far away");
        assertThat(sink.arrivals()).as("tunnel up").containsExactlyInAnyOrder(ENDPOINT, ANSWERS);

        String daemon = AmneziaExitIT.process(exit, "amneziawg-go");
        exit.execAs("10001:10001", "kill", "-STOP", daemon);
        sink.reset();
        probe();
        assertThat(request()).as("tunnel hangs").doesNotContain("far away");
        assertThat(sink.arrivals()).as("tunnel hangs").containsExactly(ANSWERS);

        exit.execAs("10001:10001", "kill", "-9", daemon);
        assertThat(exit.ended()).isEqualTo(137);
        sink.reset();
        probe();
        assertThat(sink.arrivals()).as("tunnel killed").isEmpty();
    }

    private Engine.Container exit() {
        List<String> options = new ArrayList<>(ExitConfiguration.NEEDS);
        options.addAll(sink.inside());
        options.addAll(List.of("-v", config + ":/config:ro"));
        return engine.start(image, options);
    }

    /** The far end of the tunnel, and a page behind it. */
    private Engine.Container peer() {
        String amneziawg = ReleaseImage.load("amneziawg");
        List<String> options = new ArrayList<>(ExitConfiguration.NEEDS);
        options.addAll(sink.outside());
        options.addAll(List.of("-e", "AWG_ADDRESS=10.8.0.1/24", "-v", engine.volume() + ":/data"));
        Engine.Container peer = engine.start(amneziawg, options).awaits("health", "/usr/lib/ness/amneziawg/health");
        engine.start(
                image,
                Stream.concat(
                                sink.outside().stream(),
                                Stream.of("--cap-drop", "ALL", "--user", "54321", "--entrypoint", "/usr/bin/nc"))
                        .toList(),
                List.of("-ll", "-p", "8080", "-e", "/usr/bin/echo", "far away"));
        return peer;
    }

    private void admit(Engine.Container peer) {
        String disguise = ExitConfiguration.DISGUISE
                .lines()
                .map(line -> line.split(" = ", 2))
                .map(pair -> pair[0].toLowerCase(Locale.ROOT) + "="
                        + (pair[0].startsWith("H") ? pair[1].replace(" ", "") : pair[1]) + "\n")
                .reduce("", String::concat);
        Engine.Result result = peer.execWithInput(
                "set=1\n" + disguise + "public_key=" + key.publicHex()
                        + "\nreplace_allowed_ips=true\nallowed_ip=10.8.0.2/32\n\n",
                "/usr/lib/ness/amneziawg/uapi");
        assertThat(result.output().strip()).as(result.errors()).isEqualTo("errno=0");
    }

    /** Sends all probes from beside the exit, as a user that could even make raw packets of IP. */
    private void probe() {
        List<String> options = new ArrayList<>(sink.inside());
        options.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_RAW", "--entrypoint", "/usr/bin/sh"));
        engine.runOnce(image, options, List.of("-c", PROBES));
    }

    /** What a client gets that asks the exit on 443. */
    private String request() {
        List<String> options = new ArrayList<>(sink.outside());
        options.addAll(List.of("--cap-drop", "ALL", "--entrypoint", "/usr/bin/sh"));
        return engine.runOnce(image, options, List.of("-c", "timeout 5 nc " + Sink.INSIDE + " 443; exit 0"))
                .all();
    }
}
