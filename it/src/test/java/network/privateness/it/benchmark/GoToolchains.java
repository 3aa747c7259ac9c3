package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import network.privateness.it.Requirement;
import network.privateness.reproducible.store.ContentStore;

/** The Go toolchains that builds have unpacked into the user's store. */
final class GoToolchains {

    private GoToolchains() {}

    static Path newest() throws IOException {
        Path toolchains = ContentStore.defaultFolder(System.getenv(), System.getProperty("user.home"))
                .resolve("folders/go-toolchain");
        Requirement.need(Files.isDirectory(toolchains), "the Go toolchain that mvn package unpacks into the store");
        try (Stream<Path> found = Files.list(toolchains)) {
            return found.filter(toolchain -> Files.isExecutable(toolchain.resolve("bin/go")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }
}
