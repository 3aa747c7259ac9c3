package network.privateness.reproducible;

import java.util.Objects;

/**
 * Something outside this program is not as it must be: an input, a file that a user wrote, a setting, the machine.
 *
 * <p>It is told to users as one line, never with a stack trace, so it carries all three things that they need: where it
 * is (file and line, or the input's name), what was found against which rule, and what to do next. Only where many things
 * of one kind are wrong, each has a line of its own, and so has the next step: what was found then ends with a line feed.
 */
public class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String where;
    private final String what;
    private final String next;

    /**
     * @param where the file with line and column, the input, or the setting
     * @param what the value that was found and the rule that it breaks
     * @param next the next step, as an instruction
     */
    public Problem(String where, String what, String next) {
        this(where, what, next, null);
    }

    /**
     * @param where the file with line and column, the input, or the setting
     * @param what the value that was found and the rule that it breaks
     * @param next the next step, as an instruction
     * @param cause what made us notice, for the debug log; may be null
     */
    public Problem(String where, String what, String next, Throwable cause) {
        super(where + ": " + what + (what.endsWith("\n") ? "Next: " : ". Next: ") + next, cause);
        this.where = Objects.requireNonNull(where, "where");
        this.what = Objects.requireNonNull(what, "what");
        this.next = Objects.requireNonNull(next, "next");
    }

    /** The file with line and column, the input, or the setting. */
    public String where() {
        return where;
    }

    /** What was found, and the rule that it breaks. */
    public String what() {
        return what;
    }

    /** The next step, as an instruction. */
    public String next() {
        return next;
    }
}
