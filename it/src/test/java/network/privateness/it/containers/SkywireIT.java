package network.privateness.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import network.privateness.it.sets.AllImages;
import org.junit.jupiter.api.Test;

/** The image with a stand-in for the visor, which makes a configuration of the same shape and serves the same paths. */
final class SkywireIT extends ContainerContract {

    private static final String VISOR = "10001:10001";
    private static final String CONFIG = "/data/skywire-config.json";

    SkywireIT() {
        super("skywire", List.of(), 0);
    }

    @Override
    Path layouts() throws IOException, InterruptedException {
        return AllImages.layouts();
    }

    @Override
    String identity(Engine.Container container) {
        try {
            return config(container).get("pk").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    List<String> secrets() {
        return List.of(CONFIG, "/data/hypervisor-password");
    }

    @Override
    String[] asOwner() {
        return new String[] {"--network", "none", "--user", "1000:1000"};
    }

    @Test
    void configurationAsksNobodyAndTellsNobody() throws IOException {
        String volume = engine.volume();
        Engine.Container first = healthy(volume, "--network", "none");
        JsonNode config = config(first);
        assertThat(config.get("survey_whitelist")).isEmpty();
        assertThat(config.at("/transport/public_autoconnect").asBoolean()).isFalse();
        assertThat(config.at("/hypervisor/enable_auth").asBoolean()).isTrue();
        assertThat(config.at("/hypervisor/db_path").asText()).isEqualTo("/data/users.db");
        assertThat(config.at("/local_path").asText()).isEqualTo("/data/local");
        assertThat(config.at("/launcher/bin_path").asText()).isEqualTo("/usr/bin");
        assertThat(config.at("/dmsg/discovery").asText()).isEqualTo("http://dmsgd.skywire.skycoin.com");
        assertThat(first.logs()).contains(" autoconnect false survey 0\n", "app skychat false");
        assertThat(first.logs()).doesNotContain(config.get("sk").asText());
        first.stop();

        // What an operator changes stays; what the environment says is followed.
        String changed = config.toString().replace("\"auto_start\":false", "\"auto_start\":true");
        engine.write(volume, "skywire-config.json", changed, VISOR, image());
        Engine.Container second = healthy(volume, "--network", "none", "-e", "SKYWIRE_AUTOCONNECT=on");
        assertThat(second.logs()).contains(" autoconnect true survey 0\n", "app skychat true");
        assertThat(config(second).get("sk")).isEqualTo(config.get("sk"));
    }

    @Test
    void pageHasALoginFromItsFirstMomentOn() throws IOException, InterruptedException {
        String volume = engine.volume();
        Engine.Container first = healthy(volume, "-p", "127.0.0.1::8000");
        String password = password(first);
        assertThat(first.logs()).doesNotContain(password);
        assertThat(I2pYggdrasilIT.arguments(first)).doesNotContain(password);
        assertThat(login(first, "create-account", "Another-1")).isEqualTo(500);
        assertThat(login(first, "login", "Another-1")).isEqualTo(401);
        assertThat(login(first, "login", password)).isEqualTo(200);
        assertThat(first.text("netstat", "-ltn")).contains("127.0.0.1:8010 ").doesNotContain("0.0.0.0:8010", ":::8010");
        first.stop();
        Engine.Container second = healthy(volume, "-p", "127.0.0.1::8000");
        assertThat(login(second, "login", password)).isEqualTo(200);
    }

    @Test
    void passwordMayBeTheOperators() throws IOException, InterruptedException {
        String secrets = engine.volume();
        engine.write(secrets, "password", "Of-the-0perator\n", VISOR, image());
        engine.write(secrets, "simple", "simple\n", VISOR, image());
        Engine.Container container = healthy(
                engine.volume(),
                "-v",
                secrets + ":/secrets:ro",
                "-e",
                "SKYWIRE_PASSWORD_FILE=/secrets/password",
                "-p",
                "127.0.0.1::8000");
        assertThat(login(container, "login", "Of-the-0perator")).isEqualTo(200);
        Engine.Container refused = start(
                engine.volume(),
                "--network",
                "none",
                "-v",
                secrets + ":/secrets:ro",
                "-e",
                "SKYWIRE_PASSWORD_FILE=/secrets/simple");
        assertThat(refused.ended()).isEqualTo(2);
        assertThat(refused.logs())
                .contains("skywire: the page's password (/secrets/simple): it has not one capital, one small letter,");
    }

    @Test
    void readyWithATransport() {
        Engine.Container container = healthy(engine.volume(), "--network", "none", "-e", "STAND_IN=connected");
        container.awaits("readiness", ready());
        Engine.Container alone = healthy(engine.volume(), "--network", "none");
        assertThat(alone.exec(ready()).all()).contains("there is no transport to another visor");
    }

    @Test
    void clientHasTheNameOfUpstreamsDocuments() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        // The replacement in go.mod counts, as it does for the real module.
        assertThat(container.text("skywire-cli", "visor", "info"))
                .isEqualTo("skywire cli visor info with the replacement");
    }

    @Test
    void hungAndKilledVisorsAreNotHealthy() {
        Engine.Container container = healthy(engine.volume(), "--network", "none");
        signal(container, "STOP");
        assertThat(container.exec(health()).all()).contains("the page does not answer");
        signal(container, "CONT");
        container.awaits("health", health());
        signal(container, "KILL");
        assertThat(container.ended()).isEqualTo(137);
    }

    @Test
    void refusesWhatItIsToldInOneLine() {
        refuses("SKYWIRE_AUTOCONNECT: \"yes\" is neither on nor off", "-e", "SKYWIRE_AUTOCONNECT=yes");
        refuses("SKYWIRE_LOG_LEVEL: \"loud\" is not one of debug, info,", "-e", "SKYWIRE_LOG_LEVEL=loud");
        refuses("no configuration could be made of /missing", "-e", "SKYWIRE_SERVICES_FILE=/missing");
        String keyless = engine.volume();
        engine.write(keyless, "skywire-config.json", "{\"sk\": \"" + "0".repeat(64) + "\"}", VISOR, image());
        Engine.Container container = start(keyless, "--network", "none");
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs().strip())
                .isEqualTo("skywire: /data/skywire-config.json holds no secret key: restore it, or remove it to become"
                        + " another visor");
    }

    private void refuses(String message, String... options) {
        List<String> all = new ArrayList<>(List.of("--network", "none"));
        all.addAll(Arrays.asList(options));
        Engine.Container container = start(engine.volume(), all.toArray(String[]::new));
        assertThat(container.ended()).isEqualTo(2);
        assertThat(container.logs().strip().lines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("skywire: " + message));
    }

    private static JsonNode config(Engine.Container container) throws IOException {
        return new ObjectMapper().readTree(container.text("cat", CONFIG));
    }

    private static String password(Engine.Container container) {
        return container.text("cat", "/data/hypervisor-password");
    }

    private static int login(Engine.Container container, String path, String password)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + container.published("8000/tcp") + "/api/" + path);
        String body = "{\"username\":\"admin\",\"password\":\"" + password + "\"}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(30))
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static void signal(Engine.Container container, String signal) {
        // A killed one takes the container and this command with it.
        container.exec(
                "sh",
                "-c",
                "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" != skywire ] || kill -" + signal
                        + " ${p#/proc/}; done");
    }
}
