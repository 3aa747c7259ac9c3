package network.privateness.it.goals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.it.Checkout;

/**
 * The Maven that runs this build, started on projects of a test. Its local repository has the plugin of this checkout; what
 * it might want to download comes from the user's local repository, so it needs no network and leaves nothing there.
 */
public final class Maven {

    /** Reached only by a Maven that hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Pattern FAILURE = Pattern.compile(
            "\\[ERROR\\] Failed to execute goal \\S+ (?:\\(\\S+\\) )?on project (\\S+): (.*?)( -> \\[Help \\d+\\])?");

    private final Path settings;
    private final Path repository;
    private final Map<String, String> environment = new TreeMap<>(System.getenv());

    /** @param scratch for its local repository and settings */
    public Maven(Path scratch) throws IOException {
        this.repository = Files.createDirectories(scratch.resolve("repository"));
        Checkout.stage(repository);
        this.settings = Files.writeString(scratch.resolve("settings.xml"), settings());
        environment.put("MAVEN_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
        environment.remove("MAVEN_ARGS");
    }

    /** Sets a variable of the environment, or takes it away if the value is null. */
    public Maven with(String variable, String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return this;
    }

    /**
     * How it ended.
     *
     * @param exit 0 if all goals did what they should
     * @param output all that it printed, by lines
     */
    public record Result(int exit, List<String> output) {

        /** The message of each project that failed. */
        public Map<String, String> failures() {
            Map<String, String> failures = new TreeMap<>();
            for (String line : output) {
                Matcher matcher = FAILURE.matcher(line);
                if (matcher.matches()) {
                    failures.put(matcher.group(1), matcher.group(2));
                }
            }
            return failures;
        }

        /** Lines of stack traces, of which there must be none. */
        public List<String> traces() {
            return output.stream()
                    .filter(line -> line.matches("\\s+at [\\w.$/]+\\(.*\\)|Caused by: .*"))
                    .toList();
        }

        /** What goals said to the user. */
        public String text() {
            return String.join("\n", output);
        }
    }

    /** Runs goals to their end. */
    public Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                System.getProperty("ness.it.maven"),
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                // Who brought an artifact into the user's repository does not matter here.
                "-Dmaven.legacyLocalRepo=true",
                "-Dmaven.repo.local=" + repository,
                "-s",
                settings.toString(),
                "-gs",
                settings.toString()));
        line.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile(settings.getParent(), "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(String.join(" ", line) + " took too long:\n" + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readAllLines(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The repository that Maven knows of itself is the user's local one. */
    private static String settings() {
        String url = Path.of(System.getProperty("ness.it.repository")).toUri().toString();
        String repository = """
                <id>central</id><url>%s</url>
                <releases><updatePolicy>never</updatePolicy></releases><snapshots><enabled>false</enabled></snapshots>
                """.formatted(url);
        return """
                <settings>
                  <profiles><profile>
                    <id>local</id>
                    <repositories><repository>%1$s</repository></repositories>
                    <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>local</activeProfile></activeProfiles>
                </settings>
                """.formatted(repository);
    }
}
