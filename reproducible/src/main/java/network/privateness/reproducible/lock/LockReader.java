package network.privateness.reproducible.lock;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.H1;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.layer.LayoutVersion;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.yaml.YamlMap;
import network.privateness.reproducible.yaml.YamlReader;

/** Reads {@code ness.lock}; strict, because every byte of every image hangs on it. */
public final class LockReader {

    /** The largest size that an input may state: 4 GiB. */
    static final long LARGEST_INPUT = 4L << 30;

    private static final String SHA256 = "sha256";

    private LockReader() {}

    /** @throws Problem if the file is missing or anything in it breaks a rule */
    public static Lock read(Path file, String name) throws IOException {
        if (Files.notExists(file)) {
            throw new Problem(name, "the file is missing", "run mvn ness:lock, which writes it, and commit it");
        }
        return read(YamlReader.read(file, name));
    }

    static Lock read(YamlMap map) {
        map.allow(Set.of(
                "lock-version",
                "layout-version",
                "epoch",
                "definitions",
                "suites",
                "debian",
                "targets",
                "go-toolchains",
                "go-programs",
                "go-modules",
                "maven",
                "archives",
                "layers"));
        long version = map.scalar("lock-version").integer(1, Integer.MAX_VALUE);
        if (version != Lock.LOCK_VERSION) {
            throw map.scalar("lock-version")
                    .problem(
                            "the lock has format " + version + ", this plugin reads format " + Lock.LOCK_VERSION,
                            "use the plugin version that wrote it");
        }
        long layout = map.scalar("layout-version").integer(1, Integer.MAX_VALUE);
        if (layout > LayoutVersion.CURRENT) {
            throw map.scalar("layout-version")
                    .problem(
                            "the lock is for layout version " + layout + ", this plugin knows " + LayoutVersion.CURRENT,
                            "use the plugin version that wrote it");
        }
        return new Lock(
                (int) layout,
                map.scalar("epoch").integer(0, 253402300799L),
                digest(map, "definitions"),
                entries(
                        map,
                        "suites",
                        Set.of("suite", "date", "in-release", "signed-by"),
                        List.of("suite"),
                        LockReader::suite),
                packages(map),
                entries(
                        map,
                        "targets",
                        Set.of("target", "platform", "wanted", "packages"),
                        List.of("target", "platform"),
                        LockReader::target),
                entries(
                        map,
                        "go-toolchains",
                        Set.of("version", "host", "h1", "size"),
                        List.of("host"),
                        LockReader::toolchain),
                entries(
                        map,
                        "go-programs",
                        Set.of("program", "module", "version", "modules"),
                        List.of("program"),
                        LockReader::program),
                entries(
                        map,
                        "go-modules",
                        Set.of("module", "version", "zip", "mod", "size"),
                        List.of("module", "version"),
                        LockReader::module),
                entries(
                        map, "maven", Set.of("artifact", "size", SHA256), List.of("artifact"), LockReader::artifact),
                entries(
                        map,
                        "archives",
                        Set.of("archive", "urls", "size", SHA256),
                        List.of("archive"),
                        LockReader::archive),
                layers(map));
    }

    private static List<PinnedPackage> packages(YamlMap map) {
        Set<String> keys = Set.of(
                "package",
                "version",
                "architecture",
                "suite",
                "path",
                "size",
                SHA256,
                "date",
                "snapshot",
                "source",
                "depends");
        return entries(
                map,
                "debian",
                keys,
                List.of("package", "version", "architecture"),
                entry -> new PinnedPackage(
                        entry.text("package"),
                        entry.text("version"),
                        entry.text("architecture"),
                        entry.text("suite"),
                        poolPath(entry),
                        size(entry),
                        digest(entry, SHA256),
                        instant(entry, "date"),
                        entry.text("snapshot"),
                        entry.text("source"),
                        entry.texts("depends")));
    }

    private static String poolPath(YamlMap entry) {
        return entry.scalar("path").as(path -> {
            if (!path.matches("[A-Za-z0-9][A-Za-z0-9._+~/%:-]*") || path.contains("..")) {
                throw new IllegalArgumentException("\"" + path + "\" is not a path below a Debian archive");
            }
            return path;
        });
    }

