package network.privateness.reproducible.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.GoBuild;
import network.privateness.reproducible.golang.GoMain;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;

/** Builds Go programs from the lock; one working copy serves all platforms of a program. */
public final class GoPrograms {

    /** Flags and environment of {@link GoBuild}; another number means other bytes for the same inputs. */
    private static final int BUILD_RULES = 1;

    private final Lock lock;
    private final Inputs inputs;
    private final ContentStore store;
    private final String host;
    private final Path scratch;

    /** The compiler uses all cores, the linker one: two builds at a time fill a machine, more only fill its memory. */
    private final Semaphore builds = new Semaphore(2);

    private final Map<String, GoBuild> prepared = new HashMap<>();

    /**
     * @param host the build host as toolchains are named: {@code linux-amd64}
     * @param scratch for working copies; removed by the caller
     */
    GoPrograms(Lock lock, Inputs inputs, ContentStore store, String host, Path scratch) {
        this.lock = lock;
        this.inputs = inputs;
        this.store = store;
        this.host = host;
        this.scratch = scratch;
    }

    /** The name of a program in the lock. */
    public static String name(Install.Go install, Path imageFolder) {
        return install.local()
                ? imageFolder.getFileName() + "/" + install.target().substring(2)
                : install.target();
    }

    Recipe describe(Recipe recipe, Install.Go install, Path imageFolder, Platform platform) throws IOException {
        PinnedProgram program = lock.program(name(install, imageFolder));
        // Toolchains of all hosts make the same bytes, so only the version counts.
        recipe.input("go", toolchain().version());
        if (install.local()) {
            Path folder = imageFolder.resolve(install.target());
            try (Stream<Path> files = Files.walk(folder)) {
                TreeMap<String, Path> sorted = new TreeMap<>();
                files.filter(Files::isRegularFile)
                        .forEach(file -> sorted.put(folder.relativize(file).toString(), file));
                for (Map.Entry<String, Path> file : sorted.entrySet()) {
                    recipe.input("source " + file.getKey(), Sha256.of(file.getValue()));
                }
            }
        }
        for (PinnedModule module : lock.modules(program)) {
            recipe.input("module " + module.id(), module.zip().orElse(module.mod()));
        }
        recipe.rule("go build", BUILD_RULES);
        recipe.rule("program", install.target());
        recipe.rule("variables", install.variables());
        recipe.rule("platform", platform);
        recipe.rule("to", install.to());
        return recipe;
    }

    /** The program as a file that lives as long as the scratch folder. */
    Path build(Install.Go install, Path imageFolder, Platform platform) throws IOException, InterruptedException {
        PinnedProgram program = lock.program(name(install, imageFolder));
        builds.acquire();
        try {
            GoBuild build = prepare(program, install, imageFolder);
            Path output = Files.createTempDirectory(scratch, "program").resolve("program");
            build.build(platform, pattern(program, install), new TreeMap<>(install.variables()), output);
            return output;
        } finally {
            builds.release();
        }
    }

    private GoBuild prepare(PinnedProgram program, Install.Go install, Path imageFolder) throws IOException {
        synchronized (prepared) {
            GoBuild known = prepared.get(program.program());
            if (known != null) {
                return known;
            }
            List<PinnedModule> modules = lock.modules(program);
            inputs.prefetch(toolchain(), modules);
            GoToolchain toolchain = GoToolchain.unpack(toolchain(), inputs, store.folder("go-toolchain"));
            GoMain main = install.local()
                    ? new GoMain.Local(imageFolder.resolve(install.target()).normalize())
                    : new GoMain.Published(main(program, modules));
            GoBuild build = GoBuild.prepare(
                    toolchain,
                    main,
                    modules.stream().filter(module -> !isMain(program, module)).toList(),
                    inputs,
                    Files.createTempDirectory(scratch, "go"),
                    store.folder("go-build"),
                    GoBuild.DEFAULT_TIMEOUT);
            prepared.put(program.program(), build);
            return build;
        }
    }

    private PinnedToolchain toolchain() {
        return lock.toolchain(host);
    }

    private static PinnedModule main(PinnedProgram program, List<PinnedModule> modules) {
        return modules.stream()
                .filter(module -> isMain(program, module))
                .findFirst()
                .orElseThrow(() -> new network.privateness.reproducible.Problem(
                        Lock.FILE,
                        "it does not hold the Go module " + program.module() + "@" + program.version(),
                        Lock.RUN_LOCK));
    }

    private static boolean isMain(PinnedProgram program, PinnedModule module) {
        return module.module().equals(program.module()) && module.version().equals(program.version());
    }

    /** The package below the main module: {@code ./cmd/ipfs}. */
    private static String pattern(PinnedProgram program, Install.Go install) {
        if (install.local() || install.target().equals(program.module())) {
            return ".";
        }
        return "." + install.target().substring(program.module().length());
    }
}
