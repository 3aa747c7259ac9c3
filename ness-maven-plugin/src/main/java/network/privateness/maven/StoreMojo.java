package network.privateness.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.store.ContentStore;
import org.apache.maven.plugins.annotations.Parameter;

/** Goals that use the store of inputs and layers. */
abstract class StoreMojo extends NessMojo {

    private static final long GIB = 1L << 30;

    /**
     * Folder of the store that keeps inputs and layers between builds. Default: {@code ness} in the user's cache folder
     * ({@code $XDG_CACHE_HOME}, {@code ~/.cache}, on macOS {@code ~/Library/Caches}).
     */
    @Parameter(property = "ness.store")
    private File store;

    /** How large the store may grow, in GiB; what was not used for longest goes first. */
    @Parameter(property = "ness.store.gib", defaultValue = "20")
    private int storeGib;

    final ContentStore openStore() throws IOException {
        Path folder = store == null
                ? ContentStore.defaultFolder(System.getenv(), System.getProperty("user.home"))
                : store.toPath();
        if (storeGib < 1) {
            throw new Problem("ness.store.gib", storeGib + " is less than 1", "give the store at least 1 GiB");
        }
        return ContentStore.open(folder.toAbsolutePath(), OptionalLong.of(storeGib * GIB), Clock.systemUTC());
    }
}
