package network.privateness.reproducible.golang;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;

/**
 * A Go command with an environment of its own: nothing is taken from this process. It and its children are killed when it
 * takes too long, when the thread is interrupted and when this process ends.
 */
record GoCommand(Path command, Path folder, Map<String, String> environment, Duration timeout) {

    private static final int TAIL = 1 << 16;
    private static final long LAST_WORDS_MILLIS = 5_000;

    /** How it ended, and the last 64 KiB of both its outputs. */
    record Result(int exit, String output) {}

    Result run(List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = start(builder);
        Thread killer = new Thread(() -> kill(process));
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            return await(process, arguments);
        } finally {
            kill(process);
            forget(killer);
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new Problem(
                    command.toString(),
                    "can't be started: " + e.getMessage(),
                    "check that programs may run from this folder (mount option noexec) and fit this machine",
                    e);
        }
    }

    private Result await(Process process, List<String> arguments) throws IOException {
        Tail tail = new Tail(process.getInputStream());
        Thread reader = new Thread(tail, "go output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem(
                        "go " + arguments.get(0),
                        "took longer than " + timeout.toMillis() + " ms and was ended",
                        "try again on a less busy machine, or allow it more time");
            }
            // A grandchild that was left behind may keep the pipe open: it is not waited for.
            reader.join(LAST_WORDS_MILLIS);
            return new Result(process.exitValue(), tail.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while go " + arguments.get(0) + " ran").initCause(e);
        }
    }

    private static void kill(Process process) {
        // Children first in the list: they are no longer found once their parent is gone.
        try (Stream<ProcessHandle> children = process.descendants()) {
            List<ProcessHandle> all = new ArrayList<>(children.toList());
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void forget(Thread killer) {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The process is ending, so the hook runs.
        }
    }

    /** Reads to the end and keeps the last bytes. */
    private static final class Tail implements Runnable {

        private final InputStream in;
        private final byte[] ring = new byte[TAIL];
        private long total;

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    add(buffer, n);
                }
            } catch (IOException e) {
                // The pipe was closed with the process: what was read counts.
            }
        }

        private synchronized void add(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                ring[(int) (total++ % TAIL)] = bytes[i];
            }
        }

        synchronized String text() {
            int length = (int) Math.min(total, TAIL);
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = ring[(int) ((total - length + i) % TAIL)];
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
