package network.privateness.it.readers;

import java.util.Map;
import java.util.TreeMap;

/**
 * A paragraph of Debian's control files, read as scanners do: one field a line, continued by lines that begin with a
 * blank.
 *
 * @param fields by name
 */
record Stanza(Map<String, String> fields) {

    static Stanza parse(String text) {
        Map<String, String> fields = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.startsWith(" ") || line.startsWith("\t")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1
                    || fields.put(
                                    line.substring(0, colon),
                                    line.substring(colon + 1).strip())
                            != null) {
                throw new AssertionError("not one stanza, or a field twice: \"" + line + "\" in\n" + text);
            }
        }
        return new Stanza(fields);
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    /** The source package and its version; a package without the field is its own source, of its own version. */
    String source() {
        String source = get("Source").isEmpty() ? get("Package") : get("Source");
        return source.contains("(") ? source : source + " (" + get("Version") + ")";
    }
}
