package network.privateness.reproducible.build;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.Mirrors;
import network.privateness.reproducible.golang.ModuleVersion;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockWriter;
import network.privateness.reproducible.lock.PinnedArchive;

/**
 * All inputs of a lock as a folder from which a build works without any network: {@code debian/} laid out as a Debian
 * mirror, {@code go/} as a module proxy (go.dev/ref/mod#goproxy-protocol), {@code archives/} by host and path, and
 * {@code settings}, which names the settings to build with. Jars come with Maven's own local repository.
 */
public final class InputsFolder {

    static final String SETTINGS = "settings";

    private final Path folder;
    private final Inputs inputs;
    private final Map<Path, Path> files = new TreeMap<>();
    private final Map<Path, String> texts = new TreeMap<>();

    /** @param folder what is in it already stays, and is replaced where it differs */
    public InputsFolder(Path folder, Inputs inputs) {
        this.folder = folder.toAbsolutePath().normalize();
        this.inputs = inputs;
    }

    /** Finds source packages. */
    public interface SourceArchive {
        /** All files of the sources of these packages, each once. */
        List<DebianSource> of(List<PinnedPackage> packages) throws IOException;
    }

    /**
     * Puts the sources of those Debian packages there whose licence asks for it: whoever hands on the programs must be able
     * to hand on these too.
     *
     * @param spool for unpacked packages, removed by the caller
     * @return how many files were put
     */
    public int exportSources(Lock lock, SourceArchive archive, Path spool) throws IOException, InterruptedException {
        // Packages of one source have one licence; unpacking each would take gigabytes.
        Map<String, Boolean> bySource = new TreeMap<>();
        List<PinnedPackage> copyleft = new ArrayList<>();
        for (PinnedPackage pinned : lock.packages()) {
            if (!bySource.containsKey(pinned.source())) {
                bySource.put(pinned.source(), Copyleft.is(pinned.name(), inputs.unpack(pinned, spool)));
            }
            if (bySource.get(pinned.source())) {
                copyleft.add(pinned);
            }
        }
        List<DebianSource> sources = archive.of(copyleft);
        List<Path> fetched = inputs.sources(sources);
        for (int i = 0; i < sources.size(); i++) {
            Path file = fetched.get(i);
            write(Path.of("debian", sources.get(i).file().path()), beside -> Files.copy(file, beside));
        }
        return sources.size();
    }

    /**
     * Puts everything there that the lock names, for all platforms and build hosts, checked.
     *
     * @return how many files were put
     */
    public int export(Lock lock) throws IOException {
        debian(lock.packages());
        for (PinnedToolchain toolchain : lock.toolchains()) {
            inputs.prefetch(toolchain, List.of());
            module(toolchain.id(), ".zip", inputs.toolchain(toolchain));
        }
        if (!lock.modules().isEmpty()) {
            inputs.prefetch(lock.toolchains().get(0), lock.modules());
        }
        for (PinnedModule module : lock.modules()) {
            module(module.id(), ".mod", inputs.goMod(module));
            if (module.zip().isPresent()) {
                module(module.id(), ".zip", inputs.zip(module));
            }
        }
        for (PinnedArchive archive : lock.archives()) {
            Path file = inputs.archive(archive);
            archive.urls().stream()
                    .filter(url -> url.getHost() != null)
                    .forEach(url -> put(Path.of("archives", url.getHost() + url.getPath()), file));
        }
        texts.put(Path.of(SETTINGS), settings(lock));
        for (Map.Entry<Path, Path> file : files.entrySet()) {
            write(file.getKey(), beside -> Files.copy(file.getValue(), beside));
        }
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            write(text.getKey(), beside -> Files.writeString(beside, text.getValue(), StandardCharsets.UTF_8));
        }
        return files.size() + texts.size();
    }

    private void debian(List<PinnedPackage> packages) throws IOException {
        List<Path> debs = inputs.debian(packages);
        for (int i = 0; i < packages.size(); i++) {
            put(Path.of("debian", packages.get(i).path()), debs.get(i));
        }
    }

    /** Go asks for .info before anything else; it needs the version alone. */
    private void module(ModuleVersion id, String suffix, Path file) {
        put(Path.of("go", id.proxyPath(suffix)), file);
        texts.put(Path.of("go", id.proxyPath(".info")), "{\"Version\":\"" + id.version() + "\"}\n");
    }

    private void put(Path path, Path file) {
        files.put(path, file);
    }

    private static String settings(Lock lock) {
        List<String> lines = new ArrayList<>(List.of(
                "# All inputs of a ness.lock. To build from this folder alone (DIR is where it is):",
                "#",
                "#   GOPROXY=file://DIR/go mvn -o package" + options(lock),
                "#",
                "# Content is held against the lock, wherever it comes from.",
                "lock " + Sha256.of(LockWriter.write(lock))));
        return String.join("\n", lines) + "\n";
    }

    private static String options(Lock lock) {
        StringBuilder options = new StringBuilder(" -Dness.debian.mirror=DIR/debian -Dness.debian.security=DIR/debian");
        TreeSet<String> hosts = new TreeSet<>();
        lock.archives().stream()
                .flatMap(archive -> archive.urls().stream())
                .filter(url -> url.getHost() != null)
                .forEach(url -> hosts.add(url.getScheme() + "://" + url.getRawAuthority()));
        int number = 0;
        for (String host : hosts) {
            number++;
            options.append(" -D")
                    .append(Mirrors.PROPERTY_PREFIX)
                    .append(number)
                    .append('=')
                    .append(host)
                    .append("=DIR/archives/")
                    .append(URI.create(host).getHost());
        }
        return options.toString();
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private void write(Path path, Writing writing) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        writing.to(beside);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
