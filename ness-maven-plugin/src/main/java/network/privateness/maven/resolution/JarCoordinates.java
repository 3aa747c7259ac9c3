package network.privateness.maven.resolution;

import java.util.Comparator;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/**
 * Which jar, without its version: {@code groupId:artifactId} or {@code groupId:artifactId:classifier}.
 *
 * @param classifier empty for none
 */
public record JarCoordinates(String groupId, String artifactId, String classifier)
        implements Comparable<JarCoordinates> {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    /** @throws IllegalArgumentException if a part has other characters than Maven allows */
    public JarCoordinates {
        if (!isPart(groupId) || !isPart(artifactId) || !classifier.isEmpty() && !isPart(classifier)) {
            throw new IllegalArgumentException("\"" + groupId + ":" + artifactId + ":" + classifier
                    + "\" is not groupId:artifactId or groupId:artifactId:classifier");
        }
    }

    /**
     * Reads the written form.
     *
     * @param where file and line of the text
     * @throws Problem if it is not of that form
     */
    public static JarCoordinates parse(String where, String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2 || parts.length == 3 && !parts[2].isEmpty()) {
                return new JarCoordinates(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
            }
        } catch (IllegalArgumentException e) {
            // The same message as for a wrong number of parts.
        }
        throw new Problem(
                where,
                "\"" + text + "\" is not groupId:artifactId or groupId:artifactId:classifier",
                "write it like network.privateness:dns-reverse-proxy");
    }

    @Override
    public int compareTo(JarCoordinates other) {
        return Comparator.comparing(JarCoordinates::toString).compare(this, other);
    }

    /** The written form. */
    @Override
    public String toString() {
        return groupId + ":" + artifactId + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    private static boolean isPart(String text) {
        return text.length() <= 200 && PART.matcher(text).matches() && !text.contains("..");
    }
}
