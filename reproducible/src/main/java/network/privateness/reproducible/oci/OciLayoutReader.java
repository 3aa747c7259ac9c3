package network.privateness.reproducible.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * Reads a layout with one image index in it, whoever wrote it. Documents are at most 4 MiB (what registries accept) and
 * are checked against their digests and sizes; layers are only checked to be there with their sizes, and against their
 * digests when they are read ({@link LayerBlob#open}).
 */
public final class OciLayoutReader {

    /** Bytes of the largest document that is read. */
    static final int MAX_DOCUMENT = 4 << 20;

    /** Far above any real image, and low enough to read all of their manifests. */
    private static final int MAX_IMAGES = 64;

    private static final String NEXT = "build or fetch it again";

    private final Path folder;

    private OciLayoutReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the layout in this folder.
     *
     * @throws Problem if there is none, or it is not what image-spec 1.1 says about gzip images for our platforms
     */
    public static OciLayout read(Path folder) throws IOException {
        return new OciLayoutReader(folder).layout();
    }

    private OciLayout layout() throws IOException {
        JsonDocument marker = file(OciLayout.MARKER);
        if (!marker.member("imageLayoutVersion").text().equals("1.0.0")) {
            throw marker.problem("has another imageLayoutVersion than 1.0.0");
        }
        JsonDocument entry = file(OciLayout.INDEX);
        ManifestFields.checkType(entry, MediaTypes.INDEX);
        List<JsonDocument> roots = entry.member("manifests").list();
        if (roots.size() != 1) {
            throw entry.problem("names " + roots.size() + " images, but one is read here");
        }
        Descriptor root = ManifestFields.descriptor(roots.get(0), MediaTypes.INDEX);
        String refName = root.annotations().getOrDefault(OciLayout.REF_NAME, "");
        if (!OciLayout.isRefName(refName)) {
            throw roots.get(0).problem("has no valid annotation " + OciLayout.REF_NAME);
        }
        return new OciLayout(refName, index(root));
    }

    private ImageIndex index(Descriptor root) throws IOException {
        byte[] bytes = document(root);
        JsonDocument json = JsonDocument.parse(name(root), bytes);
        ManifestFields.checkType(json, MediaTypes.INDEX);
        List<JsonDocument> manifests = json.member("manifests").list();
        if (manifests.size() > MAX_IMAGES) {
            throw json.problem("has more than " + MAX_IMAGES + " images");
        }
        List<AssembledImage> images = new ArrayList<>();
        for (JsonDocument manifest : manifests) {
            Descriptor descriptor = ManifestFields.descriptor(manifest, MediaTypes.MANIFEST);
            AssembledImage image = image(descriptor);
            if (!descriptor.platform().equals(Optional.of(image.platform()))) {
                throw manifest.problem("is not for the platform of its configuration, " + image.platform());
            }
            images.add(image);
        }
        return ImageIndex.read(json, bytes, images);
    }

    private AssembledImage image(Descriptor descriptor) throws IOException {
        byte[] manifest = document(descriptor);
        Descriptor config = ManifestFields.config(ManifestFields.parse(name(descriptor), manifest));
        AssembledImage image = AssembledImage.of(name(descriptor), manifest, document(config), this::blob);
        for (LayerBlob layer : image.layers()) {
            layer.checkSize();
        }
        return image;
    }

    private JsonDocument file(String name) throws IOException {
        Path file = folder.resolve(name);
        return JsonDocument.parse(file.toString(), bounded(file, folder + " is not an OCI layout"));
    }

    private byte[] document(Descriptor descriptor) throws IOException {
        Path file = blob(descriptor.digest());
        byte[] bytes = bounded(file, "the layout names it");
        if (bytes.length != descriptor.size()) {
            throw problem(file, "has " + bytes.length + " bytes, not the " + descriptor.size() + " of its descriptor");
        }
        if (!Sha256.of(bytes).equals(descriptor.digest())) {
            throw problem(file, "has the digest " + Sha256.of(bytes) + ", which is not its name");
        }
        return bytes;
    }

    private static byte[] bounded(Path file, String reason) throws IOException {
        // A device or a pipe would make us wait for ever.
        if (!Files.isRegularFile(file)) {
            throw problem(file, "is not there: " + reason);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_DOCUMENT + 1);
            if (bytes.length > MAX_DOCUMENT) {
                throw problem(file, "is larger than " + MAX_DOCUMENT + " bytes, the most for a document");
            }
            return bytes;
        }
    }

    private Path blob(Sha256 digest) {
        return folder.resolve(OciLayout.BLOBS).resolve(digest.hex());
    }

    private String name(Descriptor descriptor) {
        return blob(descriptor.digest()).toString();
    }

    private static Problem problem(Path file, String what) {
        return new Problem(file.toString(), what, NEXT);
    }
}
