package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import network.privateness.it.Tool;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.DockerArchive;
import network.privateness.reproducible.oci.ImageIndex;
import network.privateness.reproducible.oci.ImageName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Skopeo, umoci and crane read the built layouts, and find the digests that we wrote. */
final class LayoutIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<BuiltImage> images() throws IOException {
        return BuiltImage.all();
    }

    static List<PlatformImage> platformImages() throws IOException {
        return BuiltImage.onAllPlatforms();
    }

    @ParameterizedTest
    @MethodSource("images")
    void skopeoCopiesEveryByte(BuiltImage built) throws IOException {
        Tool skopeo = Tool.need("skopeo");
        ImageIndex index = built.layout().index();
        assertThat(skopeo.bytes("--insecure-policy", "inspect", "--raw", "oci:" + built.folder()))
                .isEqualTo(index.bytes());
        Path copy = folder.resolve("copy");
        // It checks every digest that it reads, and would rather fail than write another manifest.
        skopeo.text("--insecure-policy", "copy", "--all", "--preserve-digests", "oci:" + built.folder(), "dir:" + copy);
        Set<String> expected = new TreeSet<>(Set.of("manifest.json", "version"));
        assertThat(copy.resolve("manifest.json")).hasBinaryContent(index.bytes());
        for (AssembledImage image : index.images()) {
            String manifest = image.descriptor().digest().hex() + ".manifest.json";
            expected.add(manifest);
            assertThat(copy.resolve(manifest)).hasBinaryContent(image.manifest());
            String config = image.configDescriptor().digest().hex();
            expected.add(config);
            assertThat(copy.resolve(config)).hasBinaryContent(image.config());
            image.layers()
                    .forEach(layer -> expected.add(layer.descriptor().digest().hex()));
        }
        try (Stream<Path> files = Files.list(copy)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
        for (AssembledImage image : index.images()) {
            for (var layer : image.layers()) {
                Sha256 digest = layer.descriptor().digest();
                assertThat(Sha256.of(copy.resolve(digest.hex()))).isEqualTo(digest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("platformImages")
    void umociFindsTheLayers(PlatformImage one) throws IOException {
        Tool umoci = Tool.need("umoci");
        Path single = folder.resolve("single");
        List<Object> line = new ArrayList<>(List.of("--insecure-policy"));
        line.addAll(List.of("--override-os", one.platform().os()));
        line.addAll(List.of("--override-arch", one.platform().architecture()));
        one.platform().variant().ifPresent(variant -> line.addAll(List.of("--override-variant", variant)));
        line.addAll(List.of("copy", "--preserve-digests", "oci:" + one.built().folder(), "oci:" + single + ":one"));
        Tool.need("skopeo").text(line.toArray());
        AssembledImage image = one.image();
        JsonNode index = JSON.readTree(single.resolve("index.json").toFile());
        assertThat(index.at("/manifests/0/digest").asText())
                .isEqualTo(image.descriptor().digest().toString());
        assertThat(umoci.text("list", "--layout", single)).isEqualTo("one");
        JsonNode stat = JSON.readTree(umoci.bytes("stat", "--json", "--image", single + ":one"));
        List<String> found = new ArrayList<>();
        stat.get("history")
                .forEach(step -> found.add(step.at("/layer/digest").asText() + " "
                        + step.at("/layer/size").asLong() + " "
                        + step.get("diff_id").asText()));
        assertThat(found)
                .containsExactlyElementsOf(image.layers().stream()
                        .map(layer -> layer.descriptor().digest() + " "
                                + layer.descriptor().size() + " " + layer.diffId())
                        .toList());
    }

    /** It reads layouts by pushing them: so what it pushed is asked for. */
    @ParameterizedTest
    @MethodSource("images")
    void craneValidatesEveryLayer(BuiltImage built) throws IOException {
        Crane crane = Crane.need();
        try (Crane.Registry registry = crane.serve(folder.resolve("registry"))) {
            String name = registry.address() + "/" + built.name() + ":it";
            crane.tool().text("push", built.folder(), name);
            ImageIndex index = built.layout().index();
            assertThat(crane.tool().text("digest", name))
                    .isEqualTo(index.descriptor().digest().toString());
            assertThat(crane.tool().bytes("manifest", name)).isEqualTo(index.bytes());
            for (AssembledImage image : index.images()) {
                String platform = image.platform().toString();
                assertThat(crane.tool().text("--platform", platform, "digest", name))
                        .isEqualTo(image.descriptor().digest().toString());
                assertThat(crane.tool().bytes("--platform", platform, "manifest", name))
                        .isEqualTo(image.manifest());
                assertThat(crane.tool().bytes("--platform", platform, "config", name))
                        .isEqualTo(image.config());
            }
            // Downloads every layer, and computes digests, diffIDs and sizes itself.
            assertThat(crane.tool().text("validate", "--remote", name)).isEqualTo("PASS: " + name);
        }
    }

    @ParameterizedTest
    @MethodSource("platformImages")
    void skopeoReadsTheDockerArchiveBothWays(PlatformImage one) throws IOException {
        Tool skopeo = Tool.need("skopeo");
        AssembledImage image = one.image();
        Path archive = folder.resolve("image.tar");
        ImageName name = ImageName.parse(one.built().layout().refName());
        try (OutputStream out = Files.newOutputStream(archive)) {
            new DockerArchive(image, name).writeTo(out);
        }
        assertThat(skopeo.bytes("--insecure-policy", "inspect", "--raw", "oci-archive:" + archive))
                .isEqualTo(image.manifest());
        assertThat(skopeo.bytes("--insecure-policy", "inspect", "--raw", "--config", "docker-archive:" + archive))
                .isEqualTo(image.config());
        // Docker's form of a manifest, which skopeo makes up from uncompressed layers.
        JsonNode manifest = JSON.readTree(
                skopeo.bytes("--insecure-policy", "inspect", "--raw", "docker-archive:" + archive + ":" + name));
        assertThat(manifest.at("/config/digest").asText())
                .isEqualTo(image.configDescriptor().digest().toString());
        List<String> diffIds = new ArrayList<>();
        manifest.get("layers").forEach(layer -> diffIds.add(layer.get("digest").asText()));
        assertThat(diffIds)
                .containsExactlyElementsOf(image.layers().stream()
                        .map(layer -> layer.diffId().toString())
                        .toList());
    }
}
