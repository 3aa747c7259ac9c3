package network.privateness.reproducible.rootfs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import network.privateness.reproducible.Problem;

/**
 * A path below the root of an image, in its only form: {@code usr/bin/x}, relative, without {@code .}, {@code ..}, empty
 * components and slashes at the ends. The root itself has none.
 *
 * <p>Refused as well: control characters, components over 255 and paths over 4095 bytes (Linux's limits), and components
 * that start with {@code .wh.}, which mean a deletion in an image layer.
 *
 * <p>Immutable. Sorted by the bytes of the path in UTF-8, so that parents come first.
 */
public final class RootPath implements Comparable<RootPath> {

    private static final int MAX_PATH_BYTES = 4095;
    private static final int MAX_COMPONENT_BYTES = 255;

    private final String path;

    private RootPath(String path) {
        this.path = path;
    }

    /** @throws IllegalArgumentException if the text is not a path in canonical form; the message names the rule */
    public static RootPath of(String path) {
        String fault = fault(path);
        if (fault != null) {
            throw new IllegalArgumentException("the path \"" + readable(path) + "\" " + fault);
        }
        return new RootPath(path);
    }

    /** Reads the path of something inside an input; {@code where} names the input. */
    public static RootPath parse(String path, String where) {
        String fault = fault(path);
        if (fault != null) {
            throw new Problem(where, "the path \"" + readable(path) + "\" " + fault, "rename it, or use another input");
        }
        return new RootPath(path);
    }

    /** Reads the form that people write, {@code /usr/bin/x}; {@code where} is the file and line. */
    public static RootPath parseAbsolute(String path, String where) {
        if (!path.startsWith("/")) {
            throw new Problem(
                    where,
                    "the path \"" + readable(path) + "\" does not start with /",
                    "write \"/" + readable(path) + "\"");
        }
        return parse(path.substring(1), where);
    }

    /** The folder that this is in; empty at the top. */
    public Optional<RootPath> parent() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(new RootPath(path.substring(0, slash)));
    }

    /** The last component. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** This path, and that one below it. */
    public RootPath resolve(RootPath below) {
        return of(path + "/" + below.path);
    }

    /** @throws IllegalArgumentException if {@code below} is not a relative path in canonical form */
    public RootPath resolve(String below) {
        return resolve(of(below));
    }

    /** Whether this is that path or below it. */
    public boolean startsWith(RootPath other) {
        return path.startsWith(other.path)
                && (path.length() == other.path.length() || path.charAt(other.path.length()) == '/');
    }

    /** With a leading slash, as seen inside a container. */
    public String absolute() {
        return "/" + path;
    }

    @Override
    public int compareTo(RootPath other) {
        int length = Math.min(path.length(), other.path.length());
        for (int i = 0; i < length; i++) {
            char a = path.charAt(i);
            char b = other.path.charAt(i);
            if (a != b) {
                return utf8Rank(a) - utf8Rank(b);
            }
        }
        return path.length() - other.path.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RootPath && path.equals(((RootPath) other).path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** {@code usr/bin/x}. */
    @Override
    public String toString() {
        return path;
    }

    /** Surrogates stand for code points above all others, but their numbers are below U+E000. */
    private static int utf8Rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    private static String fault(String path) {
        if (path.startsWith("/")) {
            return "is absolute, a relative one is needed";
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
            return "is not valid Unicode";
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return "has a control character";
        }
        if (utf8Length(path) > MAX_PATH_BYTES) {
            return "is longer than " + MAX_PATH_BYTES + " bytes";
        }
        for (String component : path.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return "has the component \"" + component + "\"";
            }
            if (component.startsWith(".wh.")) {
                return "has a component that starts with .wh., which means a deletion in an image layer";
            }
            if (utf8Length(component) > MAX_COMPONENT_BYTES) {
                return "has a component longer than " + MAX_COMPONENT_BYTES + " bytes";
            }
        }
        return null;
    }

    private static int utf8Length(String text) {
        // No UTF-16 unit needs more than three bytes: most texts need no encoding to be found short enough.
        return text.length() * 3 <= MAX_COMPONENT_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String readable(String path) {
        StringBuilder readable = new StringBuilder();
        path.chars()
                .limit(MAX_COMPONENT_BYTES)
                .forEach(c ->
                        readable.append(Character.isISOControl(c) || Character.isSurrogate((char) c) ? '?' : (char) c));
        return readable.toString();
    }
}
