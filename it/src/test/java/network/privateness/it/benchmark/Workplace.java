package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.privateness.it.Requirement;

/** Where benchmarks run and what the machine is. */
final class Workplace {

    /** The checkout. */
    static final Path ROOT =
            Path.of(System.getProperty("ness.root", "..")).toAbsolutePath().normalize();

    private Workplace() {}

    /** A folder of a row, which is kept for those who look. */
    static Path folder(String name) throws IOException {
        return Files.createDirectories(ROOT.resolve("it/target/benchmarks").resolve(name));
    }

    /** How often each contender has its turn. */
    static int rounds(int usual) {
        return Integer.getInteger("ness.benchmark.rounds", usual);
    }

    static void need(String... programs) {
        Requirement.need(Stopwatch.isThere(), "GNU time (package time)");
        for (String program : programs) {
            Requirement.need(find(program), program);
        }
    }

    private static boolean find(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Command line of a main class of these tests, on a given JDK. */
    static List<String> java(Path home, Class<?> main, Object... arguments) {
        Stream<String> options = Stream.of(
                home.resolve("bin/java").toString(), "-Xmx512m", "-cp", System.getProperty("java.class.path"));
        return Stream.concat(
                        Stream.concat(options, Stream.of(main.getName())),
                        Stream.of(arguments).map(Object::toString))
                .toList();
    }

    /** The JDK that runs these tests. */
    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    static void delete(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }

    /** What decides how fast it is, and how busy it was. */
    static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("processor", line(Path.of("/proc/cpuinfo"), "model name"));
        machine.put("kernel", System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.version"));
        machine.put("load", line(Path.of("/proc/loadavg"), ""));
        return machine;
    }

    private static String line(Path file, String prefix) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(prefix))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
