package network.privateness.reproducible.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.Problem;

/** An image for all its platforms: the exact bytes of its index, and the image of each platform. */
public final class ImageIndex {

    private final byte[] bytes;
    private final List<AssembledImage> images;

    private ImageIndex(byte[] bytes, List<AssembledImage> images) {
        this.bytes = bytes;
        this.images = images;
    }

    /**
     * Makes the index of these images, in the order of {@link Platform}.
     *
     * @param annotations about the whole, such as {@code org.opencontainers.image.title}
     * @throws IllegalArgumentException if there is no image, or two for one platform
     */
    public static ImageIndex of(List<AssembledImage> images, Map<String, String> annotations) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("an image needs at least one platform");
        }
        List<AssembledImage> sorted = images.stream()
                .sorted(Comparator.comparing(AssembledImage::platform))
                .toList();
        Set<Platform> seen = new HashSet<>();
        for (AssembledImage image : sorted) {
            if (!seen.add(image.platform())) {
                throw new IllegalArgumentException("an image has at most one " + image.platform());
            }
        }
        List<Descriptor> descriptors =
                sorted.stream().map(AssembledImage::descriptor).toList();
        return new ImageIndex(document(descriptors, annotations), sorted);
    }

    /** Keeps the bytes of an index that was read, and checks that they name these images. */
    static ImageIndex read(JsonDocument json, byte[] bytes, List<AssembledImage> images) {
        Set<Platform> seen = new HashSet<>();
        for (AssembledImage image : images) {
            if (!seen.add(image.platform())) {
                throw json.problem("has two images for " + image.platform());
            }
        }
        if (images.isEmpty()) {
            throw json.problem("has no image");
        }
        return new ImageIndex(bytes.clone(), List.copyOf(images));
    }

    static byte[] document(List<Descriptor> manifests, Map<String, String> annotations) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        ArrayNode list = json.putArray("manifests");
        manifests.forEach(manifest -> list.add(manifest.toJson()));
        if (!annotations.isEmpty()) {
            ObjectNode texts = json.putObject("annotations");
            annotations.forEach((name, value) -> texts.put(name, Texts.check("the annotation " + name, value)));
        }
        return CanonicalJson.bytes(json);
    }

    /** The index's bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Points at the index. Its digest is what a registry shows for the whole image. */
    public Descriptor descriptor() {
        return Descriptor.of(MediaTypes.INDEX, bytes);
    }

    /** The images, one for each platform, in the order of the index. */
    public List<AssembledImage> images() {
        return images;
    }

    /** The image of this platform, if there is one. */
    public Optional<AssembledImage> image(Platform platform) {
        return images.stream().filter(image -> image.platform() == platform).findFirst();
    }

    /**
     * The image of this platform.
     *
     * @throws Problem if there is none
     */
    public AssembledImage require(String where, Platform platform) {
        return image(platform)
                .orElseThrow(() -> new Problem(
                        where,
                        "has no image for " + platform + ", only for "
                                + images.stream().map(AssembledImage::platform).toList(),
                        "add " + platform + " to its platforms and build again"));
    }
}
