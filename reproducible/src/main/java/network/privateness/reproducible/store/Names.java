package network.privateness.reproducible.store;

import java.util.regex.Pattern;

/** Names that callers give to parts of the store become file names, so few characters are allowed. */
final class Names {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private Names() {}

    /** @throws IllegalArgumentException if it is not 1 to 100 of a-z, 0-9, dot, hyphen, underscore */
    static String check(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" must match " + ALLOWED);
        }
        return name;
    }
}
