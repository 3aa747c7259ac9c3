package network.privateness.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import network.privateness.reproducible.fetch.Documents;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.H1;
import network.privateness.reproducible.golang.ModuleVersion;

/** The JSON schemas of image-spec, from the Go module that the specification is published as. */
public final class OciSchemas {

    private static final ModuleVersion SPEC = new ModuleVersion("github.com/opencontainers/image-spec", "v1.1.1");
    private static final H1 SPEC_H1 = new H1("h1:y0fUlFfIZhPF1W537XOLg0/fcx6zcHCJwooC2xJA040=");
    private static final int MAX_ZIP = 8 << 20;
    private static final String BASE = "https://opencontainers.org/schema/";

    /** By file name. */
    private final Map<String, String> schemas;

    private OciSchemas(Map<String, String> schemas) {
        this.schemas = schemas;
    }

    /** @param folder where the module's zip is put */
    public static OciSchemas fetch(Path folder) throws IOException {
        Path zip = folder.resolve("image-spec.zip");
        GoProxySetting proxies = GoProxySetting.find(System.getenv());
        Files.write(zip, new Documents(FetchSettings.defaults()).read(proxies.zip(SPEC), MAX_ZIP));
        assertThat(H1.ofZip(zip, SPEC)).isEqualTo(SPEC_H1);
        Map<String, String> schemas = new TreeMap<>();
        String prefix = SPEC + "/schema/";
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream().toList()) {
                if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".json")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        schemas.put(
                                entry.getName().substring(prefix.length()),
                                new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return new OciSchemas(schemas);
    }

    /**
     * What is wrong with a document.
     *
     * @param schema a file's name, such as {@code image-index-schema.json}
     */
    public List<String> errors(String schema, String document) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_4, builder -> builder.schemas(this::schema));
        Schema loaded = registry.getSchema(SchemaLocation.of(BASE + "image/" + schema));
        return loaded.validate(document, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** The files refer to each other by name, from several folders that their ids make up. */
    private String schema(String iri) {
        return iri.startsWith(BASE) ? schemas.get(iri.substring(iri.lastIndexOf('/') + 1)) : null;
    }
}
