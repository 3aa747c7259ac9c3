package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;

/**
 * The folders in which Go commands work on one main module: a copy of its source, a module cache, and a home, all new, so
 * that nothing of this machine or of an earlier build can count.
 */
final class GoWorkspace {

    private final GoToolchain toolchain;
    private final String name;
    private final Path scratch;
    private final GoSum sum;

    private GoWorkspace(GoToolchain toolchain, String name, Path scratch, GoSum sum) {
        this.toolchain = toolchain;
        this.name = name;
        this.scratch = scratch;
        this.sum = sum;
    }

    /**
     * @param scratch a folder of the caller's, empty or absent; the caller removes it
     * @throws Problem if the source is not what its pin says, or its go.mod or go.sum can't be used
     */
    static GoWorkspace create(GoToolchain toolchain, GoMain main, ModuleSource source, Path scratch)
            throws IOException {
        Path real = Files.createDirectories(scratch).toRealPath();
        Path tree = real.resolve("src");
        if (main instanceof GoMain.Published published) {
            unpack(published.module(), source, tree);
        } else if (main instanceof GoMain.Local local) {
            LocalSource.copy(local.folder(), tree);
        }
        for (String folder : List.of("tmp", "modcache", "proxy")) {
            Files.createDirectory(real.resolve(folder));
        }
        home(real);
        GoMod goMod = GoMod.parse(main.name() + "/go.mod", read(main, tree.resolve("go.mod")));
        Path goSum = tree.resolve("go.sum");
        boolean alone = goMod.require().isEmpty() && Files.notExists(goSum);
        GoSum sum = GoSum.parse(main.name() + "/go.sum", alone ? new byte[0] : read(main, goSum));
        return new GoWorkspace(toolchain, main.name(), real, sum);
    }

    /** The main module's name in messages. */
    String name() {
        return name;
    }

    GoSum sum() {
        return sum;
    }

    /** Go's own cache is safe for several processes, but takes two toolchains of one version for the same. */
    Path sharedCache(Path caches) throws IOException {
        PinnedToolchain pin = toolchain.pin();
        String key = pin.version() + "-" + pin.zip().hex().substring(0, 16);
        return Files.createDirectories(caches.toAbsolutePath().resolve(key)).toRealPath();
    }

    /** The root of a file proxy; empty at first. */
    Path proxyFolder() {
        return scratch.resolve("proxy");
    }

    /** Where Go keeps the files that it got from a proxy. */
    Path downloads() {
        return scratch.resolve("modcache/cache/download");
    }

    /** A folder for a build cache that nobody shares. */
    Path ownCache() {
        return scratch.resolve("gocache");
    }

    /** A Go command in the source tree. */
    GoCommand command(Map<String, String> environment, Duration timeout) {
        return new GoCommand(toolchain.command(), scratch.resolve("src"), environment, timeout);
    }

    /** The whole environment of a Go command for one platform (facts/build-inputs.md §1 has the reasons). */
    Map<String, String> environment(Platform platform, Path cache, String proxy) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", toolchain.root().resolve("bin").toString());
        environment.put("HOME", scratch.resolve("home").toString());
        environment.put("TMPDIR", scratch.resolve("tmp").toString());
        environment.put("GOPATH", scratch.resolve("home/go").toString());
        environment.put("GOMODCACHE", scratch.resolve("modcache").toString());
        environment.put("GOCACHE", cache.toAbsolutePath().toString());
        environment.put("GOPROXY", proxy);
        environment.put("GOOS", platform.os());
        environment.put("GOARCH", platform.architecture());
        environment.put("GOAMD64", "v1");
        environment.put("GOARM64", "v8.0");
        environment.put("GOARM", "7");
        environment.put("CGO_ENABLED", "0");
        environment.put("GO111MODULE", "on");
        environment.put("GOENV", "off");
        environment.put("GOEXPERIMENT", "");
        environment.put("GOFLAGS", "");
        environment.put("GOSUMDB", "off"); // go.sum is enforced all the same
        environment.put("GOTELEMETRY", "off");
        environment.put("GOTOOLCHAIN", "local");
        environment.put("GOWORK", "off");
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return environment;
    }

    private static void unpack(PinnedModule module, ModuleSource source, Path tree) throws IOException {
        H1 found;
        try (ModuleZip zip = ModuleZip.open(source.zip(module), module.id())) {
            found = zip.read(new ZipUnpacking(tree, path -> path, path -> false));
        }
        // Go checks every module but the main one.
        H1 pinned = module.zip().orElseThrow();
        if (!found.equals(pinned)) {
            throw ModuleZip.problem(module.id(), "the zip has " + found + ", the lock says " + pinned);
        }
    }

    /** A home folder with Go's telemetry off: the mode is read from a file only, else commands count themselves there. */
    static Path home(Path scratch) throws IOException {
        Path home = Files.createDirectory(scratch.resolve("home"));
        for (String folder : List.of(".config/go/telemetry", "Library/Application Support/go/telemetry")) {
            Path telemetry = Files.createDirectories(home.resolve(folder));
            Files.writeString(telemetry.resolve("mode"), "off", StandardOpenOption.CREATE_NEW);
        }
        return home;
    }

    private static byte[] read(GoMain main, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Problem(
                    main.name(),
                    "has no " + file.getFileName(),
                    "use a module that has one: it says which modules the program is made of");
        }
        if (Files.size(file) > ModuleZip.MAX_GO_MOD) {
            throw new Problem(
                    main.name() + "/" + file.getFileName(),
                    "has " + Files.size(file) + " bytes, at most " + ModuleZip.MAX_GO_MOD + " are allowed",
                    "check this file");
        }
        return Files.readAllBytes(file);
    }
}
