package network.privateness.reproducible.golang;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Go command that someone installed on this machine: asked for its settings, never used to build. */
record InstalledGo(Path command, Map<String, String> environment) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    static Optional<InstalledGo> onPath(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .flatMap(folder -> command(folder).stream())
                .findFirst()
                .map(command -> new InstalledGo(command, environment));
    }

    /** What {@code go env GOPROXY} says; empty if it fails or says nothing. */
    Optional<String> proxy() {
        try {
            GoCommand.Result result =
                    new GoCommand(command, Path.of("/"), environment, TIMEOUT).run(List.of("env", "GOPROXY"));
            return result.exit() == 0 && !result.output().isBlank()
                    ? Optional.of(result.output().trim())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> command(String folder) {
        try {
            Path command = Path.of(folder).resolve("go");
            return command.isAbsolute() && Files.isExecutable(command) && Files.isRegularFile(command)
                    ? Optional.of(command)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
