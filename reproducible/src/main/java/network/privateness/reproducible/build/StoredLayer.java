package network.privateness.reproducible.build;

import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;

/**
 * What the store remembers of a layer under its recipe.
 *
 * @param layer digests and sizes
 * @param listing digest of the {@link Listing} of the stack that ends with this layer
 */
record StoredLayer(Layer layer, Sha256 listing) {

    String text() {
        return layer.diffId().hex() + " " + layer.digest().hex() + " " + layer.size() + " " + layer.uncompressedSize()
                + " " + listing.hex();
    }

    /** Empty if the text is not one of {@link #text}: then the layer is made again. */
    static Optional<StoredLayer> parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != 5) {
            return Optional.empty();
        }
        try {
            Layer layer = new Layer(
                    Sha256.parse(fields[0]),
                    Sha256.parse(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]));
            return Optional.of(new StoredLayer(layer, Sha256.parse(fields[4])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
