package network.privateness.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs processes under GNU time, which adds up the CPU time of all children. */
final class Stopwatch {

    private static final Path GNU_TIME = Path.of("/usr/bin/time");

    /** Nothing here takes nearly as long; a process that hangs must not hang the run. */
    private static final long LIMIT_MINUTES = 60;

    private final Path folder;

    /** @param folder for logs and measures */
    Stopwatch(Path folder) {
        this.folder = folder;
    }

    static boolean isThere() {
        return Files.isExecutable(GNU_TIME);
    }

    Measure run(Contender contender) throws IOException, InterruptedException {
        contender.before().run();
        Path times = folder.resolve("times");
        List<String> command = new ArrayList<>(List.of(GNU_TIME.toString(), "-q", "-f", "%e %U %S %M", "-o"));
        command.add(times.toString());
        command.addAll(contender.command());
        run(contender.name(), command, folder);
        String[] fields = Files.readString(times).strip().split(" ");
        return new Measure(
                Double.parseDouble(fields[0]),
                Double.parseDouble(fields[1]) + Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]) * 1024 / 1e6,
                size(contender.result()) / 1e6);
    }

    /** Runs a process that must succeed; its output goes to a log in the folder. */
    static void run(String name, List<String> command, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        File log = folder.resolve("log").toFile();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", name)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        assertThat(process.exitValue()).as("%s: %s", name, tail(log.toPath())).isZero();
    }

    private static String tail(Path log) throws IOException {
        List<String> lines;
        try (Stream<String> all = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            lines = all.toList();
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    /** Bytes of a file, or of all files below a folder. */
    private static long size(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
