package network.privateness.reproducible.oci;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.digest.Sha256;

/**
 * Points at content by its digest (image-spec descriptor.md).
 *
 * @param mediaType what the content is
 * @param digest digest of the content
 * @param size bytes of the content
 * @param platform for which machine it is; only manifests in an index have one
 * @param annotations sorted by key
 */
public record Descriptor(
        String mediaType, Sha256 digest, long size, Optional<Platform> platform, Map<String, String> annotations) {

    /** @throws IllegalArgumentException if the size is negative or the media type is empty */
    public Descriptor {
        if (mediaType.isEmpty() || size < 0) {
            throw new IllegalArgumentException("a descriptor needs a media type and a size of 0 or more: " + mediaType
                    + ", " + digest + ", " + size);
        }
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    /** A descriptor without platform and annotations. */
    public Descriptor(String mediaType, Sha256 digest, long size) {
        this(mediaType, digest, size, Optional.empty(), Map.of());
    }

    /** Describes these bytes. */
    public static Descriptor of(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Sha256.of(content), content.length);
    }

    /** The same content, for this platform. */
    public Descriptor withPlatform(Platform newPlatform) {
        return new Descriptor(mediaType, digest, size, Optional.of(newPlatform), annotations);
    }

    /** The same content with these annotations instead. */
    public Descriptor withAnnotations(Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, platform, newAnnotations);
    }

    /** Whether both point at the same content of the same type, whatever is said about it. */
    boolean sameContent(Descriptor other) {
        return mediaType.equals(other.mediaType) && digest.equals(other.digest) && size == other.size;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
        platform.ifPresent(value -> {
            ObjectNode of = json.putObject("platform").put("architecture", value.architecture());
            of.put("os", value.os());
            value.variant().ifPresent(variant -> of.put("variant", variant));
        });
        if (!annotations.isEmpty()) {
            ObjectNode of = json.putObject("annotations");
            annotations.forEach(of::put);
        }
        return json;
    }

    static Descriptor read(JsonDocument json) {
        Map<String, String> annotations =
                json.optional("annotations").map(JsonDocument::texts).orElse(Map.of());
        return new Descriptor(
                json.member("mediaType").name(),
                json.member("digest").digest(),
                json.member("size").size(),
                json.optional("platform").map(JsonDocument::platform),
                annotations);
    }
}
