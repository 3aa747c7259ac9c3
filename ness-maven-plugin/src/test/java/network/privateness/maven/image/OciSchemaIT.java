package network.privateness.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.DockerArchive;
import network.privateness.reproducible.oci.ImageIndex;
import network.privateness.reproducible.oci.ImageLayer;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.Platform;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write, against the JSON schemas of image-spec. */
class OciSchemaIT {

    @TempDir
    static Path folder;

    private static OciSchemas schemas;

    @BeforeAll
    static void readSchemas() throws IOException {
        schemas = OciSchemas.fetch(folder);
    }

    static Stream<AssembledImage> images() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        List<ImageLayer> layers = List.of(
                SampleImages.layer(blobs, "base", Map.of("etc/name", "a")),
                SampleImages.layer(blobs, "debian", Map.of("usr/bin/node", "b")));
        JibImages jib = new JibImages();
        return Stream.concat(
                Arrays.stream(Platform.values()).map(platform -> jib.assemble(SampleImages.config(platform), layers)),
                Stream.of(jib.assemble(SampleImages.bareConfig(Platform.LINUX_AMD64), List.of(layers.get(0)))));
    }

    @ParameterizedTest
    @MethodSource("images")
    void configurationAndManifest(AssembledImage image) {
        assertThat(errors("config-schema.json", text(image.config()))).isEmpty();
        assertThat(errors("image-manifest-schema.json", text(image.manifest()))).isEmpty();
    }

    @Test
    void indexAndLayout() throws Exception {
        ImageIndex index = ImageIndex.of(
                images().limit(Platform.values().length).toList(), Map.of("org.opencontainers.image.title", "sample"));
        assertThat(errors("image-index-schema.json", text(index.bytes()))).isEmpty();
        Path layout = folder.resolve("layout");
        new OciLayout("0.1.0", index).write(layout);
        assertThat(errors("image-index-schema.json", Files.readString(layout.resolve("index.json"))))
                .isEmpty();
        assertThat(errors("image-layout-schema.json", Files.readString(layout.resolve("oci-layout"))))
                .isEmpty();
    }

    @Test
    void archive() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AssembledImage image = images().findFirst().orElseThrow();
        new DockerArchive(image, ImageName.parse("nessnetwork/sample:0.1.0")).writeTo(out);
        try (TarFile tar = new TarFile(out.toByteArray())) {
            List<String> checked = new ArrayList<>();
            for (var entry : tar.getEntries()) {
                String schema = switch (entry.getName()) {
                    case "index.json" -> "image-index-schema.json";
                    case "oci-layout" -> "image-layout-schema.json";
                    default -> "";
                };
                if (!schema.isEmpty()) {
                    checked.add(entry.getName());
                    assertThat(errors(schema, text(tar.getInputStream(entry).readAllBytes())))
                            .isEmpty();
                }
            }
            assertThat(checked).containsExactly("oci-layout", "index.json");
        }
    }

    /** That the schemas and those that they refer to are really applied. */
    @Test
    void wrongDocumentsAreFound() throws Exception {
        AssembledImage image = images().findFirst().orElseThrow();
        String manifest = text(image.manifest());
        assertThat(errors("image-manifest-schema.json", manifest.replace("sha256:", "sha256-")))
                .isNotEmpty();
        assertThat(errors("image-manifest-schema.json", manifest.replace("\"schemaVersion\":2", "\"schemaVersion\":1")))
                .isNotEmpty();
        String config = text(image.config());
        assertThat(errors("config-schema.json", config.replace("\"layers\"", "\"layer\"")))
                .isNotEmpty();
        assertThat(errors("config-schema.json", config.replace("\"53/udp\":{}", "\"53/udp\":1")))
                .isNotEmpty();
    }

    private static List<String> errors(String schema, String document) {
        return schemas.errors(schema, document);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
