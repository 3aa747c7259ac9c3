package network.privateness.reproducible.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import network.privateness.reproducible.Problem;

/** A program that is run with an empty environment, a time-out and a bound on what is kept of its output. */
final class ChildProcess {

    private static final int MAX_OUTPUT_BYTES = 64 << 10;

    private ChildProcess() {}

    /**
     * @param exit the program's exit code
     * @param output the start of what it printed, standard and error output together
     */
    record Result(int exit, String output) {}

    /** @throws Problem if the time is over: then the program was ended */
    static Result run(String where, List<String> command, Duration timeout) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options in variables such as JDK_JAVA_OPTIONS and locale settings would change what is written.
        builder.environment().clear();
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            var output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new Problem(
                        where,
                        command.get(0) + " did not end within " + timeout.toSeconds() + " s",
                        "look whether the machine is overloaded or the disk is full, then build again");
            }
            return new Result(process.exitValue(), output.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream in) {
        try (in) {
            byte[] kept = in.readNBytes(MAX_OUTPUT_BYTES);
            in.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
