package network.privateness.reproducible.jvm;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * {@code META-INF/maven/GROUP/ARTIFACT/pom.properties} without the comments, where Maven writes the date.
 *
 * <p>It is kept because vulnerability scanners know a jar by it: they can't know a repacked one by its digest.
 */
final class PomProperties {

    static final int MAX_BYTES = 64 << 10;

    private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9._+-]{1,200}");

    private PomProperties() {}

    /** Three lines in a fixed order; empty if the file names no artifact, so that nobody can use it. */
    static Optional<byte[]> normalized(byte[] bytes) {
        var properties = new Properties();
        try {
            // As bytes they would be ISO 8859-1; a coordinate is ASCII either way.
            properties.load(new StringReader(new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        for (String key : new String[] {"artifactId", "groupId", "version"}) {
            String value = properties.getProperty(key, "");
            if (!COORDINATE.matcher(value).matches()) {
                return Optional.empty();
            }
            text.append(key).append('=').append(value).append('\n');
        }
        return Optional.of(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
