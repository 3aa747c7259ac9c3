package network.privateness.maven.machine;

import java.io.Console;

/** Whether someone watches. */
public final class Terminal {

    private Terminal() {}

    /** From Java 22 on there can be a console without a terminal, which tells by a method of its own. */
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
