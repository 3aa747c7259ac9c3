package network.privateness.reproducible.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String TOOLCHAIN_MODULE = "golang.org/toolchain";

    /** The build hosts that a toolchain is pinned for. */
    private static final List<String> HOSTS = List.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64");

    private static final Pattern RELEASE = Pattern.compile("v0\\.0\\.1-go1\\.(\\d+)\\.(\\d+)\\.linux-amd64");
    private static final Pattern VERSION = Pattern.compile("\"Version\"\\s*:\\s*\"([^\"]+)\"");

    /** A release by semantic versioning, without pre-release and build parts. */
    private static final Pattern TAGGED =
            Pattern.compile("v(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(\\+incompatible)?");

    private static final long LARGEST_LIST = 8L << 20;

    private final String host;
    private final Wishes wishes;
    private final Optional<Lock> old;
    private final ContentStore store;
    private final Inputs inputs;
    private final Documents documents;
    private final Supplier<GoProxySetting> proxies;
    private final Map<String, String> machine;
    private final Path scratch;

    private final List<PinnedToolchain> toolchains = new ArrayList<>();
    private final List<PinnedProgram> programs = new ArrayList<>();
    private final Set<PinnedModule> modules = new HashSet<>();

    GoPins(Wishes wishes, Optional<Lock> old, Surroundings around) {
        this.host = around.goHost();
        this.wishes = wishes;
        this.old = old;
        this.store = around.store();
        this.inputs = around.inputs();
        this.documents = around.documents();
        this.proxies = around.goProxy();
        this.machine = around.environment();
        this.scratch = around.scratch();
    }

    /**
     * A program that an image wants.
     *
     * @param name in the lock
     * @param target import path, or {@code ./FOLDER}
     * @param folder of a main of ours
     * @param platforms that it is built for
     */
    record Want(String name, String target, Optional<Path> folder, Collection<Platform> platforms) {}

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
        return List.copyOf(modules);
    }

    private void pinToolchains() throws IOException {
        List<PinnedToolchain> known = old.map(Lock::toolchains).orElse(List.of());
        if (!known.isEmpty() && !wishes.moves(TOOLCHAIN)) {
            toolchains.addAll(known);
            return;
        }
        Optional<String> asked = wishes.version(TOOLCHAIN);
        String version = asked.isPresent() ? asked.get() : newestToolchain();
        // The first one has nobody to check it but its own hash in the reviewed lock; it then fetches the others, which
        // Go holds against the checksum database.
        PinnedToolchain own = downloadToolchain(version);
        toolchains.add(own);
        GoDownload download = new GoDownload(unpack(own), proxies.get(), machine, scratch);
        for (String other : HOSTS) {
            GoResolution.Found found = download.module(PinnedToolchain.id(version, other));
            H1 hash = found.module().zip().orElseThrow();
            if (other.equals(host)) {
                if (!hash.equals(own.zip())) {
                    throw new Problem(
                            "Go toolchain " + version + " for " + host,
                            "the module proxy served " + own.zip() + ", the checksum database knows " + hash,
                            "do not use this proxy: set GOPROXY to another one");
                }
            } else {
                toolchains.add(new PinnedToolchain(version, other, hash, found.module().size()));
            }
        }
    }

    private String newestToolchain() throws IOException {
        String list = new String(
                documents.read(proxies.get().versions(TOOLCHAIN_MODULE), LARGEST_LIST), StandardCharsets.US_ASCII);
        return list.lines()
                .map(RELEASE::matcher)
                .filter(Matcher::matches)
                .max(Comparator.comparingInt((Matcher m) -> Integer.parseInt(m.group(1)))
                        .thenComparingInt(m -> Integer.parseInt(m.group(2))))
                .map(m -> "go1." + m.group(1) + "." + m.group(2))
                .orElseThrow(() -> new Problem(
                        TOOLCHAIN_MODULE,
                        "the module proxy lists no release",
                        "name one: mvn ness:lock -Dness.update=go@go1.X.Y"));
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
        if (known.isPresent() && !wishes.moves(want.name()) && !wishes.moves(known.get().module())) {
            programs.add(known.get());
            modules.addAll(old.get().modules(known.get()));
            return;
        }
        ModuleVersion id = known.isPresent()
                ? version(want, known.get().module())
                : find(want);
        GoResolution.Found main =
                new GoDownload(toolchain(), proxies.get(), machine, scratch).module(id);
        keep(main);
        List<PinnedModule> all = new ArrayList<>(resolve(new GoMain.Published(main.module()), pattern(want, id.module()), want));
        all.add(main.module());
        add(new PinnedProgram(want.name(), id.module(), id.version(), names(all)), all);
    }

    private void pinLocal(Want want) throws IOException {
        Path goMod = want.folder().get().resolve("go.mod");
        if (!Files.isRegularFile(goMod)) {
            throw new Problem(want.name(), "the folder has no go.mod", "add one: it says which modules the program is made of");
        }
        String module = GoMod.parse(want.name() + "/go.mod", Files.readAllBytes(goMod)).module();
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
        programs.add(program);
        modules.addAll(all);
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

    /** The module is the longest part of the import path that a proxy knows. */
    private ModuleVersion find(Want want) throws IOException {
        String last = "";
        for (String path = want.target(); path.contains("/"); path = path.substring(0, path.lastIndexOf('/'))) {
            try {
                return version(want, path);
            } catch (IOException e) {
                // Not a module: a shorter part may be one.
                last = e.getMessage();
            }
        }
        throw new Problem(
                want.name(), "no module proxy knows a module of this import path; last answer: " + last, "correct \"go\" in image.yaml");
    }

    /** @throws IOException if no proxy knows the module */
    private ModuleVersion version(Want want, String module) throws IOException {
        Optional<String> asked = wishes.version(want.name()).or(() -> wishes.version(module));
        if (asked.isPresent()) {
            ModuleVersion id = new ModuleVersion(module, asked.get());
            documents.read(proxies.get().goMod(id), LARGEST_LIST);
            return id;
        }
        try {
            String answer = new String(documents.read(proxies.get().latest(module), LARGEST_LIST), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(answer);
            if (matcher.find()) {
                return new ModuleVersion(module, matcher.group(1));
            }
        } catch (IOException e) {
            // Proxies need not know the newest one; most of those that don't have a list.
        }
        String list = new String(documents.read(proxies.get().versions(module), LARGEST_LIST), StandardCharsets.UTF_8);
        return list.lines()
                .map(TAGGED::matcher)
                .filter(Matcher::matches)
                .max(Comparator.comparingInt((Matcher m) -> Integer.parseInt(m.group(1)))
                        .thenComparingInt(m -> Integer.parseInt(m.group(2)))
                        .thenComparingInt(m -> Integer.parseInt(m.group(3))))
                .map(m -> new ModuleVersion(module, m.group()))
                .orElseThrow(() -> new IOException("a module proxy lists no version of " + module));
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
