package network.privateness.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What a test needs of the machine. Without it the test is skipped loudly, or fails where skipping is an error. */
public final class Requirement {

    private static final boolean REQUIRED = Boolean.getBoolean("ness.it.required");

    private Requirement() {}

    /** Goes on only when the machine has it. */
    public static void need(boolean there, String what) {
        if (there) {
            return;
        }
        if (REQUIRED) {
            fail("this machine lacks " + what + ", and ness.it.required forbids to skip");
        }
        System.out.println("SKIPPED: this machine lacks " + what);
        abort("this machine lacks " + what);
    }
}
