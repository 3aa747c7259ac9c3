package network.privateness.reproducible.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.GoBuild;
import network.privateness.reproducible.golang.GoMain;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.golang.LicenseTexts;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Scratch;

/**
 * Builds Go programs from the lock. One working copy serves all platforms of a program that are built at the same time;
 * it goes with the last of them, as it takes up to 700 MB.
 */
public final class GoPrograms {

    /** Flags and environment of {@link GoBuild}; another number means other bytes for the same inputs. */
    private static final int BUILD_RULES = 1;

    private static final String BIN = "/usr/bin/";

    /** How {@link LicenseTexts} collects; as before. */
    private static final int LICENSE_RULES = 1;

    private final Lock lock;
    private final Inputs inputs;
    private final ContentStore store;
    private final String host;
    private final BuildLog log;

    /** The compiler uses all cores, the linker one: two builds at a time fill a machine, more only fill its memory. */
    private final Semaphore builds = new Semaphore(2);

    private final Map<String, WorkingCopy> copies = new HashMap<>();

    /** @param host the build host as toolchains are named: {@code linux-amd64} */
    GoPrograms(Lock lock, Inputs inputs, ContentStore store, String host, BuildLog log) {
        this.lock = lock;
        this.inputs = inputs;
        this.store = store;
        this.host = host;
        this.log = log;
    }

    /** Made by the first that needs it; {@code users} belongs to {@link #copies}. */
    private static final class WorkingCopy {
        private int users;
        private Optional<Scratch> scratch = Optional.empty();
        private Optional<GoBuild> build = Optional.empty();
    }

    /** The name of a program in the lock. */
    public static String name(Install.Go install) {
        if (!install.local()) {
            return install.target();
        }
        Path folder = install.folder().resolve(install.target()).normalize();
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }

    Recipe describe(Recipe recipe, Install.Go install, Platform platform) throws IOException {
        PinnedProgram program = lock.program(name(install));
        // Toolchains of all hosts make the same bytes, so only the version counts.
        recipe.input("go", toolchain().version());
        if (install.local()) {
            describe(recipe, install.folder().resolve(install.target()).normalize());
        }
        for (PinnedModule module : lock.modules(program)) {
            recipe.input("module " + module.id(), module.zip().orElse(module.mod()));
        }
        recipe.rule("go build", BUILD_RULES);
        recipe.rule("licences", LICENSE_RULES);
        recipe.rule("program", install.target());
        recipe.rule("variables", install.variables());
        recipe.rule("platform", platform);
        recipe.rule("to", install.to());
        if (!install.to().startsWith(BIN)) {
            recipe.rule("licences in", copyright(install));
        }
        return recipe;
    }

    private static void describe(Recipe recipe, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Problem(
                    folder.toString(), "there is no such folder", "create it with go.mod, go.sum and sources");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            TreeMap<String, Path> sorted = new TreeMap<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> sorted.put(folder.relativize(file).toString(), file));
            for (Map.Entry<String, Path> file : sorted.entrySet()) {
                recipe.input("source " + file.getKey(), Sha256.of(file.getValue()));
            }
        }
    }

    /** @param folder where the program's file is put; it belongs to the caller */
    Path build(Install.Go install, Platform platform, Path folder) throws IOException, InterruptedException {
        PinnedProgram program = lock.program(name(install));
        WorkingCopy copy = enter(program);
        try {
            builds.acquire();
            try {
                log.programStarted(program.program(), platform);
                Path output = folder.resolve("program");
                prepared(copy, program, install)
                        .build(platform, pattern(program, install), new TreeMap<>(install.variables()), output);
                log.programBuilt(program.program(), platform);
                return output;
            } finally {
                builds.release();
            }
        } finally {
            leave(program, copy);
        }
    }

    /** Where the licences stand, as those of Debian's packages do: {@code /usr/share/doc/ipfs/copyright}. */
    static String copyright(Install.Go install) {
        String name =
                install.to().replaceFirst("^/(usr/)?(s?bin/|lib/ness/)?", "").replace('/', '-');
        return "/usr/share/doc/" + name + "/copyright";
    }

    /** The licences of all that is in the program; call it after {@link #build}, which has checked the modules. */
    byte[] licenses(Install.Go install) throws IOException {
        List<PinnedModule> modules = lock.modules(lock.program(name(install)));
        return LicenseTexts.of(toolchain(), modules, inputs).bytes();
    }

    private WorkingCopy enter(PinnedProgram program) {
        synchronized (copies) {
            WorkingCopy copy = copies.computeIfAbsent(program.program(), name -> new WorkingCopy());
            copy.users++;
            return copy;
        }
    }

    private void leave(PinnedProgram program, WorkingCopy copy) throws IOException {
        synchronized (copies) {
            copy.users--;
            if (copy.users > 0) {
                return;
            }
            copies.remove(program.program());
        }
        if (copy.scratch.isPresent()) {
            copy.scratch.get().close();
        }
    }

    private GoBuild prepared(WorkingCopy copy, PinnedProgram program, Install.Go install) throws IOException {
        synchronized (copy) {
            if (copy.build.isEmpty()) {
                // One that a failure left half made is not used again.
                if (copy.scratch.isPresent()) {
                    copy.scratch.get().close();
                }
                Scratch scratch = store.scratch("go");
                copy.scratch = Optional.of(scratch);
                copy.build = Optional.of(prepare(program, install, scratch.path()));
            }
            return copy.build.get();
        }
    }

    private GoBuild prepare(PinnedProgram program, Install.Go install, Path scratch) throws IOException {
        List<PinnedModule> modules = lock.modules(program);
        inputs.prefetch(toolchain(), modules);
        GoToolchain toolchain = GoToolchain.unpack(toolchain(), inputs, store.folder("go-toolchain"));
        GoMain main = install.local()
                ? new GoMain.Local(install.folder().resolve(install.target()).normalize())
                : new GoMain.Published(main(program, modules));
        return GoBuild.prepare(
                toolchain,
                main,
                modules.stream().filter(module -> !isMain(program, module)).toList(),
                inputs,
                scratch,
                store.folder("go-build"),
                GoBuild.DEFAULT_TIMEOUT);
    }

    private PinnedToolchain toolchain() {
        return lock.toolchain(host);
    }

    private static PinnedModule main(PinnedProgram program, List<PinnedModule> modules) {
        return modules.stream()
                .filter(module -> isMain(program, module) && module.zip().isPresent())
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Lock.FILE,
                        "it does not hold the Go module " + program.module() + "@" + program.version(),
                        Lock.RUN_LOCK));
    }

    private static boolean isMain(PinnedProgram program, PinnedModule module) {
        return module.module().equals(program.module()) && module.version().equals(program.version());
    }

    /** The package below the main module: {@code ./cmd/ipfs}. */
    private static String pattern(PinnedProgram program, Install.Go install) {
        String target = install.target();
        if (install.local() || target.equals(program.module())) {
            return ".";
        }
        if (!target.startsWith(program.module() + "/")) {
            throw new Problem(
                    Lock.FILE, "the program " + target + " is not in its module " + program.module(), Lock.RUN_LOCK);
        }
        return "." + target.substring(program.module().length());
    }
}
