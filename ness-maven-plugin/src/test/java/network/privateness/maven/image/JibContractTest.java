package network.privateness.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.DockerArchive;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.ImageLayer;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.LayerBlob;
import network.privateness.reproducible.oci.Platform;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same image once through our adapter, which uses Jib's inner classes, and once through its public interface alone:
 * our layers come in as a base image without settings, the settings by the builder. Needs no network and no engine.
 */
class JibContractTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ImageName NAME = ImageName.parse("sample:1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Platform.class)
    void ourAdapterAgreesWithJibsPublicInterface(Platform platform) throws Exception {
        List<ImageLayer> layers = List.of(
                SampleImages.layer(folder, "base", Map.of("etc/os-release", "ID=sample\n")),
                SampleImages.layer(folder, "debian", Map.of("usr/bin/node", "#!/bin/sh\n", "usr/bin/other", "x")),
                SampleImages.randomLayer(folder, "files", 100_000));
        ImageConfig config = SampleImages.config(platform);
        AssembledImage ours = new JibImages().assemble(config, layers);

        Path output = folder.resolve("jib.tar");
        JibContainer built = build(base(platform, layers), output, config);
        Map<String, byte[]> theirs = members(output);

        JsonNode manifest = document(theirs, built.getDigest().getHash());
        assertThat(manifest.get("layers")).isEqualTo(tree(ours.manifest()).get("layers"));
        assertThat(withoutDescriptor(manifest)).isEqualTo(withoutDescriptor(tree(ours.manifest())));
        for (LayerBlob layer : ours.layers()) {
            byte[] blob =
                    theirs.get("blobs/sha256/" + layer.descriptor().digest().hex());
            assertThat(Sha256.of(blob)).isEqualTo(layer.descriptor().digest());
        }
        ObjectNode configuration =
                (ObjectNode) document(theirs, built.getImageId().getHash());
        assertThat(known(configuration)).isEqualTo(known((ObjectNode) tree(ours.config())));
    }

    /** An archive that has the layers and nothing else. */
    private Path base(Platform platform, List<ImageLayer> layers) throws IOException {
        Path base = folder.resolve("base.tar");
        AssembledImage bare = new JibImages().assemble(SampleImages.bareConfig(platform), layers);
        try (OutputStream out = Files.newOutputStream(base)) {
            new DockerArchive(bare, NAME).writeTo(out);
        }
        return base;
    }

    private JibContainer build(Path base, Path output, ImageConfig config) throws Exception {
        JibContainerBuilder builder = Jib.from(TarImage.at(base))
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new com.google.cloud.tools.jib.api.buildplan.Platform(
                        config.platform().architecture(), config.platform().os())))
                .setCreationTime(config.createdAt())
                .setEnvironment(config.env())
                .setEntrypoint(config.entrypoint())
                .setProgramArguments(config.cmd())
                .setUser(config.user().orElseThrow())
                .setWorkingDirectory(AbsoluteUnixPath.get(config.workingDir().orElseThrow()))
                .setExposedPorts(Set.of(Port.tcp(53), Port.udp(53), Port.tcp(8053)))
                .setVolumes(config.volumes().stream().map(AbsoluteUnixPath::get).collect(Collectors.toSet()))
                .setLabels(config.labels());
        return builder.containerize(Containerizer.to(TarImage.at(output).named(ImageReference.parse(NAME.toString())))
                .setBaseImageLayersCache(folder.resolve("base-cache"))
                .setApplicationLayersCache(folder.resolve("application-cache"))
                .setOfflineMode(true));
    }

    /** What Jib can say, in a form without order where it has none. */
    private static ObjectNode known(ObjectNode config) {
        ObjectNode known = config.deepCopy();
        // The history of the base stays, with the time and the author of another program.
        known.remove(List.of("history", "variant"));
        ObjectNode settings = (ObjectNode) known.get("config");
        settings.remove(List.of("Healthcheck", "StopSignal"));
        Set<JsonNode> env = new HashSet<>();
        settings.remove("Env").forEach(env::add);
        settings.putPOJO("Env", env);
        return known;
    }

    /** The configurations differ in what Jib can't say, so their descriptors do. */
    private static JsonNode withoutDescriptor(JsonNode manifest) {
        ObjectNode copy = manifest.deepCopy();
        ((ObjectNode) copy.get("config")).remove(List.of("digest", "size"));
        return copy;
    }

    private static JsonNode document(Map<String, byte[]> members, String hex) throws IOException {
        byte[] bytes = members.get("blobs/sha256/" + hex);
        assertThat(Sha256.of(bytes).hex()).isEqualTo(hex);
        return tree(bytes);
    }

    private static JsonNode tree(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    private static Map<String, byte[]> members(Path tar) throws IOException {
        Map<String, byte[]> members = new HashMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                members.put(entry.getName(), in.readAllBytes());
            }
        }
        return members;
    }
}
