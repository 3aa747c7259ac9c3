package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;

/**
 * Reads a file of Debian's control format (deb822, Debian Policy 5.1) stanza by stanza, without keeping it.
 *
 * <p>Strict: valid UTF-8, no control characters, no field twice in a stanza, field names of the policy's characters.
 * Bounds: {@value #MAX_LINE} bytes a line, {@value #MAX_STANZA} bytes and {@value #MAX_FIELDS} fields a stanza (the
 * longest line of Debian 13 has 75,649 bytes, the largest stanza is Release's with 160 KB).
 */
public final class ControlFile {

    /** Who wrote the file. */
    public enum Style {
        /** The archive's software: no comments, nothing but an empty line ends a stanza. */
        ARCHIVE,
        /** A person: lines that begin with # are comments, and a line of spaces and tabs ends a stanza as well. */
        HAND_WRITTEN
    }

    static final int MAX_LINE = 1 << 18;
    static final int MAX_STANZA = 1 << 22;
    static final int MAX_FIELDS = 500;

    private final ControlLines lines;
    private final String where;
    private final String next;
    private final Style style;

    /**
     * @param in the file; the caller closes it
     * @param where what messages call the file
     * @param next what messages advise when the file is malformed
     */
    public ControlFile(InputStream in, String where, String next, Style style) {
        this(in, where, next, style, 1);
    }

    ControlFile(InputStream in, String where, String next, Style style, int firstLine) {
        this.lines = new ControlLines(in, where, next, firstLine);
        this.where = where;
        this.next = next;
        this.style = style;
    }

    /**
     * The next stanza, or nothing at the end of the file.
     *
     * @throws Problem if the file is malformed; it names the line
     */
    public Optional<Stanza> next() throws IOException {
        String line = lines.next();
        while (line != null && (isSeparator(line) || isComment(line))) {
            line = lines.next();
        }
        if (line == null) {
            return Optional.empty();
        }
        int start = lines.number();
        Fields fields = new Fields();
        while (line != null && !isSeparator(line)) {
            if (!isComment(line)) {
                fields.add(line);
            }
            line = lines.next();
        }
        return Optional.of(new Stanza(where, start, next, fields.finish()));
    }

    /**
     * The only stanza of a file.
     *
     * @throws Problem if there is none, or a second one
     */
    public Stanza only() throws IOException {
        Stanza stanza = next().orElseThrow(() -> new Problem(where, "no field in it; one stanza is needed", next));
        Optional<Stanza> second = next();
        if (second.isPresent()) {
            throw new Problem(second.get().where(), "a second stanza; only one is allowed", next);
        }
        return stanza;
    }

    private boolean isSeparator(String line) {
        return line.isEmpty() || style == Style.HAND_WRITTEN && line.isBlank();
    }

    private boolean isComment(String line) {
        return style == Style.HAND_WRITTEN && line.charAt(0) == '#';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Puts the lines of one stanza together. */
    private final class Fields {

        private final Map<String, String> values = new LinkedHashMap<>();
        private final StringBuilder value = new StringBuilder();
        private String name;
        private long size;

        void add(String line) {
            size += line.length() + 1;
            if (size > MAX_STANZA) {
                throw lines.problem("a stanza of more than " + MAX_STANZA + " bytes");
            }
            if (isBlank(line.charAt(0))) {
                continueField(line);
            } else {
                startField(line);
            }
        }

        private void continueField(String line) {
            if (name == null) {
                throw lines.problem("a continuation line, but no field before it");
            }
            if (line.isBlank()) {
                throw lines.problem("a continuation line with nothing in it; an empty one is written \" .\"");
            }
            value.append('\n').append(line.substring(1).stripTrailing());
        }

        private void startField(String line) {
            flush();
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw lines.problem("\"" + Quoted.text(line) + "\" is not \"field: value\"");
            }
            String written = line.substring(0, colon);
            if (!isFieldName(written)) {
                throw lines.problem("\"" + Quoted.text(written)
                        + "\" is no field name: printable ASCII, no space, not beginning with # or -");
            }
            name = written.toLowerCase(Locale.ROOT);
            if (values.containsKey(name)) {
                throw lines.problem("field \"" + written + "\" twice in one stanza");
            }
            if (values.size() == MAX_FIELDS) {
                throw lines.problem("more than " + MAX_FIELDS + " fields in one stanza");
            }
            values.put(name, "");
            value.append(line.substring(colon + 1).strip());
        }

        private void flush() {
            if (name != null) {
                values.put(name, value.toString());
                value.setLength(0);
            }
        }

        Map<String, String> finish() {
            flush();
            return values;
        }

        private boolean isFieldName(String text) {
            return !text.isEmpty()
                    && text.charAt(0) != '#'
                    && text.charAt(0) != '-'
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        }
    }
}
