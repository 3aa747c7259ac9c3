package network.privateness.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.maven.checkout.PluginSources;
import network.privateness.maven.image.JibImages;
import network.privateness.maven.report.LockReport;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.ImagesBuilder;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.lock.LockWriter;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.update.LockChanges;
import network.privateness.reproducible.update.LockUpdate;
import network.privateness.reproducible.update.Wishes;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes ness.lock: adds what is missing, removes what is unused, moves what is asked for, and leaves the rest as it is.
 * Debian's signatures are checked on the way. Prints what changed; the change is to be reviewed and committed.
 */
@Mojo(name = "lock", aggregator = true, threadSafe = true)
public final class LockMojo extends ArchiveMojo {

    /**
     * What to move to its newest version: {@code all}, or names of Debian packages, Go programs or modules, jars, or
     * {@code go} for the Go toolchain, parted by commas; {@code NAME@VERSION} for a version of Go things.
     */
    @Parameter(property = "ness.update")
    private String update;

    /** Archives to pin: {@code NAME=URL}, several URLs parted by blanks, several archives by commas. */
    @Parameter(property = "ness.archive")
    private String archive;

    /** Only writes the diffIDs of the layers again, from the inputs as they are pinned. */
    @Parameter(property = "ness.layers", defaultValue = "false")
    private boolean layers;

    /** The epoch of a lock that does not exist yet, in seconds since 1970: no file in an image is newer. */
    @Parameter(property = "ness.epoch", defaultValue = "1767225600")
    private long epoch;

    @Override
    void run() throws IOException, InterruptedException {
        PluginSources.check(folder().toAbsolutePath().getParent(), "lock");
        Definitions definitions = Definitions.read(folder());
        Path file = folder().resolve(Lock.FILE);
        Optional<Lock> old = Files.exists(file) ? Optional.of(LockReader.read(file, Lock.FILE)) : Optional.empty();
        Wishes wishes = Wishes.parse(Optional.ofNullable(update), Optional.ofNullable(archive));
        Selection selection = selection(definitions);
        work(machine -> {
            Lock pinned = layers
                    ? asPinned(old, definitions)
                    : new LockUpdate(definitions, selection, old, wishes, surroundings(machine)).pin(epoch);
            getLog().info("building the layers of the inputs to learn their diffIDs");
            Map<LayerName, PinnedLayer> built = new ImagesBuilder(
                            machine.workshop(definitions, pinned, jars(false)), new JibImages())
                    .pins(selection);
            Lock lock = pinned.withLayers(layers(pinned, built));
            write(file, lock);
            LockReport report = new LockReport(
                    LockChanges.between(old, lock),
                    old.isEmpty() || !old.get().definitions().equals(lock.definitions()));
            Optional<Path> told = report("lock.json");
            if (told.isPresent()) {
                report.write(told.get());
            }
            report.table().forEach(line -> getLog().info(line));
        });
    }

    /** Layers alone can be written again only when the inputs are those of today's definitions. */
    private static Lock asPinned(Optional<Lock> old, Definitions definitions) {
        Lock lock = old.orElseThrow(() -> new Problem(
                Lock.FILE, "the file is missing", "run mvn ness:lock without -Dness.layers, which writes it"));
        if (!lock.definitions().equals(definitions.digest())) {
            throw new Problem(
                    Lock.FILE,
                    "it was written for other definitions, so its inputs may be others too",
                    "run mvn ness:lock without -Dness.layers");
        }
        return lock;
    }

    /** Layers of what this selection or set leaves out keep what is known of them. */
    private static Map<LayerName, PinnedLayer> layers(Lock lock, Map<LayerName, PinnedLayer> built) {
        Map<LayerName, PinnedLayer> layers = new TreeMap<>(built);
        lock.layers().forEach((name, layer) -> {
            boolean defined = lock.target(name.target(), name.platform()).isPresent();
            boolean again = built.keySet().stream()
                    .anyMatch(one -> one.target().equals(name.target()) && one.platform() == name.platform());
            if (defined && !again) {
                layers.put(name, layer);
            }
        });
        return layers;
    }

    private static void write(Path file, Lock lock) throws IOException {
        Path beside = file.resolveSibling(Lock.FILE + ".new");
        try {
            Files.write(beside, LockWriter.write(lock).getBytes(StandardCharsets.UTF_8));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
