package network.privateness.reproducible.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.CanonicalJson;
import network.privateness.reproducible.oci.ImageAssembler;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.ImageLayer;

/** The least that makes an image; the real one is in the plugin. */
final class PlainAssembler implements ImageAssembler {

    /** By image title and platform, what it was asked to assemble. */
    final Map<String, ImageConfig> configs = new HashMap<>();

    @Override
    public AssembledImage assemble(ImageConfig config, List<ImageLayer> layers) {
        configs.put(config.labels().get("org.opencontainers.image.title") + " " + config.platform(), config);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("architecture", config.platform().architecture()).put("os", "linux");
        config.platform().variant().ifPresent(variant -> json.put("variant", variant));
        ArrayNode diffIds = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Map<Sha256, Path> blobs = new HashMap<>();
        for (ImageLayer layer : layers) {
            diffIds.add(layer.layer().diffId().toString());
            list.addObject()
                    .put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip")
                    .put("digest", layer.layer().digest().toString())
                    .put("size", layer.layer().size());
            blobs.put(layer.layer().digest(), layer.blob());
        }
        byte[] configBytes = CanonicalJson.bytes(json);
        manifest.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.manifest.v1+json");
        manifest.putObject("config")
                .put("mediaType", "application/vnd.oci.image.config.v1+json")
                .put("digest", Sha256.of(configBytes).toString())
                .put("size", configBytes.length);
        manifest.set("layers", list);
        return AssembledImage.of("test", CanonicalJson.bytes(manifest), configBytes, blobs::get);
    }
}
