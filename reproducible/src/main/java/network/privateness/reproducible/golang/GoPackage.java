package network.privateness.reproducible.golang;

import java.util.regex.Pattern;

/** Checks what becomes part of a Go command line. */
final class GoPackage {

    private static final int MAX_LENGTH = 1024;
    private static final Pattern PATTERN = Pattern.compile("\\.(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9._~/-]+\\.[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}'\"]{0,1000}");

    private GoPackage() {}

    static String check(String pattern) {
        if (pattern.length() > MAX_LENGTH || !PATTERN.matcher(pattern).matches()) {
            throw new IllegalArgumentException("\"" + pattern + "\" is not a package like . or ./cmd/name");
        }
        return pattern;
    }

    static String checkVariable(String name) {
        if (name.length() > MAX_LENGTH || !VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a variable like main.Version");
        }
        return name;
    }

    static String checkValue(String name, String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the value of " + name + " has quotes or control characters, or more than 1000 characters");
        }
        return value;
    }
}
