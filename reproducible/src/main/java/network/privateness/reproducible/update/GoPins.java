package network.privateness.reproducible.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.golang.GoBuild;
import network.privateness.reproducible.golang.GoDownload;
import network.privateness.reproducible.golang.GoMain;
import network.privateness.reproducible.golang.GoMod;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.GoResolution;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.golang.H1;
import network.privateness.reproducible.golang.ModuleVersion;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;

/** Pins the Go toolchain, Go programs and the modules that they need. */
final class GoPins {

    /** The name of the toolchain in {@code -Dness.update}. */
    static final String TOOLCHAIN = "go";

    /** The build hosts that a toolchain is pinned for. */
    private static final List<String> HOSTS = List.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64");

    private final String host;
    private final Wishes wishes;
    private final GoVersions versions;
    private final Optional<Lock> old;
    private final ContentStore store;
    private final Inputs inputs;
    private final Documents documents;
    private final Supplier<GoProxySetting> proxies;
    private final Map<String, String> machine;
    private final Path scratch;
    private final Consumer<String> notes;

    private boolean toolchainMoved;
    private final List<PinnedToolchain> toolchains = new ArrayList<>();
    private final List<PinnedProgram> programs = new ArrayList<>();
    private final Map<ModuleVersion, PinnedModule> modules = new TreeMap<>();

    GoPins(Wishes wishes, Optional<Lock> old, Surroundings around) {
        this.host = around.goHost();
        this.wishes = wishes;
        this.versions = new GoVersions(wishes, around.documents(), around.goProxy());
        this.old = old;
        this.store = around.store();
        this.inputs = around.inputs();
        this.documents = around.documents();
        this.proxies = around.goProxy();
        this.machine = around.environment();
        this.scratch = around.scratch();
        this.notes = around.notes();
    }

    /**
     * A program that an image wants.
     *
     * @param name in the lock
     * @param target import path, or {@code ./FOLDER}
     * @param folder of a main of ours
     * @param platforms that it is built for
     * @param more whether some of them are new since the old lock
     * @param version the one that the definition states
     * @param asIs whether only what the old lock has counts, as the image is outside the set
     */
    record Want(
            String name,
            String target,
            Optional<Path> folder,
            Collection<Platform> platforms,
            boolean more,
            Optional<String> version,
            boolean asIs) {}

    void pin(List<Want> wants) throws IOException {
        if (wants.isEmpty()) {
            return;
        }
        pinToolchains();
        for (Want want : wants) {
            if (want.folder().isPresent()) {
                pinLocal(want);
            } else {
                pinPublished(want);
            }
        }
    }

    List<PinnedToolchain> toolchains() {
        return toolchains;
    }

    List<PinnedProgram> programs() {
        return programs;
    }

    List<PinnedModule> modules() {
        return List.copyOf(modules.values());
    }

    private void pinToolchains() throws IOException {
        List<PinnedToolchain> known = old.map(Lock::toolchains).orElse(List.of());
        if (!known.isEmpty() && !wishes.moves(TOOLCHAIN)) {
            toolchains.addAll(known);
            return;
        }
        String version = versions.ofToolchain();
        if (known.size() == HOSTS.size()
                && known.stream().allMatch(one -> one.version().equals(version))) {
            toolchains.addAll(known);
            return;
        }
        toolchainMoved = !known.isEmpty();
        Optional<PinnedToolchain> before =
                known.stream().filter(one -> one.host().equals(host)).findFirst();
        // The one that was locked before holds the new one against the checksum database. The very first one has nobody
        // to check it but itself, and the people who review the lock.
        PinnedToolchain checker = before.isPresent() ? before.get() : downloadToolchain(version);
        GoDownload download = new GoDownload(unpack(checker), proxies.get(), machine, scratch);
        for (String one : HOSTS) {
            GoResolution.Found found = download.module(PinnedToolchain.id(version, one));
            H1 hash = found.module().zip().orElseThrow();
            if (before.isEmpty() && one.equals(host) && !hash.equals(checker.zip())) {
                throw new Problem(
                        "Go toolchain " + version + " for " + host,
                        "the module proxy served " + checker.zip() + ", the checksum database knows " + hash,
                        "do not use this proxy: set GOPROXY to another one");
            }
            if (one.equals(host)) {
                keep(hash, found.zip().orElseThrow());
            }
            toolchains.add(
                    new PinnedToolchain(version, one, hash, found.module().size()));
        }
    }

    private PinnedToolchain downloadToolchain(String version) throws IOException {
        ModuleVersion id = PinnedToolchain.id(version, host);
        try (Pending pending = store.begin()) {
            documents.copy(proxies.get().zip(id), GoBuild.LARGEST_ZIP, pending);
            Path file = pending.commit();
            H1 hash = H1.ofZip(file, id);
            store.putReference("h1", hash.toString(), Sha256.of(file).hex());
            return new PinnedToolchain(version, host, hash, Files.size(file));
        }
    }

