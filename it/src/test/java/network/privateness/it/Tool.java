package network.privateness.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine, run to its end in the locale C and the time zone UTC.
 *
 * @param program the file
 * @param environment variables on top of those of this process
 * @param folder where it runs
 * @param input the file that it reads
 */
public record Tool(Path program, Map<String, String> environment, Path folder, Path input) {

    /** Reached only by a program that hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Reads what a program prints, while it prints. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    public Tool {
        environment = new TreeMap<>(environment);
    }

    /** The first program of this name on the PATH. */
    public static Optional<Tool> find(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(Tool::of);
    }

    /** The program of this name; the test goes on only when the machine has it. */
    public static Tool need(String name) {
        Optional<Tool> tool = find(name);
        Requirement.need(tool.isPresent(), "the program " + name);
        return tool.orElseThrow();
    }

    public static Tool of(Path program) {
        return new Tool(
                program, Map.of("LC_ALL", "C", "TZ", "UTC"), Path.of("").toAbsolutePath(), Path.of("/dev/null"));
    }

    public Tool with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Tool(program, more, folder, input);
    }

    public Tool in(Path where) {
        return new Tool(program, environment, where, input);
    }

    public Tool reading(Path file) {
        return new Tool(program, environment, folder, file);
    }

    /** What it prints, without blank space at the ends; it must end well. */
    public String text(Object... arguments) {
        return new String(bytes(arguments), StandardCharsets.UTF_8).strip();
    }

    /** What it prints; it must end well. */
    public byte[] bytes(Object... arguments) {
        return read(InputStream::readAllBytes, arguments);
    }

    /** Reads what it prints to the end; it must end well. */
    public <T> T read(Reading<T> reading, Object... arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(line::add);
        try {
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                return read(reading, line, errors);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", line), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: " + String.join(" ", line), e);
        }
    }

    private <T> T read(Reading<T> reading, List<String> line, Path errors) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(input.toFile())
                .redirectError(errors.toFile())
                .directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            // Its pipe is closed with it, so that the reading ends too.
            CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .execute(process::destroyForcibly);
            T result;
            try (InputStream in = process.getInputStream()) {
                result = reading.read(in);
                in.transferTo(OutputStream.nullOutputStream());
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new AssertionError(
                        String.join(" ", line) + " ended with " + exit + ":\n" + Files.readString(errors));
            }
            return result;
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
