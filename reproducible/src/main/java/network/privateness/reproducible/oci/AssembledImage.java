package network.privateness.reproducible.oci;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * The image of one platform: the exact bytes of its manifest and its configuration, and its layers. The three agree:
 * the manifest names this configuration, and each layer of the one is a layer of the other.
 */
public final class AssembledImage {

    private final Platform platform;
    private final byte[] manifest;
    private final byte[] config;
    private final List<LayerBlob> layers;

    private AssembledImage(Platform platform, byte[] manifest, byte[] config, List<LayerBlob> layers) {
        this.platform = platform;
        this.manifest = manifest;
        this.config = config;
        this.layers = List.copyOf(layers);
    }

    /**
     * Reads the two documents and checks that they agree.
     *
     * @param where names the image in messages
     * @param blobs the file of a layer, by the digest of its gzip form
     * @throws Problem if they don't agree, or are not what image-spec 1.1 says about images of gzip layers
     */
    public static AssembledImage of(String where, byte[] manifest, byte[] config, Function<Sha256, Path> blobs) {
        JsonDocument manifestJson = ManifestFields.parse(where + " manifest", manifest);
        Descriptor configDescriptor = ManifestFields.config(manifestJson);
        if (!configDescriptor.sameContent(Descriptor.of(MediaTypes.CONFIG, config))) {
            throw manifestJson.problem("names another configuration than " + Sha256.of(config));
        }
        JsonDocument configJson = JsonDocument.parse(where + " config", config);
        List<Descriptor> descriptors = ManifestFields.layers(manifestJson);
        List<JsonDocument> diffIds =
                configJson.member("rootfs").member("diff_ids").list();
        if (descriptors.size() != diffIds.size()) {
            throw configJson.problem(
                    "has " + diffIds.size() + " diff_ids, but the manifest has " + descriptors.size() + " layers");
        }
        List<LayerBlob> layers = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            Sha256 diffId = diffIds.get(layers.size()).digest();
            layers.add(new LayerBlob(descriptor, diffId, blobs.apply(descriptor.digest())));
        }
        return new AssembledImage(configJson.platform(), manifest.clone(), config.clone(), layers);
    }

    /** The machine that the image is for. */
    public Platform platform() {
        return platform;
    }

    /** The manifest's bytes. */
    public byte[] manifest() {
        return manifest.clone();
    }

    /** The configuration's bytes. */
    public byte[] config() {
        return config.clone();
    }

    /** Points at the manifest, with the platform. Its digest is what a registry shows for this platform. */
    public Descriptor descriptor() {
        return Descriptor.of(MediaTypes.MANIFEST, manifest).withPlatform(platform);
    }

    /** Points at the configuration. Its digest is the image id that engines show. */
    public Descriptor configDescriptor() {
        return Descriptor.of(MediaTypes.CONFIG, config);
    }

    /** The layers, from the bottom to the top. */
    public List<LayerBlob> layers() {
        return layers;
    }
}
