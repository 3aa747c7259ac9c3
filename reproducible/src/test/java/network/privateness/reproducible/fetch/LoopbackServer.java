package network.privateness.reproducible.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback whose paths behave as a test says, and which notes what it was asked. */
final class LoopbackServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What a path does. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    LoopbackServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(uri + (range == null ? "" : " " + range));
            behaviours.getOrDefault(uri.getPath(), status(404)).answer(exchange);
        }
    }

    void on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    /** Path and range of all requests so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** One behaviour after the other; the last one stays. */
    static Behaviour inTurn(Behaviour... behaviours) {
        var next = new AtomicInteger();
        return exchange -> behaviours[Math.min(next.getAndIncrement(), behaviours.length - 1)].answer(exchange);
    }

    static Behaviour status(int status, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Behaviour content(byte[] bytes, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Says that all will come, and cuts the connection after some. */
    static Behaviour cut(byte[] bytes, int after, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, after);
            exchange.getResponseBody().flush();
        };
    }

    /** Sends the part that is asked for if the validator is this, else all of it. */
    static Behaviour ranges(byte[] bytes, String etag) {
        return exchange -> {
            var asked = exchange.getRequestHeaders();
            if (asked.getFirst("Range") == null || !etag.equals(asked.getFirst("If-Range"))) {
                content(bytes, "ETag", etag).answer(exchange);
                return;
            }
            int from = Integer.parseInt(asked.getFirst("Range").replaceAll("\\D", ""));
            byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
            set(
                    exchange,
                    "ETag",
                    etag,
                    "Content-Range",
                    "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            exchange.sendResponseHeaders(206, rest.length);
            exchange.getResponseBody().write(rest);
        };
    }

    private static void set(HttpExchange exchange, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
