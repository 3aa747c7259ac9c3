package network.privateness.reproducible.rootfs;

import java.util.Optional;
import java.util.Set;

/**
 * Debian's merged /usr: {@code /bin} and its like are links to {@code usr/bin}, and nothing may take their places.
 *
 * <p>Source: file-hierarchy(7) and Debian's usrmerge; {@code /usr/sbin} stays a folder of its own.
 */
final class MergedUsr {

    private static final Set<String> LINKS = Set.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final String USR = "usr/";

    private MergedUsr() {}

    /** Whether this is one of the links themselves. */
    static boolean isLink(RootPath path) {
        return LINKS.contains(path.toString());
    }

    /** What the link must point to. */
    static String target(RootPath link) {
        return USR + link;
    }

    /** Where a path really is; the links themselves stay. */
    static RootPath map(RootPath path) {
        String text = path.toString();
        int slash = text.indexOf('/');
        return slash > 0 && LINKS.contains(text.substring(0, slash)) ? RootPath.of(USR + text) : path;
    }

    /** The link that must exist when something is at this mapped path. */
    static Optional<RootPath> linkFor(RootPath path) {
        String text = path.toString();
        int slash = text.indexOf('/', USR.length());
        if (slash < 0 || !text.startsWith(USR)) {
            return Optional.empty();
        }
        String name = text.substring(USR.length(), slash);
        return LINKS.contains(name) ? Optional.of(RootPath.of(name)) : Optional.empty();
    }
}
