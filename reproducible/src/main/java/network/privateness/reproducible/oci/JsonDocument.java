package network.privateness.reproducible.oci;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/** A value in a JSON document that somebody else may have written. What is not as it must be is a {@link Problem}. */
final class JsonDocument {

    /** Duplicate names and bytes after the end are how two readers come to see two different documents. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final String NEXT = "build or fetch it again";

    private final String where;
    private final JsonNode node;

    private JsonDocument(String where, JsonNode node) {
        this.where = where;
        this.node = node;
    }

    /** Reads an object. */
    static JsonDocument parse(String where, byte[] bytes) {
        JsonNode node;
        try {
            // Not by Jackson itself: it would also read UTF-16 and UTF-32, and others would not.
            node = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new Problem(where, "is not UTF-8", NEXT, e);
        } catch (JsonProcessingException e) {
            throw new Problem(position(where, e), "is not JSON: " + firstLine(e.getOriginalMessage()), NEXT, e);
        }
        JsonDocument document = new JsonDocument(where, node);
        return document.check(node.isObject(), "an object");
    }

    private static String position(String where, JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null
                ? where
                : where + " line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    JsonDocument member(String name) {
        return optional(name).orElseThrow(() -> problem("has no member \"" + name + "\""));
    }

    Optional<JsonDocument> optional(String name) {
        check(node.isObject(), "an object");
        JsonNode value = node.get(name);
        return value == null || value.isNull()
                ? Optional.empty()
                : Optional.of(new JsonDocument(where + " " + name, value));
    }

    List<JsonDocument> list() {
        check(node.isArray(), "a list");
        List<JsonDocument> list = new ArrayList<>();
        for (JsonNode element : node) {
            list.add(new JsonDocument(where + "[" + list.size() + "]", element));
        }
        return list;
    }

    String text() {
        check(node.isTextual(), "a string");
        return node.textValue();
    }

    /** A string that says something. */
    String name() {
        String text = text();
        check(!text.isEmpty(), "a string with something in it");
        return text;
    }

    Map<String, String> texts() {
        check(node.isObject(), "an object");
        Map<String, String> texts = new TreeMap<>();
        node.fieldNames().forEachRemaining(name -> texts.put(name, member(name).text()));
        return texts;
    }

    long size() {
        check(node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0, "a size of 0 or more");
        return node.longValue();
    }

    Sha256 digest() {
        String text = text();
        check(text.startsWith("sha256:") && text.length() == 71, "sha256: and 64 hexadecimal digits");
        try {
            return Sha256.parse(text);
        } catch (IllegalArgumentException e) {
            throw problem("is not sha256: and 64 lower-case hexadecimal digits", e);
        }
    }

    /** The platform that the members os, architecture and variant name. */
    Platform platform() {
        String text = member("os").text() + "/" + member("architecture").text()
                + optional("variant").map(variant -> "/" + variant.text()).orElse("");
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw problem("names a platform that is not ours: " + e.getMessage(), e);
        }
    }

    /** Says that this value breaks a rule. */
    Problem problem(String what) {
        return problem(what, null);
    }

    private Problem problem(String what, Exception cause) {
        return new Problem(where, what, NEXT, cause);
    }

    private JsonDocument check(boolean fits, String wanted) {
        if (!fits) {
            throw problem("is not " + wanted);
        }
        return this;
    }
}
