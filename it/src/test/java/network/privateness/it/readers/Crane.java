package network.privateness.it.readers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.it.Go;
import network.privateness.it.Requirement;
import network.privateness.it.Tool;
import network.privateness.reproducible.store.ContentStore;

/**
 * The program crane of go-containerregistry. This machine's Go builds it, once per version: it stays in the user's cache
 * folder, beside our store.
 */
record Crane(Tool tool) {

    private static final String MODULE = "github.com/google/go-containerregistry";
    private static final String VERSION = "v0.22.1";
    private static final Pattern SERVING = Pattern.compile(".*serving on port ([0-9]+)");

    /** The test goes on only if crane is there or can be built. */
    static synchronized Crane need() throws IOException {
        Path cache = ContentStore.defaultFolder(System.getenv(), System.getProperty("user.home"))
                .resolveSibling("ness-it");
        Path program = cache.resolve("crane-" + VERSION);
        if (!Files.isExecutable(program)) {
            build(cache, program);
        }
        return new Crane(Tool.of(program));
    }

    private static void build(Path cache, Path program) throws IOException {
        Files.createDirectories(cache);
        Path folder = Files.createTempDirectory(cache, "crane");
        try {
            Go.need()
                    .tool()
                    .with("GOBIN", folder.toString())
                    .with("CGO_ENABLED", "0")
                    .in(folder)
                    .text("install", MODULE + "/cmd/crane@" + VERSION);
            Files.move(folder.resolve("crane"), program, StandardCopyOption.ATOMIC_MOVE);
        } catch (AssertionError e) {
            // Some module proxies refuse some modules.
            Requirement.need(false, "crane " + VERSION + ", which its Go can't build: " + e.getMessage());
        } finally {
            Files.deleteIfExists(folder.resolve("crane"));
            Files.delete(folder);
        }
    }

    /** Crane's own registry, on a free port of the loopback interface. */
    Registry serve(Path folder) throws IOException {
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(
                        tool.program().toString(),
                        "registry",
                        "serve",
                        "--address",
                        "127.0.0.1:0",
                        "--disk",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        Optional<String> port = Optional.empty();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null && port.isEmpty(); ) {
            said.append(line).append('\n');
            Matcher matcher = SERVING.matcher(line);
            port = matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
            line = port.isEmpty() ? log.readLine() : null;
        }
        if (port.isEmpty()) {
            process.destroyForcibly();
            throw new AssertionError("crane's registry does not start: " + said);
        }
        Thread drain = new Thread(
                () -> {
                    try (log) {
                        log.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // The registry was ended.
                    }
                },
                "crane registry");
        drain.setDaemon(true);
        drain.start();
        return new Registry(process, "127.0.0.1:" + port.get());
    }

    /**
     * A registry that ends when it is closed.
     *
     * @param address host and port
     */
    record Registry(Process process, String address) implements AutoCloseable {

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
