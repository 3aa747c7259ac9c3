package network.privateness.reproducible.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.archive.TarWriter;
import network.privateness.reproducible.digest.Sha256;

/**
 * The image of one platform as one tar file that every engine loads: an OCI layout, and the {@code manifest.json} of
 * Docker's archives, whose members are the layout's blobs. Engines without the containerd store need the second, and
 * {@code docker load} with that store prefers the first.
 *
 * @param image the image
 * @param name the name that it gets in the engine
 */
public record DockerArchive(AssembledImage image, ImageName name) {

    /** What containerd reads instead of the annotation for a reference's name. */
    private static final String CONTAINERD_NAME = "io.containerd.image.name";

    /**
     * Writes the tar file. The same image and name give the same bytes.
     *
     * @throws network.privateness.reproducible.Problem if a layer's file is not the one that its descriptor names; the
     *     tar file has no end then, so it is not loaded
     */
    public void writeTo(OutputStream out) throws IOException {
        // Not closed: that would write the end behind content that turned out wrong.
        @SuppressWarnings("resource")
        TarWriter tar = new TarWriter(out);
        put(tar, OciLayout.MARKER, OciLayout.markerJson());
        put(tar, OciLayout.INDEX, indexJson());
        put(tar, "manifest.json", manifestJson());
        directory(tar, "blobs");
        directory(tar, OciLayout.BLOBS);
        put(tar, blob(image.descriptor().digest()), image.manifest());
        put(tar, blob(image.configDescriptor().digest()), image.config());
        Set<Sha256> written = new HashSet<>();
        for (LayerBlob layer : image.layers()) {
            if (written.add(layer.descriptor().digest())) {
                try (InputStream in = layer.open()) {
                    put(
                            tar,
                            blob(layer.descriptor().digest()),
                            layer.descriptor().size(),
                            in);
                }
            }
        }
        tar.finish();
    }

    private byte[] indexJson() {
        Map<String, String> names = Map.of(CONTAINERD_NAME, name.qualified(), OciLayout.REF_NAME, name.tag());
        return ImageIndex.document(List.of(image.descriptor().withAnnotations(names)), Map.of());
    }

    private byte[] manifestJson() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ObjectNode json = list.addObject();
        json.put("Config", blob(image.configDescriptor().digest()));
        json.putArray("RepoTags").add(name.toString());
        ArrayNode layers = json.putArray("Layers");
        image.layers().forEach(layer -> layers.add(blob(layer.descriptor().digest())));
        return CanonicalJson.bytes(list);
    }

    private static String blob(Sha256 digest) {
        return OciLayout.BLOBS + "/" + digest.hex();
    }

    private static void put(TarWriter tar, String path, byte[] content) throws IOException {
        put(tar, path, content.length, new ByteArrayInputStream(content));
    }

    private static void put(TarWriter tar, String path, long size, InputStream content) throws IOException {
        tar.write(new TarMember(path, Kind.FILE, 0644, 0, 0, 0, "", size), content);
    }

    private static void directory(TarWriter tar, String path) throws IOException {
        tar.write(new TarMember(path, Kind.DIRECTORY, 0755, 0, 0, 0, "", 0));
    }
}
