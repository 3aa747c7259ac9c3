package network.privateness.it.containers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Drives a container engine by its command line ({@code ness.it.engine}, default {@code docker}).
 *
 * <p>Everything it makes carries one random prefix and is removed by {@link #close()}. Where no engine answers, tests are skipped
 * loudly; with {@code -Dness.it.required=true} they fail.
 */
public final class Engine implements AutoCloseable {

    /** What a command printed and how it ended. */
    public record Result(int exit, String output, String errors) {

        /** Both streams, for messages whose stream does not matter. */
        public String all() {
            return output + errors;
        }
    }

    /** Longer than anything a healthy machine needs, also under emulation; reached only by a failure. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    public static final String COMMAND = System.getProperty("ness.it.engine", "docker");

    private final String prefix =
            "ness-it-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";
    private final List<String> containers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private final List<String> networks = new ArrayList<>();
    /** With an image that can empty them. */
    private final Map<Path, String> folders = new TreeMap<>();

    private int made;

    private Engine() {}

    /** The engine, or an aborted test. */
    public static Engine open() {
        String version = "";
        try {
            Result result = run(List.of("version", "--format", "{{.Server.Version}}"));
            if (result.exit() == 0) {
                return new Engine();
            }
            version = result.all();
        } catch (UncheckedIOException e) {
            version = e.getMessage();
        }
        String reason = "no container engine answers to `" + COMMAND + " version`: " + version.strip();
        if (Boolean.getBoolean("ness.it.required")) {
            throw new AssertionError(reason);
        }
        System.err.println("SKIPPED: " + reason + " (ness.it.required=true makes this a failure)");
        return Assumptions.abort(reason);
    }

    /** A started container. */
    Container start(String image, List<String> options) {
        return start(image, options, List.of());
    }

    Container start(String image, List<String> options, List<String> command) {
        String name = name();
        containers.add(name);
        List<String> arguments = new ArrayList<>(List.of("run", "-d", "--name", name));
        arguments.addAll(options);
        arguments.add(image);
        arguments.addAll(command);
        succeed(arguments);
        return new Container(name, image, image);
    }

    /** Runs a container to its end and removes it. */
    public Result runOnce(String image, List<String> options, List<String> command) {
        String name = name();
        containers.add(name);
        List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--name", name));
        arguments.addAll(options);
        arguments.add(image);
        arguments.addAll(command);
        return run(arguments);
    }

    String volume() {
        String name = name();
        volumes.add(name);
        succeed(List.of("volume", "create", name));
        return name;
    }

    String network() {
        String name = name();
        networks.add(name);
        succeed(List.of("network", "create", name));
        return name;
    }

    /** Gives a folder of this machine, as the engine sees it, to {@code owner}; it is emptied at the end. */
    void give(Path folder, String owner, String image) {
        folders.put(folder, image);
        Result result = runOnce(
                image,
                List.of(
                        "--user",
                        "0:0",
                        "--network",
                        "none",
                        "-v",
                        folder + ":/folder",
                        "--entrypoint",
                        "/usr/bin/busybox"),
                List.of("chown", owner, "/folder"));
        if (result.exit() != 0) {
            throw new AssertionError("chown " + owner + " " + folder + ": " + result.all());
        }
    }

    /** Writes a file into a volume or folder as {@code owner}, before any container of the test uses it. */
    void write(String volume, String path, String content, String owner, String image) {
        String script = "busybox mkdir -p \"$(busybox dirname \"/folder/$1\")\" && printf %s \"$2\" >\"/folder/$1\""
                + " && busybox chown -R \"$3\" /folder";
        Result result = runOnce(
                image,
                List.of("--user", "0:0", "--network", "none", "-v", volume + ":/folder", "--entrypoint", "/usr/bin/sh"),
                List.of("-c", script, "sh", path, content, owner));
        if (result.exit() != 0) {
            throw new AssertionError("write " + path + ": " + result.all());
        }
    }

    /** Polls until {@code condition} holds. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted: " + what, e);
            }
        }
    }

    @Override
    public void close() {
        for (String container : containers) {
            run(List.of("rm", "-f", "-v", container));
        }
        folders.forEach((folder, image) -> {
            // Files of another user: only a container of that engine may remove them.
            runOnce(
                    image,
                    List.of(
                            "--user",
                            "0:0",
                            "--network",
                            "none",
                            "-v",
                            folder + ":/folder",
                            "--entrypoint",
                            "/usr/bin/sh"),
                    List.of("-c", "busybox rm -rf /folder/* /folder/.[!.]*"));
        });
        for (String volume : volumes) {
            run(List.of("volume", "rm", "-f", volume));
        }
        for (String network : networks) {
            run(List.of("network", "rm", network));
        }
    }

    private String name() {
        return prefix + ++made;
    }

    private static Result succeed(List<String> arguments) {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new AssertionError(
                    COMMAND + " " + String.join(" ", arguments) + " ended with " + result.exit() + ": " + result.all());
        }
        return result;
    }

    public static Result run(List<String> arguments) {
        return run(arguments, "");
    }

    static Result run(List<String> arguments, String input) {
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of(COMMAND), arguments.stream())
                            .toList())
                    .start();
            Reader output = new Reader(process.getInputStream());
            Reader errors = new Reader(process.getErrorStream());
            try (var stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The command may end without reading its input.
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(COMMAND + " " + String.join(" ", arguments) + " hangs");
            }
            return new Result(process.exitValue(), output.text(), errors.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * A container by name.
     *
     * @param image that it runs
     * @param tools the image that looks at it
     */
    record Container(String name, String image, String tools) {

        /** For an image without a shell. */
        Container lookedAtWith(String tools) {
            return new Container(name, image, tools);
        }

        /** Runs a tool among the processes and volumes of this container. */
        Result look(String user, String... command) {
            if (tools.equals(image)) {
                return execAs(user, command);
            }
            List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--network", "none"));
            arguments.addAll(List.of("--pid", "container:" + name, "--volumes-from", name, "--user", user));
            arguments.addAll(List.of("--entrypoint", "/usr/bin/busybox", tools));
            arguments.addAll(List.of(command));
            return run(arguments);
        }

        /** Runs a command inside as the image's user. */
        Result exec(String... command) {
            return run(
                    Stream.concat(Stream.of("exec", name), Stream.of(command)).toList());
        }

        /** Runs a command inside with text on its standard input. */
        Result execWithInput(String input, String... command) {
            return run(
                    Stream.concat(Stream.of("exec", "-i", name), Stream.of(command))
                            .toList(),
                    input);
        }

        /** Runs a command inside as the user that the service runs as, who alone can read its secrets. */
        Result execAs(String user, String... command) {
            return run(Stream.concat(Stream.of("exec", "-u", user, name), Stream.of(command))
                    .toList());
        }

        String text(String... command) {
            Result result = exec(command);
            if (result.exit() != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + result.exit() + ": "
                        + result.all() + "\n" + logs());
            }
            return result.output().strip();
        }

        String logs() {
            return run(List.of("logs", name)).all();
        }

        String inspect(String format) {
            return succeed(List.of("inspect", "-f", format, name)).output().strip();
        }

        boolean running() {
            return inspect("{{.State.Running}}").equals("true");
        }

        /** Fails at once, with the log, when the container ends instead. */
        Container awaits(String what, String... command) {
            await(what + " in " + name, () -> {
                if (!running()) {
                    throw new AssertionError(name + " ended: " + logs());
                }
                return exec(command).exit() == 0;
            });
            return this;
        }

        /** Exit code after SIGTERM; 137 when five seconds were not enough. */
        int stop() {
            return stop(5);
        }

        int stop(int seconds) {
            succeed(List.of("stop", "-t", Integer.toString(seconds), name));
            return Integer.parseInt(inspect("{{.State.ExitCode}}"));
        }

        void kill() {
            succeed(List.of("kill", "-s", "KILL", name));
            ended();
        }

        /** Starts the same container again, as an engine does after a crash of the machine. */
        Container again() {
            succeed(List.of("start", name));
            return this;
        }

        /** Exit code of a container that ends by itself. */
        int ended() {
            await("end of " + name, () -> !running());
            return Integer.parseInt(inspect("{{.State.ExitCode}}"));
        }

        /** Port of this machine's loopback where a published port answers. */
        int published(String port) {
            String address = succeed(List.of("port", name, port))
                    .output()
                    .lines()
                    .findFirst()
                    .orElseThrow();
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }

        /** Value of a line of {@code /proc/1/status}. */
        String status(String key) {
            Result found = look("0:0", "grep", "^" + key + ":", "/proc/1/status");
            if (found.exit() != 0) {
                throw new AssertionError("no " + key + ": " + found.all() + logs());
            }
            return found.output().strip().substring(key.length() + 1).strip();
        }

        /** States of all processes, e.g. R, S, Z. */
        Set<String> states() {
            return Set.of(look(
                            "0:0",
                            "sh",
                            "-c",
                            "for p in /proc/[0-9]*; do busybox sed -n 's/^State:.\\(.\\).*/\\1/p' $p/status; done"
                                    + " 2>/dev/null | busybox sort -u")
                    .output()
                    .strip()
                    .split("\\s+"));
        }
    }

    /** Drains a stream, so that no process blocks on a full pipe. */
    private static final class Reader {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread thread;

        Reader(InputStream stream) {
            thread = new Thread(() -> {
                try (stream) {
                    stream.transferTo(bytes);
                } catch (IOException e) {
                    // The process has ended; what came before is kept.
                }
            });
            thread.start();
        }

        String text() throws InterruptedException {
            thread.join(PATIENCE.toMillis());
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
