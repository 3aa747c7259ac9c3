package network.privateness.reproducible.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The canonical form of JSON (RFC 8785): no white space, members in the order of their names' UTF-16 units, one way to
 * write each string and each number. Equal trees have equal bytes, whoever made them.
 */
public final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * The canonical bytes, in UTF-8 and without a line end.
     *
     * @throws IllegalArgumentException for what I-JSON (RFC 7493) doesn't allow: a lone surrogate, an integer that a
     *     double can't hold exactly, a number that isn't finite; and for nodes that are not JSON
     */
    public static byte[] bytes(JsonNode tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    static String text(JsonNode tree) {
        CanonicalJson json = new CanonicalJson();
        json.value(tree);
        return json.out.toString();
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.textValue());
            case NUMBER -> out.append(CanonicalNumber.text(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            default ->
                throw new IllegalArgumentException(
                        "a node of type " + node.getNodeType() + " can't be written as JSON");
        }
    }

    private void object(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        // String's own order is the one of UTF-16 units, which RFC 8785 §3.2.3 asks for.
        Collections.sort(names);
        out.append('{');
        String comma = "";
        for (String name : names) {
            out.append(comma);
            string(name);
            out.append(':');
            value(node.get(name));
            comma = ",";
        }
        out.append('}');
    }

    private void array(JsonNode node) {
        out.append('[');
        String comma = "";
        for (JsonNode element : node) {
            out.append(comma);
            value(element);
            comma = ",";
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 0xf, 16));
                    } else if (Character.isSurrogate(c)) {
                        if (!isPair(text, i)) {
                            throw new IllegalArgumentException("a string has a lone surrogate at position " + i);
                        }
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPair(String text, int high) {
        return high + 1 < text.length() && Character.isSurrogatePair(text.charAt(high), text.charAt(high + 1));
    }
}
