package network.privateness.reproducible.debian;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import network.privateness.reproducible.Problem;

/**
 * The archives that this machine's apt uses (sources.list(5)).
 *
 * @param entries in apt's order, each once
 * @param notes what was passed over, and why
 */
public record AptSources(List<Entry> entries, List<String> notes) {

    private static final String FOLDER = "etc/apt";
    private static final int MAX_FILES = 1_000;
    private static final int MAX_FILE_SIZE = 1 << 20;
    private static final int MAX_SUITES_TRIED = 3;

    public AptSources {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    /**
     * An archive.
     *
     * @param uri its root: {@code http}, {@code https} or {@code file}, without a slash at the end
     * @param suites at least one
     */
    public record Entry(URI uri, List<String> suites, List<String> components) {

        public Entry {
            suites = List.copyOf(suites);
            components = List.copyOf(components);
        }
    }

    /**
     * Archives that proved to be Debian's, in apt's order.
     *
     * @param main of the archive itself, at least one
     * @param security of the security archive, maybe none
     * @param notes what was passed over, and why
     */
    public record Mirrors(List<URI> main, List<URI> security, List<String> notes) {

        public Mirrors {
            main = List.copyOf(main);
            security = List.copyOf(security);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Reads {@code etc/apt/sources.list} and the files of {@code etc/apt/sources.list.d}. What can't be read or used is
     * a note and no failure: apt's configuration is the machine's, not ours.
     *
     * @param root the root folder of the machine, {@code /}
     */
    public static AptSources read(Path root) throws IOException {
        Set<Entry> entries = new LinkedHashSet<>();
        List<String> notes = new ArrayList<>();
        for (Path file : files(root.resolve(FOLDER))) {
            String where = "/" + root.relativize(file);
            try {
                if (Files.size(file) > MAX_FILE_SIZE) {
                    notes.add(where + ": more than " + MAX_FILE_SIZE + " bytes, passed over");
                } else {
                    new AptSourcesFile(where, entries, notes).read(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                notes.add(where + ": can't be read (" + e.getClass().getSimpleName() + ")");
            }
        }
        return new AptSources(List.copyOf(entries), notes);
    }

    /**
     * Keeps the archives whose InRelease, of a suite that the machine itself uses, is signed by Debian. Age does not
     * matter here; it is judged when packages are chosen.
     *
     * @param sources opens the archive at a URI
     * @throws Problem if no archive is Debian's; it says what was found instead
     */
    public Mirrors trustedMirrors(Function<URI, IndexSource> sources, ArchiveKeys keys, Instant now) {
        Map<URI, Set<String>> suites = new LinkedHashMap<>();
        entries.forEach(entry -> suites.computeIfAbsent(entry.uri(), uri -> new LinkedHashSet<>())
                .addAll(entry.suites()));
        List<URI> main = new ArrayList<>();
        List<URI> security = new ArrayList<>();
        List<String> passedOver = new ArrayList<>(notes);
        suites.forEach((uri, names) -> {
            for (String suite : names.stream().limit(MAX_SUITES_TRIED).toList()) {
                try {
                    InRelease release = ArchiveSuite.open(
                                    sources.apply(uri), suite, keys, new Freshness(now, Set.of(suite)))
                            .release();
                    (release.label().equals("Debian-Security") ? security : main).add(uri);
                    return;
                } catch (Problem e) {
                    passedOver.add(shown(uri) + " " + e.where() + ": " + e.what());
                } catch (IOException e) {
                    passedOver.add(shown(uri) + " " + suite + ": " + e.getMessage());
                }
            }
        });
        if (main.isEmpty()) {
            throw new Problem(
                    "/" + FOLDER,
                    "no Debian archive among this machine's apt sources"
                            + (passedOver.isEmpty() ? "; there are none" : ": " + String.join("; ", passedOver)),
                    "name a Debian mirror: -Dness.debian.mirror=URL");
        }
        return new Mirrors(main, security, passedOver);
    }

    /** Without a password. */
    static String shown(URI uri) {
        return uri.getRawUserInfo() == null
                ? uri.toString()
                : uri.toString().replace(uri.getRawUserInfo() + "@", "...@");
    }

    /** In apt's order: sources.list, then the files of the folder by name, of names that apt would read. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Path list = folder.resolve("sources.list");
        if (Files.isRegularFile(list)) {
            files.add(list);
        }
        Path parts = folder.resolve("sources.list.d");
        if (Files.isDirectory(parts) && Files.isReadable(parts)) {
            Map<String, Path> sorted = new TreeMap<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(parts)) {
                for (Path file : stream) {
                    String name = file.getFileName().toString();
                    if (name.matches("[A-Za-z0-9_.-]+\\.(list|sources)") && Files.isRegularFile(file)) {
                        sorted.put(name, file);
                    }
                }
            }
            sorted.values().stream().limit(MAX_FILES).forEach(files::add);
        }
        return files;
    }
}
