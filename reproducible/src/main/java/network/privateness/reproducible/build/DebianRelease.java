package network.privateness.reproducible.build;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The Debian release that images are made of, and where the archives keep what. */
public final class DebianRelease {

    /** Debian 13. */
    public static final String CODENAME = "trixie";

    /** Security updates of {@link #CODENAME}, from the security archive. */
    public static final String SECURITY = CODENAME + "-security";

    /** Suites that make up the release; of a package in several of them the newest version counts. */
    public static final List<String> SUITES = List.of(CODENAME, CODENAME + "-updates", SECURITY);

    /** The setting of the snapshot archive's root. */
    public static final String SNAPSHOT_SETTING = "ness.debian.snapshot";

    /** The setting that leaves suites out. */
    public static final String WITHOUT_SETTING = "ness.debian.without";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A snapshot archive imports four times a day: the first import that can hold a state is at most this much later. */
    private static final Duration IMPORTED_AFTER = Duration.ofHours(6);

    private DebianRelease() {}

    /** Whether the suite is in the security archive, which is another one than the main archive. */
    public static boolean isSecurity(String suite) {
        return suite.endsWith("-security");
    }

    /** Where a snapshot archive keeps a file of a suite whose InRelease had this date. */
    static URI snapshot(URI root, String suite, Instant date, String path) {
        String archive = isSecurity(suite) ? "debian-security" : "debian";
        return below(below(root, archive + "/" + STAMP.format(date.plus(IMPORTED_AFTER))), path);
    }

    /** A file below a base, whether the base ends with a slash or not. */
    public static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/")
                + path.replace("%", "%25").replace("+", "%2B").replace("~", "%7E"));
    }
}
