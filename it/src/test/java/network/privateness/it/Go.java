package network.privateness.it;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import network.privateness.reproducible.store.ContentStore;

/** The Go command of this machine: the one on the PATH, else one that a build of ours has unpacked. */
public record Go(Tool tool) {

    /** The test goes on only when there is one. */
    public static Go need() throws IOException {
        Optional<Tool> tool = Tool.find("go").or(Go::unpacked);
        Requirement.need(tool.isPresent(), "the program go");
        return new Go(tool.orElseThrow());
    }

    private static Optional<Tool> unpacked() {
        Path store = Optional.ofNullable(System.getProperty("ness.store"))
                .map(Path::of)
                .orElseGet(() -> ContentStore.defaultFolder(System.getenv(), System.getProperty("user.home")));
        Path toolchains = store.resolve("folders/go-toolchain");
        PathMatcher programs = FileSystems.getDefault().getPathMatcher("glob:" + toolchains + "/*/bin/go");
        try (Stream<Path> files = Files.isDirectory(toolchains) ? Files.walk(toolchains, 3) : Stream.empty()) {
            return files.filter(programs::matches)
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .map(Tool::of);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
