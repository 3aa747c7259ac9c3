package network.privateness.reproducible.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import network.privateness.reproducible.debian.DebFile;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;

/** Whether the licence of a Debian package asks that its source is handed on too. */
final class Copyleft {

    /** GPL, LGPL, AGPL, MPL, EPL, EUPL, CDDL, OSL and the share-alike licences, as copyright files name them. */
    private static final Pattern NAME = Pattern.compile(
            "\\b[AL]?GPL|General Public Licen[cs]e|\\bMPL|Mozilla Public|\\bE(U)?PL\\b|\\bCDDL|\\bOSL\\b|CC-BY-SA|Artistic");

    /** Debian 13's longest has 1.5 MB. */
    private static final int LONGEST = 8 << 20;

    private Copyleft() {}

    /** Rather too often than not: a package that says nothing of its licence counts, since silence is no permission. */
    static boolean is(String name, DebFile deb) throws IOException {
        Node node = deb.nodes().get(RootPath.of("usr/share/doc/" + name + "/copyright"));
        if (!(node instanceof RegularFile file)) {
            return true;
        }
        try (InputStream in = file.content().open()) {
            return NAME.matcher(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8))
                    .find();
        }
    }
}