    private GoToolchain unpack(PinnedToolchain pinned) throws IOException {
        return GoToolchain.unpack(pinned, inputs, store.folder("go-toolchain"));
    }

    private GoToolchain toolchain() throws IOException {
        PinnedToolchain pinned = toolchains.stream()
                .filter(one -> one.host().equals(host))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Lock.FILE,
                        "it pins no Go toolchain for build host " + host,
                        "run mvn ness:lock -Dness.update=" + TOOLCHAIN));
        return unpack(pinned);
    }

    private void pinPublished(Want want) throws IOException {
        Optional<PinnedProgram> known = old.stream()
                .flatMap(lock -> lock.programs().stream())
                .filter(program -> program.program().equals(want.name()))
                .findFirst();
        if (want.asIs()) {
            known.flatMap(program -> old.get().known(program))
                    .ifPresentOrElse(
                            all -> add(known.get(), all),
                            () -> notes.accept(Outside.note("the Go program " + want.name())));
            return;
        }
        boolean moves = known.isPresent()
                && (wishes.moves(want.name())
                        || wishes.moves(known.get().module())
                        || want.version().isPresent()
                                && !want.version().get().equals(known.get().version()));
        if (known.isPresent() && !moves && !want.more() && !toolchainMoved) {
            Optional<List<PinnedModule>> pinned = old.get().known(known.get());
            if (pinned.isPresent()) {
                programs.add(known.get());
                pinned.get().forEach(this::add);
                return;
            }
        }
        ModuleVersion id = known.isEmpty()
                ? versions.find(want.name(), want.target(), want.version())
                : moves
                        ? versions.of(want.name(), known.get().module(), want.version())
                        : new ModuleVersion(known.get().module(), known.get().version());
        GoResolution.Found main = new GoDownload(toolchain(), proxies.get(), machine, scratch).module(id);
        keep(main);
        List<PinnedModule> all =
                new ArrayList<>(resolve(new GoMain.Published(main.module()), pattern(want, id.module()), want));
        all.add(main.module());
        add(new PinnedProgram(want.name(), id.module(), id.version(), names(all)), all);
    }

    private void pinLocal(Want want) throws IOException {
        Path goMod = want.folder().get().resolve("go.mod");
        if (!Files.isRegularFile(goMod)) {
            throw new Problem(
                    want.name(), "the folder has no go.mod", "add one: it says which modules the program is made of");
        }
        String module =
                GoMod.parse(want.name() + "/go.mod", Files.readAllBytes(goMod)).module();
        List<PinnedModule> all = resolve(new GoMain.Local(want.folder().get()), ".", want);
        add(new PinnedProgram(want.name(), module, "", names(all)), all);
    }

    private List<PinnedModule> resolve(GoMain main, String pattern, Want want) throws IOException {
        GoResolution resolution = GoResolution.prepare(
                toolchain(),
                main,
                inputs,
                proxies.get(),
                machine,
                Files.createTempDirectory(scratch, "resolution"),
                GoBuild.DEFAULT_TIMEOUT);
        List<PinnedModule> found = new ArrayList<>();
        for (GoResolution.Found one : resolution.resolve(want.platforms(), List.of(pattern))) {
            keep(one);
            found.add(one.module());
        }
        return found;
    }

    private void add(PinnedProgram program, List<PinnedModule> all) {
        all.forEach(this::checkUnchanged);
        programs.add(program);
        all.forEach(this::add);
    }

    /** One program may need no more than the go.mod of a module that another one is built of. */
    private void add(PinnedModule module) {
        modules.merge(module.id(), module, (known, more) -> known.zip().isPresent() ? known : more);
    }

    /** A version of a module never changes, whatever a checksum database says that this machine was told to believe. */
    private void checkUnchanged(PinnedModule now) {
        old.stream()
                .flatMap(lock -> lock.modules().stream())
                .filter(before -> before.id().equals(now.id()) && !before.agrees(now))
                .findFirst()
                .ifPresent(before -> {
                    throw new Problem(
                            "Go module " + now.id(),
                            "the module proxy serves " + now.zip().orElse(now.mod()) + ", the lock says "
                                    + before.zip().orElse(before.mod()),
                            "do not use this proxy: set GOPROXY to another one");
                });
    }

    /** What was downloaded to be hashed serves the build too. */
    private void keep(GoResolution.Found found) throws IOException {
        keep(found.module().mod(), found.goMod());
        if (found.zip().isPresent()) {
            keep(found.module().zip().orElseThrow(), found.zip().get());
        }
    }

    private void keep(H1 hash, Path file) throws IOException {
        Path stored = store.put(file);
        store.putReference("h1", hash.toString(), Sha256.of(stored).hex());
    }

    private static String pattern(Want want, String module) {
        return want.target().equals(module) ? "." : "." + want.target().substring(module.length());
    }

    private static List<String> names(List<PinnedModule> modules) {
        Map<String, PinnedModule> sorted = new TreeMap<>();
        modules.forEach(module -> sorted.put(module.id().toString(), module));
        return List.copyOf(sorted.keySet());
    }
}
