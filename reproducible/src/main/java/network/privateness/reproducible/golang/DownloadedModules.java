package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;

/** Reads the folder in which Go keeps what it downloaded; it is laid out as a proxy is. */
final class DownloadedModules {

    private DownloadedModules() {}

    /** Every module of which there is a go.mod; a zip always comes with one, since Go reads its language version. */
    static SortedSet<ModuleVersion> list(Path downloads) throws IOException {
        SortedSet<ModuleVersion> modules = new TreeSet<>();
        if (!Files.isDirectory(downloads)) {
            return modules; // nothing was needed
        }
        SortedSet<ModuleVersion> zips = new TreeSet<>();
        try (Stream<Path> files = Files.walk(downloads)) {
            files.filter(Files::isRegularFile).map(downloads::relativize).forEach(file -> {
                id(file, ".mod").ifPresent(modules::add);
                id(file, ".zip").ifPresent(zips::add);
            });
        }
        zips.removeAll(modules);
        if (!zips.isEmpty()) {
            throw new Problem(
                    zips.first().toString(),
                    "was downloaded by Go without its go.mod, so it can't be pinned",
                    "run mvn ness:lock again, and report it if that does not help");
        }
        return modules;
    }

    /** {@code github.com/!azure/x/@v/v1.0.0.mod} is Azure/x at v1.0.0. */
    private static Optional<ModuleVersion> id(Path file, String suffix) {
        String path = file.toString();
        int at = path.indexOf("/@v/");
        if (at < 0 || !path.endsWith(suffix)) {
            return Optional.empty();
        }
        return ModulePath.unescape(path.substring(0, at))
                .flatMap(module -> ModulePath.unescape(path.substring(at + 4, path.length() - suffix.length()))
                        .map(version -> new ModuleVersion(module, version)));
    }
}
