package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String UPDATE =
            "this is never updated on the fly: run `mvn ness:lock -Dness.update=thing` if the change is meant";
    private static final String CHECK_NETWORK = "check the network and the proxy (settings.xml or https_proxy), or"
            + " redirect a source with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER";
    private static final byte[] BYTES = bytes(200_000);

    @TempDir
    Path temporary;

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private LoopbackServer server;
    private ContentStore store;
    private FetchSettings settings;

    @BeforeEach
    void start() throws IOException {
        server = new LoopbackServer();
        store = ContentStore.open(temporary.resolve("store"));
        settings = new FetchSettings(
                Mirrors.none(),
                ProxySettings.none(),
                false,
                6,
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMillis(8));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        store.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Fetcher fetcher(Progress progress) {
        return new Fetcher(store, settings, progress, pauses::add, new Random(1), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path fetch(Download download) throws IOException {
        try (Fetcher fetcher = fetcher(Progress.none())) {
            return fetcher.fetch(download);
        }
    }

    private Download thing(URI... sources) {
        return Download.of("thing", List.of(sources), BYTES.length, Sha256.of(BYTES));
    }

    private void assertProblem(Download download, String what, String next) throws IOException {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> fetch(download))
                .withMessage("input thing: " + what + ". Next: " + next);
        assertThat(store.find(Sha256.of(BYTES))).isEmpty();
    }

    private List<Path> partials() throws IOException {
        try (var files = Files.list(store.folder().resolve("partial"))) {
            return files.toList();
        }
    }

    /** As a killed build leaves it. */
    private void leavePart(byte[] bytes) throws IOException {
        try (Pending pending = store.resume(Sha256.of(BYTES).toString()).orElseThrow()) {
            pending.write(bytes);
        }
    }

    @Test
    void fetchedOnceThenFromTheStore() throws Exception {
        server.on("/thing", LoopbackServer.content(BYTES));
        Download thing = thing(server.uri("/thing"));
        assertThat(fetch(thing)).hasBinaryContent(BYTES);
        assertThat(fetch(thing)).hasBinaryContent(BYTES);
        assertThat(server.requests()).containsExactly("/thing");
        assertThat(partials()).isEmpty();
    }

    @Test
    void theRequestSaysWhoAsks() throws Exception {
        List<String> agents = new CopyOnWriteArrayList<>();
        server.on("/thing", exchange -> {
            agents.addAll(exchange.getRequestHeaders().get("User-Agent"));
            LoopbackServer.content(BYTES).answer(exchange);
        });
        fetch(thing(server.uri("/thing")));
        assertThat(agents).containsExactly("ness");
    }

    @Test
    void aCutConnectionIsResumedWhereItWasCut() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""), LoopbackServer.ranges(BYTES, "\"v1\"")));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(0)).isEqualTo("/thing");
        assertThat(server.requests().get(1)).startsWith("/thing bytes=");
        assertThat(pauses).hasSize(1);
    }

    @Test
    void wrongContentIsRefusedAndForgotten() throws Exception {
        byte[] other = BYTES.clone();
        other[7]++;
        server.on("/thing", LoopbackServer.content(other));
        assertProblem(
                thing(server.uri("/thing")),
                server.uri("/thing") + " has " + Sha256.of(other) + " instead of " + Sha256.of(BYTES),
                UPDATE);
        assertThat(partials()).isEmpty();
        assertThat(store.find(Sha256.of(other))).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theSecondSourceServesWhatTheFirstDoesNotHave() throws Exception {
        server.on("/b", LoopbackServer.content(BYTES));
        assertThat(fetch(thing(server.uri("/a"), server.uri("/b")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).containsExactly("/a", "/b");
        assertThat(pauses).isEmpty();
    }
}
