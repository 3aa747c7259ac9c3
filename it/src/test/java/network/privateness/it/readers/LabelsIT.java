package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.it.Tool;
import network.privateness.reproducible.definition.ImageDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What registries, stores and people are told about an image, as skopeo shows it. */
final class LabelsIT {

    private static final String OCI = "org.opencontainers.image.";

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<PlatformImage> images() throws IOException {
        return BuiltImage.onAllPlatforms();
    }

    @ParameterizedTest
    @MethodSource("images")
    void saysWhatItIs(PlatformImage one) throws IOException {
        ImageDefinition definition = one.built().definition();
        Map<String, String> expected = new TreeMap<>();
        expected.put(OCI + "title", definition.name());
        expected.put(OCI + "description", definition.description());
        expected.put(OCI + "version", definition.version());
        expected.put(OCI + "source", definition.source());
        expected.put(OCI + "licenses", definition.licenses());
        Tool skopeo = Tool.need("skopeo");
        JsonNode index = JSON.readTree(skopeo.bytes(
                "--insecure-policy", "inspect", "--raw", "oci:" + one.built().folder()));
        assertThat(texts(index.get("annotations"))).isEqualTo(expected);
        definition.software().base().ifPresent(base -> expected.put("network.privateness.base", base));
        if (!definition.members().isEmpty()) {
            expected.put("network.privateness.members", String.join(",", definition.members()));
        }
        JsonNode config = JSON.readTree(one.image().config());
        // Nothing else: no revision, no time, no machine.
        assertThat(texts(config.at("/config/Labels"))).isEqualTo(expected);
        assertThat(expected).doesNotContainValue("").hasSizeGreaterThan(5);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
