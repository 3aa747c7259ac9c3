package network.privateness.maven.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import network.privateness.reproducible.Problem;

/**
 * One run of a client program.
 *
 * @param program the client
 * @param limit after which it is stopped
 * @param arguments of the client
 */
record EngineCommand(Path program, Duration limit, List<String> arguments) {

    /** Enough for every answer that is read here; the rest is thrown away. */
    private static final int MAX_OUTPUT = 64 << 10;

    /** Writes what the program reads. */
    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * What the program said.
     *
     * @param exit 0 if it did what it should
     * @param out its output without blank space at the ends
     * @param firstError the first line of its errors that is not blank, or nothing
     */
    record Output(int exit, String out, String firstError) {}

    /**
     * Runs it to its end.
     *
     * @throws Problem if it takes too long
     * @throws InterruptedIOException if this thread is interrupted; the program is stopped then
     */
    Output run(Input input) throws IOException {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(arguments);
        Process process = new ProcessBuilder(words).start();
        try {
            // Limited too: a child that outlives the program may keep its output open.
            CompletableFuture<String> out =
                    read(process.getInputStream()).orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture<String> err =
                    read(process.getErrorStream()).orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture<Boolean> inTime = process.onExit()
                    .thenApply(ended -> true)
                    .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS);
            inTime.thenAccept(ended -> {
                if (!ended) {
                    process.destroyForcibly();
                }
            });
            IOException broken = write(process, input);
            if (!inTime.get()) {
                throw new Problem(
                        this.toString(), "did not end within " + limit.toSeconds() + " s", "look at the engine's log");
            }
            Output output = new Output(process.waitFor(), out.get().strip(), firstLine(err.get()));
            if (broken != null && output.exit() == 0) {
                throw new Problem(
                        this.toString(),
                        "ended well, but before it had read all that it was given",
                        "see that it is a client of Docker or Podman, and try again",
                        broken);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while waiting for " + this).initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("can't read what " + this + " says", e.getCause());
        } finally {
            process.destroyForcibly();
        }
    }

    /** @return what went wrong at the program's end of the pipe; a program that refuses its input says why itself */
    private static IOException write(Process process, Input input) throws IOException {
        PipeStream pipe = new PipeStream(process.getOutputStream());
        try {
            input.writeTo(pipe);
            pipe.close();
            return null;
        } catch (IOException e) {
            if (pipe.broken()) {
                return e;
            }
            throw e;
        }
    }

    /** Reads all, so that the program never waits for us, and keeps the beginning. */
    private static CompletableFuture<String> read(InputStream in) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (in) {
                        ByteArrayOutputStream kept = new ByteArrayOutputStream();
                        kept.write(in.readNBytes(MAX_OUTPUT));
                        in.transferTo(OutputStream.nullOutputStream());
                        text.complete(kept.toString(StandardCharsets.UTF_8));
                    } catch (IOException | UncheckedIOException e) {
                        text.completeExceptionally(e);
                    }
                },
                "ness-engine-output");
        reader.setDaemon(true);
        reader.start();
        return text;
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("nothing");
    }

    /** The command line. */
    @Override
    public String toString() {
        return program.getFileName() + " " + String.join(" ", arguments);
    }
}
