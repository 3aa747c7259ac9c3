package network.privateness.reproducible.oci;

import java.util.List;

/** What is read of a manifest. */
final class ManifestFields {

    private ManifestFields() {}

    /** Checks type and version. */
    static JsonDocument parse(String where, byte[] bytes) {
        return checkType(JsonDocument.parse(where, bytes), MediaTypes.MANIFEST);
    }

    /** Checks type and version of a manifest or an index. */
    static JsonDocument checkType(JsonDocument json, String mediaType) {
        if (json.member("schemaVersion").size() != 2) {
            throw json.problem("has another schemaVersion than 2");
        }
        checkType(json, json.member("mediaType").text(), mediaType);
        return json;
    }

    static Descriptor config(JsonDocument manifest) {
        return descriptor(manifest.member("config"), MediaTypes.CONFIG);
    }

    static List<Descriptor> layers(JsonDocument manifest) {
        return manifest.member("layers").list().stream()
                .map(json -> descriptor(json, MediaTypes.LAYER))
                .toList();
    }

    static Descriptor descriptor(JsonDocument json, String mediaType) {
        Descriptor descriptor = Descriptor.read(json);
        checkType(json, descriptor.mediaType(), mediaType);
        return descriptor;
    }

    private static void checkType(JsonDocument json, String found, String wanted) {
        if (!found.equals(wanted)) {
            throw json.problem("has the media type \"" + found + "\", but only " + wanted + " is read here");
        }
    }
}
