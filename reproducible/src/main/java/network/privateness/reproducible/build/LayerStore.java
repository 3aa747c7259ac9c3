package network.privateness.reproducible.build;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

/** Writes layers into the store, and finds those again whose recipe was followed before. */
final class LayerStore {

    private static final String NAMESPACE = "layer";

    private final ContentStore store;
    private final long epoch;
    private final int threads;

    /** Two layers at a time keep the cores busy while one of them reads; more would only cost memory. */
    private final Semaphore writers = new Semaphore(2);

    LayerStore(ContentStore store, long epoch, int threads) {
        this.store = store;
        this.epoch = epoch;
        this.threads = threads;
    }

    /** Makes what goes on top of a stack of layers. */
    interface Content {
        void fill(UpperTree tree) throws IOException, InterruptedException;
    }

    /**
     * The layer of this recipe.
     *
     * @param lower what is below
     * @param content called only when the layer has to be made
     */
    BuiltLayer layer(LayerName name, boolean pinned, Recipe recipe, Listing lower, Content content)
            throws IOException, InterruptedException {
        String key = Sha256.of("layout " + LayoutVersion.CURRENT + "\nepoch " + epoch + "\nlower "
                        + Sha256.of(lower.text()) + "\n" + recipe.digest())
                .hex();
        Optional<BuiltLayer> known = find(name, pinned, recipe, key);
        if (known.isPresent()) {
            return known.get();
        }
        UpperTree tree = new UpperTree(lower);
        content.fill(tree);
        NavigableMap<RootPath, Node> nodes = tree.upper();
        writers.acquire();
        try (Pending pending = store.begin()) {
            Layer layer;
            try (OutputStream out = new BufferedOutputStream(new Uncloseable(pending), 1 << 16)) {
                layer = LayerWriter.write(nodes, epoch, out, threads);
            }
            Path blob = pending.commit(layer.digest());
            Listing listing = lower.with(nodes);
            remember(key, layer, listing);
            return new BuiltLayer(name, layer, blob, pinned, false, recipe, listing);
        } finally {
            writers.release();
        }
    }

    private Optional<BuiltLayer> find(LayerName name, boolean pinned, Recipe recipe, String key) throws IOException {
        Optional<String> reference = store.reference(NAMESPACE, key);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        String[] fields = reference.get().split(" ");
        Optional<Path> blob = store.find(Sha256.parse(fields[1]));
        Optional<Path> listing = store.find(Sha256.parse(fields[4]));
        if (blob.isEmpty() || listing.isEmpty()) {
            return Optional.empty();
        }
        Layer layer = new Layer(
                Sha256.parse(fields[0]), Sha256.parse(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3]));
        Listing stack = Listing.parse(Files.readString(listing.get()));
        return Optional.of(new BuiltLayer(name, layer, blob.get(), pinned, true, recipe, stack));
    }

    private void remember(String key, Layer layer, Listing listing) throws IOException {
        byte[] text = listing.text().getBytes(StandardCharsets.UTF_8);
        try (Pending pending = store.begin()) {
            pending.write(text, 0, text.length);
            pending.commit();
        }
        store.putReference(
                NAMESPACE,
                key,
                layer.diffId().hex() + " " + layer.digest().hex() + " " + layer.size() + " " + layer.uncompressedSize()
                        + " " + Sha256.of(text).hex());
    }

    private static final class Uncloseable extends java.io.FilterOutputStream {

        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
