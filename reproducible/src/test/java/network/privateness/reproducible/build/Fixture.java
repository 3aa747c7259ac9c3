package network.privateness.reproducible.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Progress;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.layer.LayoutVersion;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;

/** A folder of images, a store, and inputs that come from folders. */
final class Fixture implements AutoCloseable, BuildLog {

    static final long EPOCH = 1_767_225_600;

    /** What the build told, in its order within one thread. */
    final List<String> events = new ArrayList<>();

    /** Called when a layer is begun, in the thread that makes it. */
    Hook beforeLayer = name -> {};

    /** Called when a compiler starts. */
    Runnable onCompiling = () -> {};

    final ContentStore store;
    final Inputs inputs;

    final Map<String, List<ResolvedJar>> jars = new HashMap<>();
    final List<PinnedToolchain> toolchains = new ArrayList<>();
    final List<PinnedProgram> programs = new ArrayList<>();
    final List<PinnedModule> modules = new ArrayList<>();
    final List<PinnedArtifact> artifacts = new ArrayList<>();
    final Map<LayerName, PinnedLayer> layers = new HashMap<>();

    private final Path folder;
    private final Fetcher fetcher;
    private final List<PinnedPackage> packages = new ArrayList<>();
    private final Map<String, List<String>> targets = new TreeMap<>();
    private final List<PinnedArchive> archives = new ArrayList<>();

    Fixture(Path folder) throws IOException {
        this.folder = folder;
        this.store = ContentStore.open(folder.resolve("store"));
        this.fetcher = new Fetcher(store, FetchSettings.defaults(), Progress.none());
        this.inputs = new Inputs(
                store,
                fetcher,
                security -> List.of(folder.resolve("mirror").toUri()),
                folder.resolve("snapshot").toUri(),
                () -> GoProxySetting.find(Map.of("GOPROXY", folder.resolve("go/store").toUri().toString())));
    }

    Path images() {
        return folder.resolve("images");
    }

    /** A file below the images. */
    Path write(String path, String text) throws IOException {
        Path file = images().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** A package for amd64 in the mirror, and in the lock. */
    PinnedPackage debian(String name, TestDeb content) throws IOException {
        return debian(name, content, "amd64");
    }

    PinnedPackage debian(String name, TestDeb content, String architecture) throws IOException {
        byte[] bytes = content.deb(name);
        String path = "pool/" + name + "_1_" + architecture + ".deb";
        Path file = folder.resolve("mirror").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        PinnedPackage pinned = new PinnedPackage(
                name,
                "1",
                architecture,
                "trixie",
                path,
                bytes.length,
                Sha256.of(bytes),
                Instant.EPOCH,
                "19700101T000000Z",
                name + " (1)",
                List.of());
        packages.add(pinned);
        return pinned;
    }

    /** Which packages a target takes on every platform; all of arch all or of that platform must be there. */
    void target(String target, String... names) {
        targets.put(target, List.of(names).stream().map(name -> name + "=1").toList());
    }

    void archive(String name, String fileName, byte[] content) throws IOException {
        Path file = folder.resolve("archives").resolve(fileName);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        archives.add(new PinnedArchive(name, List.of(file.toUri()), content.length, Sha256.of(content)));
    }

    Definitions definitions() throws IOException {
        return Definitions.read(images());
    }

    Lock lock() throws IOException {
        List<PinnedTarget> pinned = new ArrayList<>();
        targets.forEach((name, references) -> {
            for (Platform platform : Platform.values()) {
                pinned.add(new PinnedTarget(name, platform, List.of(), references));
            }
        });
        return new Lock(
                LayoutVersion.CURRENT,
                EPOCH,
                Sha256.of("definitions"),
                List.of(),
                packages,
                pinned,
                toolchains,
                programs,
                modules,
                artifacts,
                archives,
                layers);
    }

    Workshop workshop() throws IOException {
        return new Workshop(
                definitions(),
                lock(),
                store,
                inputs,
                (group, artifact) -> Optional.ofNullable(jars.get(group + ":" + artifact))
                        .orElseThrow(() -> new IOException("no module " + group + ":" + artifact)),
                () -> {
                    throw new IllegalStateException("nothing here needs a JDK");
                },
                "linux-amd64",
                2,
                this);
    }

    /** An empty folder. */
    Path scratch() throws IOException {
        return Files.createTempDirectory(folder, "scratch");
    }

    /** What is in the store's scratch folder now. */
    List<String> leftovers() throws IOException {
        try (var files = Files.list(store.folder().resolve("scratch"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Something that may also fail. */
    interface Hook {
        void run(LayerName name) throws Exception;
    }

    @Override
    public void layerStarted(LayerName name) {
        try {
            beforeLayer.run(name);
        } catch (Exception e) {
            sneak(e);
        }
    }

    /** The listener's signature has no room for the failures that tests want. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception e) throws E {
        throw (E) e;
    }

    @Override
    public synchronized void layerBuilt(LayerName name, Layer layer) {
        events.add("built " + name);
    }

    @Override
    public synchronized void layerReused(LayerName name) {
        events.add("reused " + name);
    }

    @Override
    public synchronized void programStarted(String program, Platform platform) {
        events.add("compiling " + program + " " + platform);
        onCompiling.run();
    }

    @Override
    public synchronized void programBuilt(String program, Platform platform) {
        events.add("compiled " + program + " " + platform);
    }

    @Override
    public void close() throws IOException {
        fetcher.close();
        store.close();
    }
}