    private static PinnedSuite suite(YamlMap entry) {
        return new PinnedSuite(
                entry.text("suite"), instant(entry, "date"), digest(entry, "in-release"), entry.texts("signed-by"));
    }

    private static PinnedTarget target(YamlMap entry) {
        return new PinnedTarget(entry.text("target"), platform(entry), entry.texts("wanted"), entry.texts("packages"));
    }

    private static PinnedToolchain toolchain(YamlMap entry) {
        return new PinnedToolchain(entry.text("version"), entry.text("host"), h1(entry, "h1"), size(entry));
    }

    private static PinnedProgram program(YamlMap entry) {
        return new PinnedProgram(
                entry.text("program"),
                entry.text("module"),
                entry.optionalText("version").orElse(""),
                entry.texts("modules"));
    }

    private static PinnedModule module(YamlMap entry) {
        Optional<H1> zip = entry.has("zip") ? Optional.of(h1(entry, "zip")) : Optional.empty();
        return new PinnedModule(
                entry.text("module"), entry.text("version"), zip, h1(entry, "mod"), zip.isPresent() ? size(entry) : 0);
    }

    private static PinnedArtifact artifact(YamlMap entry) {
        return new PinnedArtifact(entry.text("artifact"), size(entry), digest(entry, SHA256));
    }

    private static PinnedArchive archive(YamlMap entry) {
        List<URI> urls = entry.list("urls").scalars().stream()
                .map(url -> url.as(LockReader::address))
                .toList();
        if (urls.isEmpty()) {
            throw entry.problem("the archive has no address", "restore the entry, or " + Lock.RUN_LOCK);
        }
        return new PinnedArchive(entry.text("archive"), urls, size(entry), digest(entry, SHA256));
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        if (!List.of("http", "https", "file").contains(String.valueOf(address.getScheme()))
                || address.getPath() == null
                || address.getPath().endsWith("/")) {
            throw new IllegalArgumentException("\"" + text + "\" is not the http, https or file URL of a file");
        }
        return address;
    }

    private static Map<LayerName, PinnedLayer> layers(YamlMap map) {
        Map<LayerName, PinnedLayer> layers = new TreeMap<>();
        Set<String> keys = Set.of("target", "content", "platform", "diff-id", "inputs", "rules");
        entries(map, "layers", keys, List.of("target", "content", "platform"), entry -> {
            LayerName name = new LayerName(entry.text("target"), entry.text("content"), platform(entry));
            layers.put(
                    name, new PinnedLayer(digest(entry, "diff-id"), entry.text("inputs"), entry.text("rules")));
            return name;
        });
        return layers;
    }

    /**
     * Reads a list.
     *
     * @param keys all that an entry has
     * @param names those of them that say which entry it is: no two may agree in them, as in a merge of two branches
     */
    private static <T> List<T> entries(
            YamlMap map, String key, Set<String> keys, List<String> names, Function<YamlMap, T> reader) {
        Set<List<Optional<String>>> seen = new HashSet<>();
        return map.list(key).maps().stream()
                .map(entry -> {
                    T value = checked(entry.allow(keys), reader);
                    if (!seen.add(names.stream().map(entry::optionalText).toList())) {
                        throw entry.problem("the entry stands twice", "keep one of them");
                    }
                    return value;
                })
                .toList();
    }

    /** The types of the domain check their values themselves. */
    private static <T> T checked(YamlMap entry, Function<YamlMap, T> reader) {
        try {
            return reader.apply(entry);
        } catch (IllegalArgumentException e) {
            throw entry.problem(e.getMessage(), "restore the entry, or " + Lock.RUN_LOCK);
        }
    }

    private static Platform platform(YamlMap entry) {
        return entry.scalar("platform").as(Platform::parse);
    }

    private static H1 h1(YamlMap entry, String key) {
        return entry.scalar(key).as(H1::new);
    }

    private static long size(YamlMap entry) {
        return entry.scalar("size").integer(0, LARGEST_INPUT);
    }

    private static Sha256 digest(YamlMap entry, String key) {
        return entry.scalar(key).as(Sha256::parse);
    }

    private static Instant instant(YamlMap entry, String key) {
        return entry.scalar(key).as(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("\"" + text + "\" is not a time such as 2026-01-31T12:00:00Z", e);
            }
        });
    }
}
