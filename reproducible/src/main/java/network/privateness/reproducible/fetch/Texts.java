package network.privateness.reproducible.fetch;

import java.net.URI;
import java.time.Duration;

/** What may be shown of texts that come from outside. */
final class Texts {

    private static final int LONGEST = 200;

    private Texts() {}

    /** Without control characters, and not endless. */
    static String printable(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }

    /** A source without credentials and query, which may hold a token. */
    static String source(URI source) {
        if (source.getHost() == null) {
            return printable(String.valueOf(source.getPath()));
        }
        return printable(source.getScheme() + "://" + authority(source) + source.getRawPath());
    }

    /** Host and, where it is not the usual one, port; the path for local sources. */
    static String host(URI source) {
        return source.getHost() == null ? source(source) : printable(authority(source));
    }

    /** {@code 60 s} or {@code 250 ms}. */
    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String authority(URI source) {
        return source.getHost() + (source.getPort() < 0 ? "" : ":" + source.getPort());
    }
}
