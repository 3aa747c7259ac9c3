package network.privateness.reproducible.build;

import java.nio.file.Path;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;

/**
 * A finished layer.
 *
 * @param name which one
 * @param layer digests and sizes
 * @param blob the gzip file in the store
 * @param pinned whether the lock has to name its diffID: it holds inputs only
 * @param reused true when it was taken from the store
 * @param listing what the stack of layers up to this one holds
 */
record BuiltLayer(LayerName name, Layer layer, Path blob, boolean pinned, boolean reused, Listing listing) {}
