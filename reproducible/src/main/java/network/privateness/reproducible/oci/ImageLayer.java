package network.privateness.reproducible.oci;

import java.nio.file.Path;
import java.util.regex.Pattern;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.layer.LayoutVersion;

/**
 * A layer of an image, with where its blob is and what it is.
 *
 * @param layer digests and sizes
 * @param blob the gzip file
 * @param description what it is, in a few fixed words such as {@code debian}: stands in the image's history, so it must
 *     not say anything that differs between machines
 */
public record ImageLayer(Layer layer, Path blob, String description) {

    /** Stands in every image's history. */
    private static final String CREATED_BY = "ness layoutVersion " + LayoutVersion.CURRENT + ": ";

    private static final Pattern DESCRIPTION = Pattern.compile("[!-~]([ -~]{0,98}[!-~])?");

    /** @throws IllegalArgumentException if the description is not 1 to 100 printable ASCII characters */
    public ImageLayer {
        if (!DESCRIPTION.matcher(description).matches()) {
            throw new IllegalArgumentException(
                    "a layer's description is 1 to 100 printable ASCII characters, not \"" + description + "\"");
        }
    }

    /** The text of the image's history for this layer. */
    public String createdBy() {
        return CREATED_BY + description;
    }
}
