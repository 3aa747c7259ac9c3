package network.privateness.reproducible.golang;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names in Go modules, and their escaped form in the proxy protocol (golang.org/x/mod/module). */
final class ModulePath {

    private static final int MAX_LENGTH = 1024;
    private static final Pattern FIRST_ELEMENT = Pattern.compile("[a-z0-9.-]+");
    private static final Pattern ELEMENT = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern SHORT_NAME = Pattern.compile("~[0-9]+");
    private static final Pattern VERSION = Pattern.compile("v(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+incompatible)?");
    private static final String FILE_PUNCTUATION = "!#$%&()+,-.=@[]^_{}~ ";

    // Go refuses these in every path, because Windows can't make such files.
    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "con", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
            "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "prn", "aux", "nul");

    private ModulePath() {}

    /** What is wrong with this module path; empty if nothing. */
    static Optional<String> faultOfModule(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            return Optional.of("has " + path.length() + " characters, 1 to " + MAX_LENGTH + " are allowed");
        }
        String[] elements = path.split("/", -1);
        if (!FIRST_ELEMENT.matcher(elements[0]).matches()
                || !elements[0].contains(".")
                || elements[0].startsWith("-")) {
            return Optional.of("must begin with a host name in lower case");
        }
        for (String element : elements) {
            if (!ELEMENT.matcher(element).matches()
                    || element.startsWith(".")
                    || element.endsWith(".")
                    || isDevice(element)
                    || SHORT_NAME.matcher(stem(element)).find()) {
                return Optional.of("has the element \"" + element + "\", which a module path must not have");
            }
        }
        return Optional.empty();
    }

    /** What is wrong with this version; empty if nothing. */
    static Optional<String> faultOfVersion(String version) {
        return version.length() <= MAX_LENGTH && VERSION.matcher(version).matches()
                ? Optional.empty()
                : Optional.of("is not a version like v1.2.3, v1.2.3-rc.1 or v2.0.0+incompatible");
    }

    /** What is wrong with this relative path of a file in a module zip; empty if nothing. */
    static Optional<String> faultOfFile(String path) {
        for (String element : path.split("/", -1)) {
            if (element.isEmpty() || element.chars().allMatch(c -> c == '.')) {
                return Optional.of("has an empty element, \".\" or \"..\"");
            }
            if (element.endsWith(".")
                    || !element.codePoints().allMatch(ModulePath::allowedInFile)
                    || isDevice(element)) {
                return Optional.of("has the element \"" + element + "\", which a file of a module must not have");
            }
        }
        return Optional.empty();
    }

    /** Upper case becomes {@code !} and lower case, so that proxies work on file systems that ignore case. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                escaped.append('!').append((char) (c - 'A' + 'a'));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The reverse of {@link #escape}; empty if no text has this escaped form. */
    static Optional<String> unescape(String escaped) {
        StringBuilder text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '!') {
                i++;
                if (i == escaped.length() || escaped.charAt(i) < 'a' || escaped.charAt(i) > 'z') {
                    return Optional.empty();
                }
                text.append((char) (escaped.charAt(i) - 'a' + 'A'));
            } else if (c >= 'A' && c <= 'Z') {
                return Optional.empty();
            } else {
                text.append(c);
            }
        }
        return Optional.of(text.toString());
    }

    private static boolean allowedInFile(int c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || FILE_PUNCTUATION.indexOf(c) >= 0;
        }
        return Character.isLetter(c);
    }

    private static boolean isDevice(String element) {
        return WINDOWS_DEVICES.contains(stem(element).toLowerCase(java.util.Locale.ROOT));
    }

    private static String stem(String element) {
        int dot = element.indexOf('.');
        return dot < 0 ? element : element.substring(0, dot);
    }
}
