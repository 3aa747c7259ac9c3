package network.privateness.reproducible.golang;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import network.privateness.reproducible.Problem;

/** The lines of a small text file that came from outside: UTF-8, bounded, and every complaint names its line. */
final class LineReader {

    private static final int MAX_LINE = 4096;

    private final String file;
    private final String[] lines;
    private int line;

    LineReader(String file, byte[] content, long limit) {
        this.file = file;
        if (content.length > limit) {
            throw new Problem(
                    file, "has " + content.length + " bytes, at most " + limit + " are allowed", "check this file");
        }
        this.lines = decode(content).split("\n", -1);
    }

    boolean hasNext() {
        return line < lines.length;
    }

    /** The next line without its end, be it LF or CR LF. */
    String next() {
        String text = lines[line++];
        if (text.length() > MAX_LINE) {
            throw problem("has " + text.length() + " characters, at most " + MAX_LINE + " are allowed");
        }
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** A problem at the line that was read last. */
    Problem problem(String what) {
        return new Problem(file + ":" + line, what, "check this file against the module that it belongs to");
    }

    private String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(file, "is not UTF-8 text", "check this file against the module that it belongs to", e);
        }
    }
}
