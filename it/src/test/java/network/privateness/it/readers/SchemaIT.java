package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import network.privateness.maven.image.OciSchemas;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.ImageIndex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every document of every layout, against the schemas of image-spec; the plugin's own test shows that they can fail. */
final class SchemaIT {

    @TempDir
    static Path folder;

    private static OciSchemas schemas;

    @BeforeAll
    static void readSchemas() throws IOException {
        schemas = OciSchemas.fetch(folder);
    }

    static List<BuiltImage> images() throws IOException {
        return BuiltImage.all();
    }

    @ParameterizedTest
    @MethodSource("images")
    void everyDocumentIsValid(BuiltImage built) throws IOException {
        valid("image-layout-schema.json", Files.readAllBytes(built.folder().resolve("oci-layout")));
        valid("image-index-schema.json", Files.readAllBytes(built.folder().resolve("index.json")));
        ImageIndex index = built.layout().index();
        valid("image-index-schema.json", index.bytes());
        Set<String> known = new HashSet<>(Set.of(index.descriptor().digest().hex()));
        for (AssembledImage image : index.images()) {
            valid("image-manifest-schema.json", image.manifest());
            valid("config-schema.json", image.config());
            known.add(image.descriptor().digest().hex());
            known.add(image.configDescriptor().digest().hex());
            image.layers()
                    .forEach(layer -> known.add(layer.descriptor().digest().hex()));
        }
        // There is nothing else that a schema would have to say something about.
        try (Stream<Path> blobs = Files.list(built.folder().resolve("blobs/sha256"))) {
            assertThat(blobs.map(blob -> blob.getFileName().toString())).containsExactlyInAnyOrderElementsOf(known);
        }
        try (Stream<Path> files = Files.list(built.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout");
        }
    }

    private static void valid(String schema, byte[] document) {
        assertThat(schemas.errors(schema, new String(document, StandardCharsets.UTF_8)))
                .as(schema)
                .isEmpty();
    }
}
