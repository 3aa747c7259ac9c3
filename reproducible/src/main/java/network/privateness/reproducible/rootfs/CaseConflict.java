package network.privateness.reproducible.rootfs;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.Problem;

/**
 * Refuses paths that differ only in case, in what users provide: such a folder can't be checked out everywhere, so two
 * machines would build two images. Debian packages have such pairs (terminfo, kernel headers) and are not checked.
 */
public final class CaseConflict {

    private CaseConflict() {}

    /** @param where the folder or archive that these paths are from */
    public static void check(Set<RootPath> paths, String where) {
        Map<String, RootPath> folded = new HashMap<>();
        for (RootPath path : paths) {
            String key = path.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
            RootPath other = folded.putIfAbsent(key, path);
            if (other != null) {
                throw new Problem(
                        where,
                        "\"" + other + "\" and \"" + path
                                + "\" differ only in case, which not every file system keeps apart",
                        "rename one of the two");
            }
        }
    }
}
