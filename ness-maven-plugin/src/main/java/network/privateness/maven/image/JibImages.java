package network.privateness.maven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.image.json.HistoryEntry;
import com.google.cloud.tools.jib.image.json.ImageToJsonTranslator;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.CanonicalJson;
import network.privateness.reproducible.oci.ImageAssembler;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.ImageLayer;

/**
 * Makes configuration and manifest with Jib's image model. What Jib can't say is added to its tree, and the tree is
 * written in canonical form, so that no order of Jib's maps and members reaches the bytes.
 */
public final class JibImages implements ImageAssembler {

    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public AssembledImage assemble(ImageConfig config, List<ImageLayer> layers) {
        ImageToJsonTranslator translator = new ImageToJsonTranslator(image(config, layers));
        ObjectNode tree = tree(translator.getContainerConfiguration());
        ConfigCompletion.complete(tree, config);
        byte[] configBytes = CanonicalJson.bytes(tree);
        BlobDescriptor descriptor = new BlobDescriptor(configBytes.length, JibLayer.digest(Sha256.of(configBytes)));
        byte[] manifest =
                CanonicalJson.bytes(tree(translator.getManifestTemplate(OciManifestTemplate.class, descriptor)));
        Map<Sha256, Path> blobs = new HashMap<>();
        layers.forEach(layer -> blobs.put(layer.layer().digest(), layer.blob()));
        return AssembledImage.of("image for " + config.platform(), manifest, configBytes, blobs::get);
    }

    private static Image image(ImageConfig config, List<ImageLayer> layers) {
        Image.Builder image = Image.builder(OciManifestTemplate.class)
                .setCreated(config.createdAt())
                .setOs(config.platform().os())
                .setArchitecture(config.platform().architecture())
                .addEnvironment(config.env())
                .setEntrypoint(config.entrypoint())
                .setProgramArguments(config.cmd())
                .setUser(config.user().orElse(null))
                .setWorkingDirectory(config.workingDir().orElse(null))
                .addExposedPorts(
                        config.exposedPorts().stream().map(JibImages::port).collect(Collectors.toSet()))
                .addVolumes(volumes(config))
                .addLabels(config.labels());
        for (ImageLayer layer : layers) {
            try {
                image.addLayer(new JibLayer(layer));
            } catch (LayerPropertyNotFoundException e) {
                throw new IllegalStateException(e);
            }
            image.addHistory(HistoryEntry.builder()
                    .setCreationTimestamp(config.createdAt())
                    .setCreatedBy(layer.createdBy())
                    .build());
        }
        return image.build();
    }

    private static Port port(String text) {
        String[] parts = text.split("/", 2);
        return Port.parseProtocol(Integer.parseInt(parts[0]), parts[1]);
    }

    private static Set<AbsoluteUnixPath> volumes(ImageConfig config) {
        return config.volumes().stream().map(AbsoluteUnixPath::get).collect(Collectors.toSet());
    }

    private static ObjectNode tree(JsonTemplate template) {
        try {
            JsonNode tree = MAPPER.readTree(JsonTemplateMapper.toByteArray(template));
            return (ObjectNode) tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
