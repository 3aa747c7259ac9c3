package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
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
    private static final String UPDATE = "a pin never moves on the fly: look for a source that has the pinned content";
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
    void allFailuresAreToldAndDeadHostsAskedOnce() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        URI dead = URI.create("http://127.0.0.1:" + closed + "/x");
        server.on("/there", LoopbackServer.content(BYTES));
        Download there = Download.of("there", List.of(server.uri("/there")), BYTES.length, Sha256.of(BYTES));
        Download gone = Download.of("gone", List.of(server.uri("/gone")), 1, Sha256.of("a"));
        Download first = Download.of("first", List.of(dead), 1, Sha256.of("b"));
        Download second = Download.of("second", List.of(dead), 1, Sha256.of("c"));
        try (Fetcher fetcher = fetcher(Progress.none())) {
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> fetcher.fetch(first));
            assertThat(pauses).hasSize(2);
            Fetcher.Trial trial = fetcher.tryAll(List.of(there, gone, first, second), Duration.ofMinutes(1));
            assertThat(trial.untried()).isZero();
            assertThat(trial.failures().keySet()).containsExactly(gone, first, second);
            assertThat(trial.failures().get(second))
                    .hasMessage("input second: it can't be fetched (127.0.0.1:" + closed
                            + ": connection refused). Next: " + CHECK_NETWORK);
        }
        assertThat(pauses).as("no pauses while trying").hasSize(2);
        assertThat(server.requests()).containsExactlyInAnyOrder("/there", "/gone");
        assertThat(store.find(Sha256.of(BYTES))).isPresent();
    }

    @Test
    void tryingAllEndsInItsTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/slow", exchange -> {
            try {
                over.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LoopbackServer.content(BYTES).answer(exchange);
        });
        try (Fetcher fetcher = fetcher(Progress.none())) {
            Fetcher.Trial trial = fetcher.tryAll(List.of(thing(server.uri("/slow"))), Duration.ofMillis(1));
            assertThat(trial).isEqualTo(new Fetcher.Trial(Map.of(), 1));
        } finally {
            over.countDown();
        }
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

    @Test
    void aPartSurvivesTheProcessAndIsResumedByTheNext() throws Exception {
        server.on("/thing", LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""));
        settings = withAttempts(1);
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> fetch(thing(server.uri("/thing"))));
        long part = store.partialSize(Sha256.of(BYTES).toString());
        assertThat(part).isBetween(1L, 150_000L);
        server.on("/thing", LoopbackServer.ranges(BYTES, "\"v1\""));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).containsExactly("/thing", "/thing bytes=" + part + "-");
    }

    @Test
    void lastModifiedIsAValidatorToo() throws Exception {
        String date = "Thu, 01 Jan 2026 00:00:00 GMT";
        List<String> validators = new CopyOnWriteArrayList<>();
        server.on(
                "/thing", LoopbackServer.inTurn(LoopbackServer.cut(BYTES, 150_000, "Last-Modified", date), exchange -> {
                    validators.addAll(exchange.getRequestHeaders().get("If-Range"));
                    LoopbackServer.ranges(BYTES, date).answer(exchange);
                }));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(validators).containsExactly(date);
    }

    @Test
    void anotherValidatorMeansAllAgain() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(bytes(200_001), 150_000, "ETag", "\"v1\""),
                        LoopbackServer.ranges(BYTES, "\"v2\"")));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
    }

    @Test
    void aServerThatIgnoresRangeSendsAllAgain() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""), LoopbackServer.content(BYTES)));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests().get(1)).startsWith("/thing bytes=");
    }

    @Test
    void withoutStrongValidatorNothingIsResumed() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(BYTES, 150_000, "ETag", "W/\"v1\""), LoopbackServer.content(BYTES)));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).containsExactly("/thing", "/thing");
    }

    @Test
    void aPartOfAnotherSourceIsNotResumed() throws Exception {
        server.on("/a", LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""));
        server.on("/b", LoopbackServer.ranges(BYTES, "\"v1\""));
        settings = withAttempts(1);
        assertThat(fetch(thing(server.uri("/a"), server.uri("/b")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).containsExactly("/a", "/b");
    }

    @Test
    void anotherRangeThanAskedForMeansAllAgain() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""),
                        exchange -> {
                            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/200000");
                            exchange.sendResponseHeaders(206, 10);
                            exchange.getResponseBody().write(BYTES, 0, 10);
                        },
                        LoopbackServer.content(BYTES)));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).hasSize(3).last().isEqualTo("/thing");
    }

    @Test
    void aRangeThatIsRefusedMeansAllAgain() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""),
                        LoopbackServer.status(416),
                        LoopbackServer.content(BYTES)));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).hasSize(3).last().isEqualTo("/thing");
    }

    @Test
    void aDamagedPartIsFetchedOnceMoreAsAWhole() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(bytes(200_001), 150_000, "ETag", "\"v1\""),
                        LoopbackServer.ranges(BYTES, "\"v1\"")));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).hasSize(3).last().isEqualTo("/thing");
    }

    @Test
    void aPartThatIsTooLongIsForgotten() throws Exception {
        leavePart(bytes(300_000));
        server.on("/thing", LoopbackServer.content(BYTES));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
    }

    @Test
    void aConnectionThatIsCutAgainAndAgainIsGivenUp() throws Exception {
        server.on("/thing", LoopbackServer.cut(BYTES, 1000));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> fetch(thing(server.uri("/thing"))))
                .withMessageStartingWith(
                        "input thing: it can't be fetched (127.0.0.1:" + server.port() + ": connection lost (")
                .withMessageEndingWith(" (3 attempts)). Next: " + CHECK_NETWORK);
        assertThat(server.requests()).hasSize(3);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(4), Duration.ofMillis(8));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(8), Duration.ofMillis(16));
    }

    @Test
    void headwayIsNoFailure() throws Exception {
        byte[] large = bytes(9 << 20);
        var sent = new AtomicInteger();
        server.on("/large", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (large.length - 1) + "/*");
            exchange.sendResponseHeaders(range == null ? 200 : 206, large.length - from);
            // Under 2 MiB and more than 1 each time, of 9: more cuts than attempts.
            exchange.getResponseBody().write(large, from, Math.min(2 << 20, large.length - from));
            exchange.getResponseBody().flush();
            sent.incrementAndGet();
        });
        Download download = Download.of("large", List.of(server.uri("/large")), large.length, Sha256.of(large));
        assertThat(fetch(download)).hasSize(large.length);
        assertThat(sent.get()).isGreaterThan(3);
    }

    @Test
    void aBusyServerIsAskedAgainAfterAsLongAsItSays() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.status(429, "Retry-After", "7"),
                        LoopbackServer.status(503, "Retry-After", "Thu, 01 Jan 2026 00:00:30 GMT"),
                        LoopbackServer.content(BYTES)));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
    }

    @Test
    void aServerThatAsksForTooMuchPatienceIsLeft() throws Exception {
        server.on("/a", LoopbackServer.status(503, "Retry-After", "3600"));
        assertProblem(
                thing(server.uri("/a")),
                "it can't be fetched (127.0.0.1:" + server.port() + ": HTTP 503, asks to wait 3600 s)",
                CHECK_NETWORK);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void forbiddenIsNotAskedAgain() throws Exception {
        server.on("/a", LoopbackServer.status(403));
        server.on("/b", LoopbackServer.status(401));
        assertProblem(
                thing(server.uri("/a"), server.uri("/b")),
                "it can't be fetched (127.0.0.1:" + server.port() + ": HTTP 403; 127.0.0.1:" + server.port()
                        + ": HTTP 401)",
                CHECK_NETWORK);
        assertThat(server.requests()).containsExactly("/a", "/b");
    }

    @Test
    void whatIsGoneFromEverywhereHasItsOwnText() throws Exception {
        server.on("/b", LoopbackServer.status(410));
        String where = "127.0.0.1:" + server.port();
        String what = "it is gone from all its sources (" + where + ": HTTP 404; " + where + ": HTTP 410)";
        Download thing = thing(server.uri("/a"), server.uri("/b"));
        assertProblem(
                thing,
                what,
                "look for a source that still has it and add it, or redirect one with"
                        + " -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER");
        assertProblem(thing.withVanishedHint("superseded: do this"), what, "superseded: do this");
    }

    @Test
    void anUnreachableHostIsNamedAndLaterAskedOnce() throws Exception {
        URI closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://user:secret@127.0.0.1:" + socket.getLocalPort() + "/thing?token=secret");
        }
        try (Fetcher fetcher = fetcher(Progress.none())) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> fetcher.fetch(thing(closed)))
                    .withMessageStartingWith("input thing: it can't be fetched (127.0.0.1:" + closed.getPort() + ": ")
                    .withMessageContaining("onnection refused (3 attempts))")
                    .withMessageNotContaining("secret");
            assertThat(pauses).hasSize(2);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> fetcher.fetch(thing(closed)))
                    .withMessageContaining("onnection refused)");
            assertThat(pauses).hasSize(2);
        }
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        var given = new CountDownLatch(1);
        server.on("/thing", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(BYTES);
                }
            } finally {
                given.countDown();
            }
        });
        assertProblem(
                thing(server.uri("/thing")), server.uri("/thing") + " has more than the expected 200000 bytes", UPDATE);
        assertThat(given.await(30, TimeUnit.SECONDS))
                .as("the server was cut off")
                .isTrue();
        assertThat(partials()).isEmpty();
    }

    @Test
    void oneByteMoreThanAllowedIsTooMuch() throws Exception {
        server.on("/thing", LoopbackServer.content(BYTES));
        Download exact = new Download(
                "thing",
                List.of(server.uri("/thing")),
                OptionalLong.empty(),
                BYTES.length - 1,
                Check.of(Sha256.of(BYTES)));
        assertProblem(exact, server.uri("/thing") + " has more than the expected 199999 bytes", UPDATE);
    }

    @Test
    void aShortFileIsRefused() throws Exception {
        server.on("/thing", LoopbackServer.content(Arrays.copyOf(BYTES, 10)));
        assertProblem(thing(server.uri("/thing")), server.uri("/thing") + " has 10 bytes instead of 200000", UPDATE);
    }

    @Test
    void anEndWithoutDeclaredLengthMayBeACut() throws Exception {
        LoopbackServer.Behaviour undeclared = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(BYTES, 0, 10);
        };
        server.on("/thing", LoopbackServer.inTurn(undeclared, LoopbackServer.content(BYTES)));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
    }

    @Test
    void emptyContentIsContent() throws Exception {
        server.on("/empty", LoopbackServer.content(new byte[0]));
        Download empty = Download.of("empty", List.of(server.uri("/empty")), 0, Sha256.of(""));
        assertThat(fetch(empty)).isEmptyFile();
    }

    @Test
    void redirectsAreFollowedButTheLoginStaysAtItsHost() throws Exception {
        List<String> logins = new CopyOnWriteArrayList<>();
        try (LoopbackServer other = new LoopbackServer()) {
            LoopbackServer.Behaviour note = exchange ->
                    logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            server.on("/a", both(note, LoopbackServer.status(302, "Location", "/b?x=1")));
            String there = other.uri("/c").toString();
            server.on("/b", both(note, LoopbackServer.status(307, "Location", there)));
            other.on("/c", both(note, LoopbackServer.content(BYTES)));
            URI source = URI.create("http://user:pass@127.0.0.1:" + server.port() + "/a");
            assertThat(fetch(thing(source))).hasBinaryContent(BYTES);
        }
        assertThat(server.requests()).containsExactly("/a", "/b?x=1");
        assertThat(logins).containsExactly("Basic dXNlcjpwYXNz", "Basic dXNlcjpwYXNz", "null");
    }

    private static LoopbackServer.Behaviour both(LoopbackServer.Behaviour first, LoopbackServer.Behaviour second) {
        return exchange -> {
            first.answer(exchange);
            second.answer(exchange);
        };
    }

    @Test
    void redirectsEndAfterFive() throws Exception {
        server.on("/a", LoopbackServer.status(301, "Location", "/a"));
        assertProblem(
                thing(server.uri("/a")),
                "it can't be fetched (127.0.0.1:" + server.port() + ": more than 5 redirects)",
                CHECK_NETWORK);
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void redirectsStayOnSafeGround() throws Exception {
        assertThat(HttpSource.isAllowed(URI.create("https://a"), URI.create("http://a")))
                .isFalse();
        assertThat(HttpSource.isAllowed(URI.create("https://a"), URI.create("https://b")))
                .isTrue();
        assertThat(HttpSource.isAllowed(URI.create("http://a"), URI.create("https://b")))
                .isTrue();
        server.on("/a", LoopbackServer.status(302, "Location", "ftp://example.org/x?secret"));
        server.on("/b", LoopbackServer.status(302, "Location", "file:///etc/hostname"));
        server.on("/c", LoopbackServer.status(302, "Location", "http://[broken"));
        server.on("/d", LoopbackServer.status(302));
        String host = "127.0.0.1:" + server.port();
        String nowhere = host + ": redirect without a usable location";
        assertProblem(
                thing(server.uri("/a"), server.uri("/b"), server.uri("/c"), server.uri("/d")),
                "it can't be fetched (" + host + ": redirect to ftp://example.org/x, which is not https; " + nowhere
                        + "; " + nowhere + "; " + nowhere + ")",
                CHECK_NETWORK);
    }

    @Test
    void aServerThatTricklesIsGivenUp() throws Exception {
        settings = withIdle(Duration.ofMillis(300));
        var over = new CountDownLatch(1);
        server.on("/thing", exchange -> {
            exchange.sendResponseHeaders(200, BYTES.length);
            try {
                for (int i = 0; i < BYTES.length && !over.await(20, TimeUnit.MILLISECONDS); i++) {
                    exchange.getResponseBody().write(BYTES[i]);
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> fetch(thing(server.uri("/thing"))))
                    .matches(problem -> problem.what()
                            .matches("it can't be fetched \\(127.0.0.1:" + server.port()
                                    + ": only [0-9]{1,3} bytes came in 300 ms \\(3 attempts\\)\\)"));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        settings = new FetchSettings(
                Mirrors.none(),
                ProxySettings.none(),
                false,
                1,
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                Duration.ofMillis(8));
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertProblem(
                    thing(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/thing")),
                    "it can't be fetched (127.0.0.1:" + silent.getLocalPort() + ": no answer in 300 ms (2 attempts))",
                    CHECK_NETWORK);
        }
    }

    @Test
    void anUntrustedCertificateIsNotAskedAgain() throws Exception {
        Path keys = temporary.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.start();
        try {
            int port = secure.getAddress().getPort();
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> fetch(thing(URI.create("https://127.0.0.1:" + port + "/thing"))))
                    .withMessageStartingWith("input thing: it can't be fetched (127.0.0.1:" + port
                            + ": its certificate is not trusted (");
        } finally {
            secure.stop(0);
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void filesAndPlainPathsAreSources() throws Exception {
        Path file = Files.write(temporary.resolve("a file+%"), BYTES);
        assertThat(fetch(thing(URI.create("file:///nowhere/at/all"), file.toUri())))
                .hasBinaryContent(BYTES);
        store.find(Sha256.of(BYTES)).ifPresent(blob -> blob.toFile().delete());
        assertThat(fetch(thing(new URI(null, file.toString(), null)))).hasBinaryContent(BYTES);
        assertProblem2(file);
    }

    private void assertProblem2(Path file) throws Exception {
        Files.write(file, bytes(5));
        store.find(Sha256.of(BYTES)).ifPresent(blob -> blob.toFile().delete());
        assertProblem(thing(file.toUri()), file + " has 5 bytes instead of 200000", UPDATE);
        Files.write(file, bytes(200_001));
        assertProblem(thing(file.toUri()), file + " has more than the expected 200000 bytes", UPDATE);
        assertProblem(
                thing(temporary.toUri(), URI.create("gopher://example.org/x")),
                "it can't be fetched (" + temporary + "/: not a file; example.org: not an http, https or file URL)",
                CHECK_NETWORK);
    }

    @Test
    void mirrorsTakeThePlaceOfSources() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("mirror/pool"));
        Files.write(folder.resolve("a+b.deb"), BYTES);
        var rules = new LinkedHashMap<String, String>();
        rules.put("https://example.org/debian", folder.getParent().toString());
        settings = settings.withMirrors(Mirrors.of(rules)).withOffline(true);
        assertThat(fetch(thing(URI.create("https://example.org/debian/pool/a%2Bb.deb"))))
                .hasBinaryContent(BYTES);
    }

    @Test
    void offlineOnlyTheStoreAndLocalSourcesCount() throws Exception {
        server.on("/thing", LoopbackServer.content(BYTES));
        settings = settings.withOffline(true);
        assertProblem(
                thing(server.uri("/thing")),
                "it is not in the store " + store.folder() + ", and Maven is offline (-o)",
                "run once without -o, or redirect a source to a folder with" + " -Dness.mirror.NAME=URL-PREFIX=FOLDER");
        assertThat(server.requests()).isEmpty();
        store.put(Files.write(temporary.resolve("thing"), BYTES));
        assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
    }

    @Test
    void theProxyIsAskedAndLoggedInTo() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.status(407, "Proxy-Authenticate", "Basic realm=\"x\""), exchange -> {
                            assertThat(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))
                                    .isEqualTo("Basic dXNlcjpwYXNz");
                            LoopbackServer.content(BYTES).answer(exchange);
                        }));
        settings = settings.withProxies(
                ProxySettings.fromEnvironment(Map.of("http_proxy", "http://user:pass@127.0.0.1:" + server.port())));
        assertThat(fetch(thing(URI.create("http://example.org/thing")))).hasBinaryContent(BYTES);
        assertThat(server.requests()).containsExactly("http://example.org/thing", "http://example.org/thing");
    }

    @Test
    void aProxyThatWantsALoginIsNamed() throws Exception {
        server.on("/thing", LoopbackServer.status(407, "Proxy-Authenticate", "Basic realm=\"x\""));
        settings = settings.withProxies(new ProxySettings(
                ProxySelector.of(new InetSocketAddress("127.0.0.1", server.port())), Optional.empty()));
        assertProblem(
                thing(URI.create("http://example.org/thing")),
                "it can't be fetched (example.org: HTTP 407: the proxy wants a login)",
                CHECK_NETWORK);
    }

    @Test
    void anotherDigestIsCheckedOverTheFileAndRemembered() throws Exception {
        var computed = new AtomicInteger();
        Check.FileDigest lengthAsDigest = file -> {
            computed.incrementAndGet();
            return "h1:" + Files.size(file);
        };
        server.on("/thing", LoopbackServer.content(BYTES));
        Download right = byDigest("h1:200000", lengthAsDigest);
        assertThat(fetch(right)).hasBinaryContent(BYTES);
        assertThat(fetch(right)).hasBinaryContent(BYTES);
        assertThat(computed).hasValue(1);
        assertThat(server.requests()).hasSize(1);
        assertThat(store.reference("h1", "h1:200000")).contains(Sha256.of(BYTES).toString());
    }

    @Test
    void anotherDigestThatIsWrongOrCannotBeComputedIsRefused() throws Exception {
        server.on("/thing", LoopbackServer.content(BYTES));
        Download wrong = byDigest("h1:7", file -> "h1:" + Files.size(file));
        assertProblem(wrong, server.uri("/thing") + " has h1:200000 instead of h1:7", UPDATE);
        Download malformed = byDigest("h1:7", file -> {
            throw new Problem("zip", "no end record", "nothing");
        });
        assertProblem(
                malformed,
                server.uri("/thing") + " has " + Sha256.of(BYTES) + " (no end record) instead of h1:7",
                UPDATE);
        assertThat(store.reference("h1", "h1:7")).isEmpty();
    }

    private Download byDigest(String identity, Check.FileDigest digest) {
        return new Download(
                "thing",
                List.of(server.uri("/thing")),
                OptionalLong.empty(),
                1 << 20,
                new Check.ByDigest(identity, digest));
    }

    @Test
    void severalAreFetchedAtOnceButNoMoreThanAllowed() throws Exception {
        settings = settings.withConnections(3);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var three = new CountDownLatch(3);
        List<Download> downloads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] bytes = bytes(1000 + i);
            server.on("/" + i, exchange -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                three.countDown();
                try {
                    assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                now.decrementAndGet();
                LoopbackServer.content(bytes).answer(exchange);
            });
            downloads.add(Download.of("n" + i, List.of(server.uri("/" + i)), 1000 + i, Sha256.of(bytes)));
        }
        List<Download> twice = new ArrayList<>(downloads.subList(0, 8));
        twice.add(downloads.get(0));
        try (Fetcher fetcher = fetcher(Progress.none())) {
            // Two callers, as two images that are built at the same time.
            var other = CompletableFuture.supplyAsync(() -> fetched(fetcher, downloads.subList(8, 12)));
            Map<Download, Path> files = fetched(fetcher, twice);
            assertThat(other.join()).hasSize(4);
            assertThat(files.keySet()).containsExactlyElementsOf(downloads.subList(0, 8));
            assertThat(files.get(downloads.get(5))).hasBinaryContent(bytes(1005));
        }
        assertThat(most).hasValue(3);
        assertThat(server.requests()).hasSize(12);
    }

    private static Map<Download, Path> fetched(Fetcher fetcher, List<Download> downloads) {
        try {
            return fetcher.fetchAll(downloads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneFailureEndsTheOthers() throws Exception {
        var begun = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        server.on("/slow", exchange -> {
            begun.countDown();
            waitFor(never);
        });
        server.on("/gone", exchange -> {
            waitFor(begun);
            LoopbackServer.status(404).answer(exchange);
        });
        Download slow = Download.of("slow", List.of(server.uri("/slow")), 3, Sha256.of("abc"));
        Download gone = Download.of("gone", List.of(server.uri("/gone")), 3, Sha256.of("def"));
        try (Fetcher fetcher = fetcher(Progress.none())) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> fetcher.fetchAll(List.of(slow, gone)))
                    .withMessageStartingWith("input gone: it is gone from all its sources");
        } finally {
            never.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDownloadThatAnotherIsAtIsWaitedFor() throws Exception {
        settings = withIdle(Duration.ofHours(1));
        var waiting = new CountDownLatch(1);
        server.on("/thing", exchange -> {
            waitFor(waiting);
            LoopbackServer.content(BYTES).answer(exchange);
        });
        Line.Pause shortPause = duration -> {
            waiting.countDown();
            Thread.sleep(5);
        };
        var threads = Executors.newFixedThreadPool(2);
        try (ContentStore other = ContentStore.open(store.folder());
                Fetcher a =
                        new Fetcher(store, settings, Progress.none(), shortPause, new Random(1), Clock.systemUTC());
                Fetcher b =
                        new Fetcher(other, settings, Progress.none(), shortPause, new Random(1), Clock.systemUTC())) {
            var first = threads.submit(() -> a.fetch(thing(server.uri("/thing"))));
            var second = threads.submit(() -> b.fetch(thing(server.uri("/thing"))));
            assertThat(first.get()).hasBinaryContent(BYTES);
            assertThat(second.get()).isEqualTo(first.get());
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aDownloadThatAnotherDoesNotFinishIsMadeAllTheSame() throws Exception {
        server.on("/thing", LoopbackServer.content(BYTES));
        Pending stuck = store.resume(Sha256.of(BYTES).toString()).orElseThrow();
        try (stuck) {
            assertThat(fetch(thing(server.uri("/thing")))).hasBinaryContent(BYTES);
        }
    }

    @Test
    void progressAddsUpToTheSize() throws Exception {
        server.on(
                "/thing",
                LoopbackServer.inTurn(
                        LoopbackServer.cut(BYTES, 150_000, "ETag", "\"v1\""), LoopbackServer.content(BYTES)));
        List<String> events = new CopyOnWriteArrayList<>();
        long[] sum = {0};
        Progress progress = new Progress() {
            @Override
            public void started(String what, long bytes) {
                events.add("started " + what + " " + bytes);
            }

            @Override
            public synchronized void advanced(String what, long bytes) {
                sum[0] += bytes;
            }

            @Override
            public void finished(String what) {
                events.add("finished " + what);
            }
        };
        try (Fetcher fetcher = fetcher(progress)) {
            fetcher.fetch(thing(server.uri("/thing")));
        }
        assertThat(events).containsExactly("started thing 200000", "finished thing");
        assertThat(sum[0]).isEqualTo(BYTES.length);
    }

    private FetchSettings withAttempts(int attempts) {
        return new FetchSettings(
                settings.mirrors(),
                settings.proxies(),
                settings.offline(),
                settings.connections(),
                attempts,
                settings.connectTimeout(),
                settings.idleTimeout(),
                settings.pause());
    }

    private FetchSettings withIdle(Duration idle) {
        return new FetchSettings(
                settings.mirrors(),
                settings.proxies(),
                settings.offline(),
                settings.connections(),
                settings.attempts(),
                settings.connectTimeout(),
                idle,
                settings.pause());
    }
}
