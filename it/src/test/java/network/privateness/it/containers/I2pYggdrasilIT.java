package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class I2pYggdrasilIT extends ContainerContract {

    private static final Pattern ROUTER = Pattern.compile("Router Ident:</b> ([A-Za-z0-9~=-]+)");

    I2pYggdrasilIT() {
        super("i2p-yggdrasil", INTERFACE, 0x1000);
    }

    @Override
    String identity(Engine.Container container) {
        Matcher matcher = ROUTER.matcher(container.text("/usr/lib/ness/i2p-yggdrasil/console"));
        assertThat(matcher.find()).isTrue();
        return YggdrasilIT.address(container) + " " + matcher.group(1);
    }

    @Override
    List<String> secrets() {
        return List.of("/data/yggdrasil/key.pem", "/data/i2pd/router.keys", "/data/i2pd/console-password");
    }

    @Test
    void consoleNeedsItsLoginAndStandsOnTheMesh() throws IOException, InterruptedException {
        Engine.Container container = healthy(engine.volume(), "-p", "127.0.0.1::7070");
        URI console = URI.create("http://127.0.0.1:" + container.published("7070/tcp") + "/");
        assertThat(get(console, null).statusCode()).isEqualTo(401);
        assertThat(get(console, "i2pd:wrong").statusCode()).isEqualTo(401);
        String password = container
                .execAs("10001:10001", "cat", "/data/i2pd/console-password")
                .output()
                .strip();
        var page = get(console, "i2pd:" + password);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .containsPattern("Network status:</b> *Mesh")
                .contains("[" + YggdrasilIT.address(container) + "]");
        assertThat(container.logs()).doesNotContain(password);
        assertThat(arguments(container)).doesNotContain(password);
    }

    @Test
    void takesPasswordFromFile() throws IOException, InterruptedException {
        String secrets = engine.volume();
        engine.write(secrets, "password", "correct-horse.battery", "10001:10001", image());
        Engine.Container container = healthy(
                engine.volume(),
                "-p",
                "127.0.0.1::7070",
                "-v",
                secrets + ":/secrets:ro",
                "-e",
                "I2PD_CONSOLE_PASSWORD_FILE=/secrets/password");
        URI console = URI.create("http://127.0.0.1:" + container.published("7070/tcp") + "/");
        assertThat(get(console, "i2pd:correct-horse.battery").statusCode()).isEqualTo(200);

        engine.write(secrets, "password", "two words\n[http]", "10001:10001", image());
        Engine.Container refused = start(
                engine.volume(), "-v", secrets + ":/secrets:ro", "-e", "I2PD_CONSOLE_PASSWORD_FILE=/secrets/password");
        assertThat(refused.ended()).isEqualTo(2);
        assertThat(refused.logs()).contains("/secrets/password must hold one line");
    }

    @Test
    void offersNothingButPeeringOnTheMesh() {
        String network = engine.network();
        Engine.Container router = healthy(engine.volume(), "--network", network);
        Engine.Container other = engine.start(
                ReleaseImage.load("yggdrasil"),
                java.util.stream.Stream.of(
                                HARDENED,
                                INTERFACE,
                                List.of(
                                        "--network",
                                        network,
                                        "-v",
                                        engine.volume() + ":/data",
                                        "-e",
                                        "YGGDRASIL_PEERS=tls://" + router.name() + ":9001"))
                        .flatMap(List::stream)
                        .toList());
        other.awaits("peer", "/usr/lib/ness/yggdrasil/ready");
        String address = YggdrasilIT.address(router);
        Engine.await("the mesh carries traffic", () -> reaches(other, address, 9001));
        for (int port : new int[] {7070, 4444, 6668, 4447, 7656}) {
            assertThat(reaches(other, address, port))
                    .as("port %d on the mesh", port)
                    .isFalse();
        }
        for (int port : new int[] {7070, 4444, 6668}) {
            assertThat(reaches(other, router.name(), port))
                    .as("port %d on the network", port)
                    .isTrue();
        }
        for (int port : new int[] {4447, 7656}) {
            assertThat(reaches(other, router.name(), port))
                    .as("port %d on the network", port)
                    .isFalse();
        }
    }

    @Test
    void killedServicesComeBackAsTheSame() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        String identity = identity(container);
        for (String service : List.of("i2pd", "yggdrasil")) {
            String pid = pid(container, service);
            assertThat(container.execAs("10001:10001", "kill", "-9", pid).exit())
                    .isZero();
            Engine.await(service + " is back", () -> {
                String now = pid(container, service);
                return !now.isEmpty() && !now.equals(pid);
            });
            container.awaits("health", health());
            assertThat(identity(container)).isEqualTo(identity);
        }
        assertThat(container.states()).doesNotContain("Z");
    }

    @Test
    void routerItselfHasNoCapability() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        String pid = pid(container, "i2pd");
        assertThat(container
                        .text("grep", "-E", "^Cap(Eff|Prm|Inh|Amb)", "/proc/" + pid + "/status")
                        .lines())
                .hasSize(4)
                .allMatch(line -> line.endsWith("0000000000000000"));
    }

    private static String pid(Engine.Container container, String service) {
        return container
                .execAs("10001:10001", "s6-svstat", "-o", "pid", "/run/services/" + service)
                .output()
                .strip();
    }

    private static boolean reaches(Engine.Container from, String host, int port) {
        return from.execWithInput("", "nc", "-w", "3", host, Integer.toString(port))
                        .exit()
                == 0;
    }

    static String arguments(Engine.Container container) {
        return container.text("sh", "-c", "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null; echo; done");
    }

    private static java.net.http.HttpResponse<String> get(URI uri, String login)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
            if (login != null) {
                request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
