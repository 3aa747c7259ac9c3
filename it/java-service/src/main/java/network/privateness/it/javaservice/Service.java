package network.privateness.it.javaservice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The HTTP server: {@code /health}, {@code /ready} and a page that tells what runs here. */
final class Service implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String page;
    private volatile boolean ready;

    private Service(HttpServer server, String page) {
        this.server = server;
        this.page = page;
    }

    /** Listens when it returns. */
    static Service start(Settings settings) throws IOException {
        Machine machine = Machine.get(settings.overlay());
        String page = "implementation: " + machine.implementation() + "\njava: " + System.getProperty("java.version")
                + "\npage size: " + machine.pageSize() + "\nsystem: " + machine.system() + "\ngreeting: " + greeting()
                + "\n";
        var address = new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.port());
        var service = new Service(HttpServer.create(address, 0), page);
        service.server.setExecutor(service.threads);
        service.server.createContext("/", service::answer);
        service.server.start();
        service.ready = true;
        return service;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    /** Answers what has begun, for a second at most. */
    @Override
    public void close() {
        ready = false;
        server.stop(1);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> send(exchange, OK, page);
                case "/health" -> send(exchange, OK, "alive\n");
                case "/ready" -> send(exchange, ready ? OK : UNAVAILABLE, ready ? "ready\n" : "not ready\n");
                default -> send(exchange, NOT_FOUND, "not found\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Read by the third-party library: without it on the class path nothing starts. */
    private static String greeting() throws IOException {
        try (InputStream in = Service.class.getResourceAsStream("service.yaml")) {
            Map<String, Object> values = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return String.valueOf(values.get("greeting"));
        }
    }
}
