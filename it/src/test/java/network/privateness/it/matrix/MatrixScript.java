package network.privateness.it.matrix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import network.privateness.it.Requirement;
import org.junit.jupiter.api.Assertions;

/** Runs {@code it/matrix/matrix.sh} with the Maven and the repository of this build; what it prints is printed. */
final class MatrixScript {

    /** Longer than any machine needs; reached only by a failure. */
    private static final long PATIENCE_MINUTES = 60;

    private MatrixScript() {}

    /** @return its exit code */
    static int run(List<String> arguments) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("ness.root")).toRealPath();
        Requirement.need(Files.isExecutable(Path.of("/bin/bash")), "bash");
        List<String> command = new ArrayList<>(List.of("/bin/bash", "it/matrix/matrix.sh"));
        command.addAll(arguments);
        if (Boolean.getBoolean("ness.it.required")) {
            command.add("--required");
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).inheritIO();
        Map<String, String> environment = builder.environment();
        set(environment, "MAVEN", System.getProperty("ness.it.maven", ""));
        set(environment, "MAVEN_REPOSITORY", System.getProperty("localRepository", ""));
        set(environment, "NESS_STORE", System.getProperty("ness.store", ""));
        // Maven's own; a Maven inside must find its own.
        environment.keySet().removeAll(List.of("MAVEN_CMD_LINE_ARGS", "MAVEN_PROJECTBASEDIR", "CLASSPATH"));
        Process process = builder.redirectInput(new File("/dev/null")).start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                Assertions.fail("the matrix hangs");
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static void set(Map<String, String> environment, String name, String value) {
        if (!value.isEmpty()) {
            environment.put(name, value);
        }
    }
}
