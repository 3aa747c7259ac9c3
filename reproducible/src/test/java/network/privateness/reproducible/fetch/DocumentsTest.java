package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LoopbackServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsUrlsFilesAndMirrors() throws Exception {
        server.on("/a", LoopbackServer.content(HELLO));
        server.on("/moved", LoopbackServer.status(302, "Location", "/a"));
        Path file = Files.write(folder.resolve("b"), HELLO);
        Documents documents = new Documents(settings());
        assertThat(documents.read(server.uri("/a"), 5)).isEqualTo(HELLO);
        assertThat(documents.read(server.uri("/moved"), 5)).isEqualTo(HELLO);
        assertThat(documents.read(file.toUri(), 5)).isEqualTo(HELLO);
        assertThat(documents.read(URI.create(file.toString()), 5)).isEqualTo(HELLO);
        LinkedHashMap<String, String> mirrors = new LinkedHashMap<>();
        mirrors.put("https://example.org/x", folder.toString());
        assertThat(new Documents(settings().withMirrors(Mirrors.of(mirrors)))
                        .read(URI.create("https://example.org/x/b"), 5))
                .isEqualTo(HELLO);
    }

    @Test
    void longerOnesAreRefused() throws Exception {
        server.on("/a", LoopbackServer.content(HELLO));
        Documents documents = new Documents(settings());
        refused(() -> documents.read(server.uri("/a"), 4)).hasMessage(server.uri("/a") + " is longer than 4 bytes");
        try (ContentStore store = ContentStore.open(folder.resolve("store"));
                Pending pending = store.begin()) {
            refused(() -> documents.copy(List.of(server.uri("/a")), 4, pending))
                    .hasMessage(server.uri("/a") + " is longer than 4 bytes");
        }
    }

    @Test
    void nextSourceIsAskedAndAllFailuresAreTold() throws Exception {
        server.on("/cut", LoopbackServer.cut(HELLO, 3));
        server.on("/a", LoopbackServer.content(HELLO));
        Documents documents = new Documents(settings());
        assertThat(documents.read(List.of(server.uri("/missing"), server.uri("/a")), 5)).isEqualTo(HELLO);
        try (ContentStore store = ContentStore.open(folder.resolve("store"));
                Pending pending = store.begin()) {
            documents.copy(List.of(server.uri("/cut"), server.uri("/a")), 5, pending);
            assertThat(pending.commit()).as("nothing stays of the source that failed").hasBinaryContent(HELLO);
        }
        refused(() -> documents.read(List.of(server.uri("/missing"), folder.resolve("no").toUri()), 5))
                .hasMessage(server.uri("/missing") + " answers 404; " + folder.resolve("no").toUri() + " is not there");
        refused(() -> documents.read(List.of(), 5)).hasMessage("there is no source");
    }

    @Test
    void serverThatStopsSendingIsNotWaitedFor() {
        CountDownLatch end = new CountDownLatch(1);
        server.on("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write(HELLO, 0, 2);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        FetchSettings impatient = new FetchSettings(
                Mirrors.none(),
                ProxySettings.none(),
                false,
                1,
                1,
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ZERO);
        refused(() -> new Documents(impatient).read(server.uri("/slow"), 5))
                .hasMessageMatching("http://127.0.0.1:[0-9]+/slow: nothing came for .*");
        end.countDown();
    }

    @Test
    void whatIsNoAddressIsAnOrdinaryFailure() {
        Documents documents = new Documents(settings());
        refused(() -> documents.read(URI.create("http:/x"), 5)).hasMessage("http:/x is no address of a document");
        refused(() -> documents.read(URI.create("ftp://example.org/x"), 5))
                .hasMessage("ftp://example.org/x is no address of a document");
        refused(() -> documents.read(URI.create("file://host/x"), 5)).hasMessage("file://host/x is no path of a file");
    }

    @Test
    void offlineReadsFilesOnlyAndPasswordsAreNeverShown() throws Exception {
        Path file = Files.write(folder.resolve("b"), HELLO);
        Documents documents = new Documents(settings().withOffline(true));
        assertThat(documents.read(file.toUri(), 5)).isEqualTo(HELLO);
        refused(() -> documents.read(URI.create("https://me:secret@example.org/x"), 5))
                .hasMessage("https://...@example.org/x can't be read: Maven is offline (-o)");
    }

    private static FetchSettings settings() {
        return FetchSettings.defaults();
    }

    private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(IOException.class);
    }
}
