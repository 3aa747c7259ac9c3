package network.privateness.reproducible.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules for names inside archives: relative, no way up, nothing that two readers could understand differently. */
final class MemberName {

    /** The longest path that Linux takes in a system call, without its end mark (PATH_MAX - 1). */
    static final int MAX_BYTES = 4095;

    private MemberName() {}

    /**
     * Decodes strictly.
     *
     * @param what the kind of name, for the message
     */
    static String decode(byte[] bytes, int from, int to, Refusal refusal, long offset, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            String readable = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            throw refusal.at(offset, "the " + what + " " + Refusal.quote(readable) + " is not UTF-8");
        }
    }

    /** Refuses names that leave the archive or that have more than one meaning; a final slash was cut off before. */
    static void check(String name, Refusal refusal, long offset) {
        if (name.isEmpty()) {
            throw refusal.at(offset, "the member's name is empty");
        }
        if (name.startsWith("/")) {
            throw refusal.at(name, offset, "its name is absolute, only relative names are allowed");
        }
        if (name.length() > MAX_BYTES) {
            throw refusal.at(name, offset, "its name is longer than " + MAX_BYTES + " bytes");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refusal.at(name, offset, "its name has a control character");
        }
        for (int start = 0; start <= name.length(); ) {
            int slash = name.indexOf('/', start);
            int end = slash < 0 ? name.length() : slash;
            String component = name.substring(start, end);
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                throw refusal.at(
                        name,
                        offset,
                        "its name has the component " + Refusal.quote(component) + ", which is not allowed");
            }
            start = end + 1;
        }
    }
}
