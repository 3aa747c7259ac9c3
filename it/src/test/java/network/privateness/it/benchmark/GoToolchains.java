package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import network.privateness.it.Requirement;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.store.ContentStore;

/** The Go toolchains that builds have unpacked into the user's store. */
final class GoToolchains {

    private GoToolchains() {}

    /** The one that the images are locked to; another one may not compile their programs. */
    static Path locked() throws IOException {
        String version = LockReader.read(Workplace.ROOT.resolve("images/ness.lock"), "images/ness.lock")
                .toolchains()
                .get(0)
                .version();
        Path toolchains = ContentStore.defaultFolder(System.getenv(), System.getProperty("user.home"))
                .resolve("folders/go-toolchain");
        Requirement.need(Files.isDirectory(toolchains), "the Go toolchain that mvn package unpacks into the store");
        try (Stream<Path> found = Files.list(toolchains)) {
            Optional<Path> toolchain = found.filter(
                            one -> one.getFileName().toString().startsWith(version + "."))
                    .filter(one -> Files.isExecutable(one.resolve("bin/go")))
                    .findFirst();
            Requirement.need(
                    toolchain.isPresent(), "the toolchain " + version + ", which mvn package unpacks into the store");
            return toolchain.orElseThrow();
        }
    }
}
