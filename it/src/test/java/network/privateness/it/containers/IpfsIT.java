package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class IpfsIT extends ContainerContract {

    private static final String CONTENT = "Privateness Network, one file\n";

    IpfsIT() {
        super("ipfs", List.of(), 0);
    }

    @Override
    String identity(Engine.Container container) {
        return find("\"ID\":\"([A-Za-z0-9]+)\"", container.text("/usr/lib/ness/ipfs/api", "id"));
    }

    @Override
    List<String> secrets() {
        return List.of("/data/ipfs/config", "/data/api-token");
    }

    @Override
    String[] asOwner() {
        return new String[] {"--network", "none", "--user", "1000:1000"};
    }

    @Test
    void apiAnswersToItsOwnTokenOnly() throws IOException, InterruptedException {
        Engine.Container container = healthy(engine.volume(), "-e", "IPFS_BOOTSTRAP=none", "-p", "127.0.0.1::5001");
        Engine.Container other = healthy(engine.volume(), "-e", "IPFS_BOOTSTRAP=none");
        String token = token(container);
        for (String command : List.of("id", "version", "config/show", "shutdown", "pin/ls")) {
            assertThat(post(container, command, null).statusCode()).as(command).isEqualTo(403);
            assertThat(post(container, command, token(other)).statusCode())
                    .as(command)
                    .isEqualTo(403);
        }
        assertThat(post(container, "id", token).statusCode()).isEqualTo(200);
        assertThat(container.logs()).doesNotContain(token);
        assertThat(I2pYggdrasilIT.arguments(container)).doesNotContain(token);
        assertThat(container.text("cat", "/proc/1/environ")).doesNotContain(token);
    }

    @Test
    void newTokenReplacesTheOldOne() throws IOException, InterruptedException {
        String volume = engine.volume();
        Engine.Container first = healthy(volume, "-e", "IPFS_BOOTSTRAP=none");
        String before = token(first);
        first.text("rm", "/data/api-token");
        first.stop();
        Engine.Container second = healthy(volume, "-e", "IPFS_BOOTSTRAP=none", "-p", "127.0.0.1::5001");
        String after = token(second);
        assertThat(after).isNotEqualTo(before);
        assertThat(post(second, "id", before).statusCode()).isEqualTo(403);
        assertThat(post(second, "id", after).statusCode()).isEqualTo(200);
    }

    @Test
    void tokensOfTheOperatorSurviveOurs() throws IOException, InterruptedException {
        String volume = engine.volume();
        Engine.Container first = healthy(volume, "-e", "IPFS_BOOTSTRAP=none");
        first.stop();
        // Written by kubo itself, offline, as an operator would.
        Engine.Result set = engine.runOnce(
                image(),
                List.of("--network", "none", "-v", volume + ":/data", "--entrypoint", "/usr/bin/ipfs"),
                List.of(
                        "config",
                        "--json",
                        "API.Authorizations",
                        "{\"app\": {\"AuthSecret\": \"bearer:of-the-app\", \"AllowedPaths\": [\"/api/v0/version\"]}}"));
        assertThat(set.exit()).as(set.all()).isZero();
        Engine.Container second = healthy(volume, "-e", "IPFS_BOOTSTRAP=none", "-p", "127.0.0.1::5001");
        assertThat(post(second, "version", "of-the-app").statusCode()).isEqualTo(200);
        assertThat(post(second, "id", "of-the-app").statusCode()).isEqualTo(403);
        assertThat(post(second, "id", token(second)).statusCode()).isEqualTo(200);
    }

    @Test
    void secondNodeFetchesWhatTheFirstAdded() throws IOException, InterruptedException {
        String network = engine.network();
        Engine.Container first =
                healthy(engine.volume(), "--network", network, "-e", "IPFS_BOOTSTRAP=none", "-p", "127.0.0.1::5001");
        String file = add(first);
        Engine.Container second = healthy(
                engine.volume(),
                "--network",
                network,
                "-e",
                "IPFS_BOOTSTRAP=/dns4/" + first.name() + "/tcp/4001/p2p/" + identity(first));
        second.awaits("peer", ready());
        first.awaits("peer", ready());
        assertThat(second.text("wget", "-q", "-T", "60", "-O", "-", "http://127.0.0.1:8080/ipfs/" + file))
                .isEqualTo(CONTENT.strip());
        assertThat(second.text("/usr/lib/ness/ipfs/api", "cat?arg=" + file)).isEqualTo(CONTENT.strip());
    }

    @Test
    void privateNetworkShutsOthersOut() throws IOException, InterruptedException {
        String network = engine.network();
        String keys = engine.volume();
        engine.write(
                keys,
                "swarm.key",
                "/key/swarm/psk/1.0.0/\n/base16/\n" + "0123456789abcdef".repeat(4) + "\n",
                "10001:10001",
                image());
        String[] members = {"--network", network, "-v", keys + ":/keys:ro", "-e", "IPFS_SWARM_KEY_FILE=/keys/swarm.key"
        };
        Engine.Container first = healthy(engine.volume(), with(members, "-p", "127.0.0.1::5001"));
        String file = add(first);
        String address = "/dns4/" + first.name() + "/tcp/4001/p2p/" + identity(first);
        Engine.Container stranger = healthy(engine.volume(), "--network", network, "-e", "IPFS_BOOTSTRAP=" + address);
        Engine.Container member = healthy(engine.volume(), with(members, "-e", "IPFS_BOOTSTRAP=" + address));
        member.awaits("peer", ready());
        assertThat(member.text("/usr/lib/ness/ipfs/api", "cat?arg=" + file)).isEqualTo(CONTENT.strip());
        assertThat(stranger.exec("/usr/lib/ness/ipfs/api", "swarm/connect?arg=" + address)
                        .exit())
                .isNotZero();
        assertThat(stranger.exec(ready()).exit()).isNotZero();
    }

    @Test
    void swarmAddressesAreThoseOfTheTableAndMeshPeersAreNotFiltered() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        String config = container.text("cat", "/data/ipfs/config");
        assertThat(config)
                .contains("/ip4/0.0.0.0/tcp/4001\"", "/ip4/0.0.0.0/udp/4001/quic-v1\"", "/ip4/0.0.0.0/tcp/8081/ws\"")
                .contains("\"/ip4/10.0.0.0/ipcidr/8\"")
                .doesNotContain("/ip6/::/ipcidr/3")
                .contains("\"StorageMax\": \"10GB\"");
        String listening = container.text("netstat", "-ltun");
        assertThat(listening).contains(":4001", ":5001", ":8080", ":8081");
        assertThat(container.exec("ls", "/data/ipfs/telemetry_uuid").exit())
                .as("telemetry")
                .isNotZero();
    }

    @Test
    void refusesWhatItIsToldInOneLine() {
        refuses("IPFS_STORAGE_MAX=much", "\"much\" is no size like 10GB");
        refuses("IPFS_BOOTSTRAP=10.0.0.1:4001", "\"10.0.0.1:4001\" is neither default, none nor an address");
        refuses("IPFS_SWARM_KEY_FILE=/missing", "can't read a swarm key from /missing");
        Engine.Container elsewhere =
                engine.start(image(), List.of("--network", "none", "-v", engine.volume() + ":/data/ipfs"));
        assertThat(elsewhere.ended()).isEqualTo(2);
        assertThat(elsewhere.logs().strip())
                .isEqualTo(
                        "ipfs: /data/ipfs is an empty folder: mount the volume at /data, where API token and state stand too");
        String volume = engine.volume();
        engine.write(volume, "ipfs/config", "{\"Identity\": {", "10001:10001", image());
        Engine.Container corrupt = start(volume, "--network", "none");
        assertThat(corrupt.ended()).isEqualTo(2);
        assertThat(corrupt.logs().strip().lines())
                .hasSize(1)
                .allMatch(line -> line.contains("/data/ipfs/config can't be used"));
    }

    private void refuses(String variable, String message) {
        Engine.Container container = start(engine.volume(), "--network", "none", "-e", variable);
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs()).contains(message);
    }

    private static String add(Engine.Container container) throws IOException, InterruptedException {
        String boundary = "ness";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + CONTENT + "\r\n--" + boundary + "--\r\n";
        HttpResponse<String> response = send(HttpRequest.newBuilder(api(container, "add"))
                .header("Authorization", "Bearer " + token(container))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return find("\"Hash\":\"([A-Za-z0-9]+)\"", response.body());
    }

    private static HttpResponse<String> post(Engine.Container container, String command, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api(container, command)).POST(BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        }
    }

    private static URI api(Engine.Container container, String command) {
        return URI.create("http://127.0.0.1:" + container.published("5001/tcp") + "/api/v0/" + command);
    }

    private static String token(Engine.Container container) {
        return container.text("cat", "/data/api-token");
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String[] with(String[] options, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(options), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }
}
