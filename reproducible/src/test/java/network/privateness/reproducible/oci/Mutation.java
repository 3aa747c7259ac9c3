package network.privateness.reproducible.oci;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages a document a little, so that it often still is JSON. */
final class Mutation {

    private static final List<String> PIECES =
            List.of("null", "-1", "1e400", "{}", "[]", "\"\"", "true", "\"\\ud800\"", ",", "99999999999999999999");

    private Mutation() {}

    static byte[] of(byte[] document, Random random) {
        String text = new String(document, StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            text = switch (random.nextInt(4)) {
                case 0 -> text.substring(0, at);
                case 1 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
                case 2 -> replaceValue(text, at, PIECES.get(random.nextInt(PIECES.size())));
                default -> text.substring(0, at) + text.substring(Math.min(text.length(), at + random.nextInt(20)));
            };
            if (text.isEmpty()) {
                break;
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Puts something else between a colon and the next comma or closing bracket. */
    private static String replaceValue(String text, int from, String piece) {
        int colon = text.indexOf(':', from);
        if (colon < 0) {
            return text;
        }
        int[] ends = {text.indexOf(',', colon), text.indexOf('}', colon), text.indexOf(']', colon)};
        int end = Arrays.stream(ends).filter(i -> i >= 0).min().orElse(text.length());
        return text.substring(0, colon + 1) + piece + text.substring(end);
    }
}
