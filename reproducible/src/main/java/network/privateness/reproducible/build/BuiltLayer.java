package network.privateness.reproducible.build;

import java.nio.file.Path;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;

/** A finished layer. */
public final class BuiltLayer {

    private final LayerName name;
    private final Layer layer;
    private final Path blob;
    private final boolean pinned;
    private final boolean reused;
    private final Recipe recipe;
    private final Listing listing;

    BuiltLayer(
            LayerName name, Layer layer, Path blob, boolean pinned, boolean reused, Recipe recipe, Listing listing) {
        this.name = name;
        this.layer = layer;
        this.blob = blob;
        this.pinned = pinned;
        this.reused = reused;
        this.recipe = recipe;
        this.listing = listing;
    }

    /** Which one. */
    public LayerName name() {
        return name;
    }

    /** Digests and sizes. */
    public Layer layer() {
        return layer;
    }

    /** The gzip file in the store. */
    public Path blob() {
        return blob;
    }

    /** Whether the lock has to name its diffID: it holds inputs only. */
    public boolean pinned() {
        return pinned;
    }

    /** True when it was taken from the store. */
    public boolean reused() {
        return reused;
    }

    /** What it was made from. */
    Recipe recipe() {
        return recipe;
    }

    /** What the stack of layers up to this one holds. */
    Listing listing() {
        return listing;
    }
}
