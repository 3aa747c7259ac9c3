package network.privateness.reproducible.build;

import java.nio.file.Path;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;

/** A finished layer. */
public final class BuiltLayer {

    private final LayerName name;
    private final StoredLayer stored;
    private final Path blob;
    private final boolean pinned;
    private final boolean reused;
    private final Recipe recipe;

    BuiltLayer(LayerName name, StoredLayer stored, Path blob, boolean pinned, boolean reused, Recipe recipe) {
        this.name = name;
        this.stored = stored;
        this.blob = blob;
        this.pinned = pinned;
        this.reused = reused;
        this.recipe = recipe;
    }

    /** Which one. */
    public LayerName name() {
        return name;
    }

    /** Digests and sizes. */
    public Layer layer() {
        return stored.layer();
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

    /**
     * The digest under which the store has the {@link Listing} of the stack of layers up to this one. A build of many
     * images has hundreds of layers: their listings together would not fit into its memory.
     */
    Sha256 listing() {
        return stored.listing();
    }
}
