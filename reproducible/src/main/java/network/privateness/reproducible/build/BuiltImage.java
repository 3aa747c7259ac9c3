package network.privateness.reproducible.build;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.oci.ImageIndex;
import network.privateness.reproducible.oci.Platform;

/**
 * An image of several platforms, ready to be written.
 *
 * @param definition what it was made from
 * @param index the image index and everything below it
 * @param layers by platform, from the bottom
 */
public record BuiltImage(ImageDefinition definition, ImageIndex index, Map<Platform, List<BuiltLayer>> layers) {

    public BuiltImage {
        layers = new TreeMap<>(layers);
    }
}
