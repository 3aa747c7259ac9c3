package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;

final class NessBlockchainIT extends ContainerContract {

    /** Of the block that the genesis signature in the program's parameters is valid for. */
    private static final String GENESIS = "043794aca81afe2f803c1cf5fd6288b8fbc0f1b2fda477d91515ac62bfc48fac";

    private static final String PASSWORD = "correct horse battery";

    NessBlockchainIT() {
        super("ness-blockchain", List.of(), 0);
    }

    @Override
    String tools() {
        return FixtureImage.load(
                "tiny", System.getProperty("os.arch").equals("aarch64") ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64);
    }

    /** The node has no key: what it keeps is its database, so that is still the same file. */
    @Override
    String identity(Engine.Container container) {
        return container.look("0:0", "stat", "-c", "%i", "/data/data.db").output();
    }

    @Override
    List<String> secrets() {
        return List.of("/data/data.db", "/data/peers.json");
    }

    @Override
    String[] asOwner() {
        return new String[] {"--network", "none", "--user", "1000:1000"};
    }

    @Test
    void answersForItsOwnNamesAndPagesOnly() throws IOException {
        Engine.Container container = closed();
        Answer health = ask(container, "GET", "/api/v1/health");
        JsonNode node = health.json();
        assertThat(node.at("/blockchain/head/seq").asInt(-1)).isZero();
        assertThat(node.at("/blockchain/head/block_hash").asText()).isEqualTo(GENESIS);
        assertThat(node.at("/user_agent").asText()).isEqualTo("privateness:0.27.1");
        assertThat(node.at("/csrf_enabled").asBoolean()).isTrue();
        assertThat(node.at("/header_check_enabled").asBoolean()).isTrue();
        assertThat(node.at("/wallet_api_enabled").asBoolean(true)).isFalse();

        assertThat(ask(container, "GET", "/api/v1/health", "Host: ness-blockchain:6660")
                        .status())
                .isEqualTo(200);
        assertThat(ask(container, "GET", "/api/v1/health", "Host: evil.example").status())
                .isEqualTo(403);
        assertThat(ask(container, "GET", "/api/v1/health", "Host: evil.example:6660")
                        .status())
                .isEqualTo(403);
        assertThat(ask(container, "GET", "/api/v1/health", "Host: 127.0.0.1:6660", "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(ask(container, "GET", "/api/v1/health", "Host: 127.0.0.1:6660", "Origin: http://127.0.0.1:6660")
                        .status())
                .isEqualTo(200);
        String token = token(container);
        for (String path : List.of("/api/v1/wallets", "/api/v1/wallet/newSeed", "/api/v2/data?type=client")) {
            assertThat(ask(container, "GET", path).status()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/api/v1/network/connection/disconnect", "/api/v1/wallet/seed")) {
            assertThat(ask(container, "POST", path, token).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void clientKnowsItsNode() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        assertThat(container.text("privateness-cli", "status")).contains(GENESIS);
        assertThat(container.text("privateness-cli", "blocks", "0")).contains(GENESIS);
        assertThat(container.text("privateness-cli", "showConfig"))
                .contains("\"coin\": \"privateness\"", "\"rpc_address\": \"http://127.0.0.1:6660\"", "\"/data\"");
        assertThat(container.text("privateness", "version")).isEqualTo("0.27.1");
        assertThat(container.text("privateness-cli", "--version")).contains("0.27.1");
    }

    @Test
    void nodesOfOneNetworkFindEachOtherAndNobodyElse() throws IOException {
        String network = engine.network();
        String[] first = {
            "--network", network, "--network-alias", "first", "-e", "NESS_PEERS=second:6006", "-p", "127.0.0.1::6660"
        };
        String[] second = {
            "--network", network, "--network-alias", "second", "-e", "NESS_PEERS=first:6006", "-p", "127.0.0.1::6660"
        };
        List<Engine.Container> nodes = List.of(healthy(engine.volume(), first), healthy(engine.volume(), second));
        for (Engine.Container node : nodes) {
            node.awaits("peer", ready());
            JsonNode peers = ask(node, "GET", "/api/v1/network/connections?states=introduced")
                    .json()
                    .at("/connections");
            assertThat(peers).hasSize(1);
            assertThat(peers.at("/0/user_agent").asText()).isEqualTo("privateness:0.27.1");
            assertThat(ask(node, "GET", "/api/v1/last_blocks?num=1")
                            .json()
                            .at("/blocks/0/header/block_hash")
                            .asText())
                    .isEqualTo(GENESIS);
            for (String known : List.of("defaultConnections", "connections/trust", "connections/exchange")) {
                assertThat(ask(node, "GET", "/api/v1/network/" + known).body())
                        .as(known)
                        .doesNotContain("154.16.118.97", "151.80.37.6", "179.61.232.155");
            }
        }
    }

    @Test
    void walletsNeedTheLogin() throws IOException {
        String volume = engine.volume();
        String secrets = engine.volume();
        engine.write(secrets, "password", PASSWORD + "\n", "10001:10001", tools());
        String[] options = {
            "-v", secrets + ":/secrets:ro",
            "-e", "NESS_NETWORK=off",
            "-e", "NESS_API_SETS=READ,TXN,WALLET",
            "-e", "NESS_API_USER=operator",
            "-e", "NESS_API_PASSWORD_FILE=/secrets/password",
            "-p", "127.0.0.1::6660"
        };
        Engine.Container container = healthy(volume, options);
        String login = login("operator", PASSWORD);
        for (String path : List.of("/api/v1/wallets", "/api/v1/health", "/api/v1/csrf")) {
            assertThat(ask(container, "GET", path).status()).as(path).isEqualTo(401);
            assertThat(ask(container, "GET", path, login("operator", "correct horse batterz"))
                            .status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(ask(container, "GET", path, login).status()).as(path).isEqualTo(200);
        }
        String create = "/api/v1/wallet/create?type=deterministic&label=first&seed=fixed+seed+of+a+test";
        assertThat(ask(container, "POST", create, login).status())
                .as("no token")
                .isEqualTo(403);
        assertThat(ask(container, "POST", create, token(container, login)).status())
                .as("no login")
                .isEqualTo(401);
        Answer created = ask(container, "POST", create, login, token(container, login));
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(ask(container, "POST", "/api/v1/wallet/seed", login, token(container, login))
                        .status())
                .as("seed")
                .isEqualTo(403);
        String file = "/data/wallets/" + created.json().at("/meta/filename").asText();
        assertThat(container.look("0:0", "stat", "-c", "%a %u:%g", file).output())
                .isEqualTo("600 10001:10001\n");
        assertThat(container.logs()).doesNotContain(PASSWORD);
        assertThat(container.inspect("{{json .Config}}")).doesNotContain(PASSWORD);
        assertThat(container.stop()).isZero();

        Engine.Container again = healthy(volume, options);
        assertThat(again.text("privateness-cli", "listWallets")).contains("\"label\": \"first\"");
    }

    @Test
    void hungNodeIsNotHealthy() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        assertThat(Engine.run(List.of("kill", "-s", "STOP", container.name())).exit())
                .isZero();
        assertThat(container.exec(health()).exit()).isEqualTo(1);
        assertThat(Engine.run(List.of("kill", "-s", "CONT", container.name())).exit())
                .isZero();
        container.awaits("health", health());
    }

    @Test
    void refusesWhatItIsToldInOneLine() {
        refuses("NESS_API_SETS=READ WALLET", "WALLET needs a login");
        refuses("NESS_API_SETS=READ,insecure_wallet_seed", "INSECURE_WALLET_SEED is refused");
        refuses("NESS_API_SETS=NET_CTRL", "NET_CTRL is refused");
        refuses("NESS_API_SETS=ALL", "\"ALL\" is none of READ, STATUS, TXN, WALLET, STORAGE");
        refuses("NESS_API_USER=operator", "NESS_API_PASSWORD_FILE: is missing");
        refuses("NESS_API_PASSWORD=" + PASSWORD, "the environment is no place for a secret");
        refuses("NESS_PEERS=somewhere", "\"somewhere\" is neither default, none nor like 192.0.2.1:6006");
        refuses("NESS_PEERS=[2001:db8::1]:6006", "IPv4 addresses");
        refuses("NESS_DATA=here", "NESS_DATA: \"here\" is no folder");
        refuses("NESS_DATA=/missing", "can't write /missing (read-only file system)");
        refuses("NESS_NETWORK=maybe", "\"maybe\" is neither on nor off");
    }

    private void refuses(String variable, String message) {
        Engine.Result result =
                engine.runOnce(image(), List.of("--network", "none", "--read-only", "-e", variable), List.of());
        assertThat(result.exit()).as(variable).isEqualTo(2);
        assertThat(result.all().strip().lines())
                .as(variable)
                .hasSize(1)
                .allMatch(line -> line.startsWith("ness-blockchain: ") && line.contains(message))
                .noneMatch(line -> line.contains(PASSWORD));
    }

    /** A node that speaks to nobody but this test. */
    private Engine.Container closed() {
        return healthy(engine.volume(), "-e", "NESS_PEERS=none", "-p", "127.0.0.1::6660");
    }

    private static String token(Engine.Container container, String... headers) throws IOException {
        Answer answer = ask(container, "GET", "/api/v1/csrf", headers);
        return "X-CSRF-Token: " + answer.json().at("/csrf_token").asText();
    }

    private static String login(String user, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private record Answer(int status, String body) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    /** Over a plain socket: Java's client lets nobody choose the Host header. */
    private static Answer ask(Engine.Container container, String method, String path, String... headers)
            throws IOException {
        int port = container.published("6660/tcp");
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.0\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Content-Length: 0\r\n\r\n");
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            assertThat(end).as(answer).isPositive();
            return new Answer(Integer.parseInt(answer.substring(9, 12)), answer.substring(end + 4));
        }
    }
}
