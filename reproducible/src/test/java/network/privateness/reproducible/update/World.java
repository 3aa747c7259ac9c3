package network.privateness.reproducible.update;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.build.JarSource;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.debian.Freshness;
import network.privateness.reproducible.debian.TestArchive;
import network.privateness.reproducible.debian.TestDeb;
import network.privateness.reproducible.debian.TestKey;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Progress;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.store.ContentStore;

/** What a lock is written from: images of the test, an archive signed by the test's key, a module proxy in a folder. */
final class World implements Closeable {

    static final long EPOCH = 1_767_225_600;

    private static final TestKey KEY = TestKey.create();
    private static final String RELEASE = TestArchive.header("stable", "trixie");

    final Path folder;
    final Path images;
    final TestArchive archive = new TestArchive();
    final List<String> notes = new ArrayList<>();
    final ContentStore store;
    final GoPrograms go;
    TestKey trusted = KEY;
    Instant now = Instant.parse("2026-03-02T00:00:00Z");
    Set<String> acceptExpired = Set.of();
    Set<String> without = Set.of("trixie-updates");
    String set = Selection.REGISTRY;
    FetchSettings settings = FetchSettings.defaults();
    JarSource jars = (groupId, artifactId) -> List.of();
    private final Map<String, List<TestDeb>> packages = new LinkedHashMap<>();

    World(Path folder) throws IOException {
        this.folder = folder;
        this.images = Files.createDirectories(folder.resolve("images"));
        this.store = ContentStore.open(folder.resolve("store"));
        this.go = new GoPrograms(folder.resolve("proxy"));
    }

    /** Writes an image.yaml with these lines below {@code install}. */
    World image(String name, String platforms, String... installs) throws IOException {
        return imageWith(name, "", platforms, installs);
    }

    World imageWith(String name, String more, String platforms, String... installs) throws IOException {
        Files.createDirectories(images.resolve(name));
        Files.writeString(
                images.resolve(name).resolve("image.yaml"),
                "description: An image\nversion: 1\nsource: https://example.org/\nlicenses: MIT\nuser: \"1:1\"\n"
                        + "entrypoint: [/start]\nplatforms: [" + platforms + "]\n" + more + install(installs));
        return this;
    }

    World bases(String text) throws IOException {
        Files.writeString(images.resolve("bases.yaml"), text);
        return this;
    }

    private static String install(String... installs) {
        return installs.length == 0
                ? ""
                : Stream.of(installs)
                        .map(line -> "  - {" + line + "}\n")
                        .collect(Collectors.joining("", "install:\n", ""));
    }

    /** Replaces what suite trixie has; the files of earlier packages stay in the pool. */
    World debian(TestDeb... debs) {
        return debian("amd64", debs);
    }

    World debian(String architecture, TestDeb... debs) {
        packages.put(architecture, List.of(debs));
        for (TestDeb deb : debs) {
            archive.files.put(deb.path(), deb.bytes());
        }
        return release(RELEASE);
    }

    /** Signs the package lists again, with another head. */
    World release(String header) {
        Map<String, String> lists = new LinkedHashMap<>();
        packages.forEach((architecture, debs) ->
                lists.put(architecture, debs.stream().map(TestDeb::stanza).collect(Collectors.joining())));
        archive.suite(KEY, header, lists);
        return this;
    }

    /** The first lock. */
    Lock lock() throws IOException {
        return lock(Optional.empty(), "");
    }

    /** The next lock. */
    Lock lock(Lock old, String update) throws IOException {
        return lock(Optional.of(old), update);
    }

    Lock lock(Optional<Lock> old, String update) throws IOException {
        return lock(old, Wishes.parse(Optional.of(update), Optional.empty()));
    }

    Lock lock(Optional<Lock> old, Wishes wishes) throws IOException {
        Path mirror = pool();
        try (Fetcher fetcher = new Fetcher(store, settings, Progress.none());
                var scratch = store.scratch("lock")) {
            URI nowhere = folder.resolve("snapshot").toUri();
            Inputs inputs = new Inputs(
                    store,
                    fetcher,
                    security -> security ? List.of() : List.of(mirror.toUri()),
                    nowhere,
                    () -> GoProxySetting.parse(go.proxy()));
            Surroundings around = new Surroundings(
                    security -> security ? List.of() : List.of(mirror.toUri()),
                    base -> archive,
                    trusted.asArchiveKeys(),
                    new Freshness(now, acceptExpired),
                    without,
                    () -> GoProxySetting.parse(go.proxy()),
                    "linux-amd64",
                    jars,
                    store,
                    inputs,
                    new Documents(settings),
                    Map.of(),
                    scratch.path(),
                    notes::add);
            Definitions definitions = Definitions.read(images);
            Selection selection = Selection.of(definitions, set, List.of(), Set.of());
            return new LockUpdate(definitions, selection, old, wishes, around).pin(EPOCH);
        }
    }

    /** Packages as name=version. */
    static List<String> packages(Lock lock) {
        return lock.packages().stream().map(p -> p.name() + "=" + p.version()).toList();
    }

    private Path pool() throws IOException {
        Path mirror = folder.resolve("mirror");
        for (Map.Entry<String, byte[]> file : archive.files.entrySet()) {
            if (file.getKey().startsWith("pool/")) {
                Files.createDirectories(mirror.resolve(file.getKey()).getParent());
                Files.write(mirror.resolve(file.getKey()), file.getValue());
            }
        }
        return mirror;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }
}
