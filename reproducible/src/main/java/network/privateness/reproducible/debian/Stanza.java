package network.privateness.reproducible.debian;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.Problem;

/**
 * One stanza of a control file: fields in the order of the file. Names are case-insensitive; a value of several lines
 * has {@code \n} between them, without the character that begins each continuation line.
 */
public final class Stanza {

    private final String file;
    private final int line;
    private final String next;
    private final Map<String, String> values;

    /** @param values lower-case names to values */
    Stanza(String file, int line, String next, Map<String, String> values) {
        this.file = file;
        this.line = line;
        this.next = next;
        this.values = Collections.unmodifiableMap(values);
    }

    /** The value of a field, if the stanza has it; it may be empty. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The value of a field that must be there and not be empty.
     *
     * @throws Problem if it is not
     */
    public String require(String name) {
        return get(name).filter(value -> !value.isEmpty()).orElseThrow(() -> problem("no field \"" + name + "\""));
    }

    /** Names of the fields, in lower case, in the order of the file. */
    public Set<String> names() {
        return values.keySet();
    }

    /** File and line where the stanza begins. */
    public String where() {
        return file + ":" + line;
    }

    /** A problem with this stanza. */
    public Problem problem(String what) {
        return new Problem(where(), what, next);
    }
}
