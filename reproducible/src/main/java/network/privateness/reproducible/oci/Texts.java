package network.privateness.reproducible.oci;

import java.nio.charset.StandardCharsets;

/** The rule for every text that goes into an image: what no process can be given can't be configured. */
final class Texts {

    private Texts() {}

    static String check(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " has a NUL character: " + text.replace('\0', '?'));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(what + " is not Unicode: it has half of a surrogate pair");
        }
        return text;
    }
}
