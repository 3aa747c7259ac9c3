package network.privateness.reproducible.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.layer.LayerWriter;
import network.privateness.reproducible.layer.LayoutVersion;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;
import network.privateness.reproducible.store.Scratch;

/** Writes layers into the store, and finds those again whose recipe was followed before. */
final class LayerStore {

    /**
     * How trees are made from recipes: filters, effects, own files. Another number means other bytes for the same recipe,
     * within one layout version as long as that is not released. GoldenLayersTest tells when it is time for one.
     */
    static final int RULES = 2;

    private static final String NAMESPACE = "layer";

    private final ContentStore store;
    private final long epoch;
    private final int threads;
    private final BuildLog log;

    /** Two layers at a time keep the cores busy while one of them reads; more would only cost memory. */
    private final Semaphore writers = new Semaphore(2);

    LayerStore(ContentStore store, long epoch, int threads, BuildLog log) {
        this.store = store;
        this.epoch = epoch;
        this.threads = threads;
        this.log = log;
    }

    /** Makes what goes on top of a stack of layers. */
    interface Content {
        /** @param scratch a folder for what the tree's contents are read from, removed when the layer is written */
        void fill(UpperTree tree, Path scratch) throws IOException, InterruptedException;
    }

    /**
     * The layer of this recipe.
     *
     * @param below the layer that it stands on
     * @param content called only when the layer has to be made
     */
    BuiltLayer layer(LayerName name, boolean pinned, Recipe recipe, Optional<BuiltLayer> below, Content content)
            throws IOException, InterruptedException {
        Sha256 lower = below.map(BuiltLayer::listing).orElse(Listing.EMPTY.digest());
        String key = Sha256.of("layout " + LayoutVersion.CURRENT + "\nrules " + RULES + "\nepoch " + epoch + "\nlower "
                        + lower + "\n" + recipe.digest())
                .hex();
        Optional<BuiltLayer> known = find(name, pinned, recipe, key);
        if (known.isPresent()) {
            log.layerReused(name);
            return known.get();
        }
        log.layerStarted(name);
        BuiltLayer built = make(name, pinned, recipe, key, below.isPresent() ? listing(lower) : Listing.EMPTY, content);
        log.layerBuilt(name, built.layer());
        return built;
    }

    private BuiltLayer make(LayerName name, boolean pinned, Recipe recipe, String key, Listing lower, Content content)
            throws IOException, InterruptedException {
        UpperTree tree = new UpperTree(lower);
        try (Scratch scratch = store.scratch("layer")) {
            content.fill(tree, scratch.path());
            NavigableMap<RootPath, Node> nodes = tree.upper();
            Layer layer;
            Path blob;
            writers.acquire();
            try (Pending pending = store.begin()) {
                layer = LayerWriter.write(nodes, epoch, pending, threads);
                blob = pending.commit(layer.digest());
            } finally {
                writers.release();
            }
            StoredLayer stored = new StoredLayer(layer, keep(lower.with(nodes)));
            store.putReference(NAMESPACE, key, stored.text());
            return new BuiltLayer(name, stored, blob, pinned, false, recipe);
        }
    }

    private Optional<BuiltLayer> find(LayerName name, boolean pinned, Recipe recipe, String key) throws IOException {
        Optional<StoredLayer> stored = store.reference(NAMESPACE, key).flatMap(StoredLayer::parse);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> blob = store.find(stored.get().layer().digest());
        if (blob.isEmpty() || store.find(stored.get().listing()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BuiltLayer(name, stored.get(), blob.get(), pinned, true, recipe));
    }

    private Sha256 keep(Listing listing) throws IOException {
        byte[] text = listing.text().getBytes(StandardCharsets.UTF_8);
        try (Pending pending = store.begin()) {
            pending.write(text, 0, text.length);
            pending.commit();
        }
        return Sha256.of(text);
    }

    private Listing listing(Sha256 digest) throws IOException {
        return Listing.parse(Files.readString(store.require(digest)));
    }
}
