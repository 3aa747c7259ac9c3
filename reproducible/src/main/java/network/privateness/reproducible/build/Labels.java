package network.privateness.reproducible.build;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import network.privateness.reproducible.definition.ImageDefinition;

/** Labels of the configuration and annotations of the index, by the keys of the OCI image specification. */
final class Labels {

    private static final String OCI = "org.opencontainers.image.";

    private Labels() {}

    static SortedMap<String, String> labels(ImageDefinition image) {
        SortedMap<String, String> labels = new TreeMap<>(annotations(image));
        // OCI's base.name means an image that this one was built from; our bases are layers only.
        image.software().base().ifPresent(base -> labels.put("network.privateness.base", base));
        if (!image.members().isEmpty()) {
            labels.put("network.privateness.members", String.join(",", image.members()));
        }
        return labels;
    }

    static Map<String, String> annotations(ImageDefinition image) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(OCI + "title", image.name());
        annotations.put(OCI + "description", image.description());
        annotations.put(OCI + "version", image.version());
        annotations.put(OCI + "source", image.source());
        annotations.put(OCI + "licenses", image.licenses());
        return annotations;
    }
}
