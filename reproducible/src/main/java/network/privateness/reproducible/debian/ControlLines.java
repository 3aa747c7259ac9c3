package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import network.privateness.reproducible.Problem;

/** The lines of a UTF-8 text, without their line feeds, each at most {@link ControlFile#MAX_LINE} bytes. */
final class ControlLines {

    private final InputStream in;
    private final String where;
    private final String next;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 10];
    private int number;

    ControlLines(InputStream in, String where, String next, int firstLine) {
        this.in = in;
        this.where = where;
        this.next = next;
        this.number = firstLine - 1;
    }

    /** The next line, or null at the end; a last line without a line feed counts. */
    String next() throws IOException {
        number++;
        int length = 0;
        while (true) {
            if (position == limit && !fill()) {
                return length == 0 ? null : decode(length);
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            length = append(length, end - position);
            position = end;
            if (position < limit) {
                position++;
                return decode(length);
            }
        }
    }

    /** The number of the line that was read last. */
    int number() {
        return number;
    }

    Problem problem(String what) {
        return new Problem(where + ":" + number, what, next);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private int append(int length, int count) {
        int total = length + count;
        if (total > ControlFile.MAX_LINE) {
            throw problem("a line of more than " + ControlFile.MAX_LINE + " bytes");
        }
        if (total > line.length) {
            line = Arrays.copyOf(line, Math.max(total, 2 * line.length));
        }
        System.arraycopy(buffer, position, line, length, count);
        return total;
    }

    private String decode(int length) {
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            byte b = line[i];
            if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
                throw problem(String.format(Locale.ROOT, "control character 0x%02x", b));
            }
            ascii &= b >= 0;
        }
        if (ascii) {
            return new String(line, 0, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(where + ":" + number, "not valid UTF-8", next, e);
        }
    }
}
