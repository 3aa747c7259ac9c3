package network.privateness.reproducible.jvm;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/** What an entry of a jar is, as far as its name tells. */
final class JarEntryName {

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/([1-9][0-9]{0,3})/.+");
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");

    private JarEntryName() {}

    /**
     * @throws Problem if the name leads out of the jar, or two ways of reading it differ
     */
    static String checked(String where, String name) {
        String rule = null;
        if (name.isEmpty() || name.startsWith("/")) {
            rule = "is not relative";
        } else if (name.indexOf('\\') >= 0 || name.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '\uFFFD')) {
            rule = "has a backslash, a control character or bytes that are no UTF-8";
        } else if (("/" + name).contains("//") || ("/" + name + "/").matches(".*/\\.{1,2}/.*")) {
            rule = "has an empty, \".\" or \"..\" part";
        } else if (name.getBytes(StandardCharsets.UTF_8).length > StoredZipWriter.MAX_NAME_BYTES) {
            rule = "is longer than " + StoredZipWriter.MAX_NAME_BYTES + " bytes";
        }
        if (rule != null) {
            throw new Problem(
                    where, "entry name \"" + printable(name) + "\" " + rule, "use another release of this jar");
        }
        return name;
    }

    static boolean isDirectory(String name) {
        return name.endsWith("/");
    }

    /** Java finds the manifest in any case. */
    static boolean isManifest(String name) {
        return name.equalsIgnoreCase(JarManifest.PATH);
    }

    /**
     * Whether it is left out: signatures, which don't outlive our manifest (the pinned digest stands in for them); the
     * index of a class path that is no longer that; Maven's build file, which no program reads.
     */
    static boolean isDropped(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return SIGNATURE.matcher(upper).matches()
                || upper.equals("META-INF/INDEX.LIST")
                || name.startsWith("META-INF/maven/") && name.endsWith("/pom.xml");
    }

    static boolean isPomProperties(String name) {
        return name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties");
    }

    static boolean isClass(String name) {
        return name.endsWith(".class");
    }

    /** N of {@code META-INF/versions/N/}, 0 for all else. */
    static int layer(String name) {
        Matcher versioned = VERSIONED.matcher(name);
        return versioned.matches() ? Integer.parseInt(versioned.group(1)) : 0;
    }

    private static String printable(String name) {
        String cut = name.length() > 200 ? name.substring(0, 200) + "..." : name;
        return cut.replaceAll("[\\p{Cntrl}]", "?");
    }
}
