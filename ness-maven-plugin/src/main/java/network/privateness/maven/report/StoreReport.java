package network.privateness.maven.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import network.privateness.reproducible.store.PruneReport;

/**
 * What {@code ness:prune} left of the store.
 *
 * @param store its folder
 * @param pruned what was done
 */
public record StoreReport(Path store, PruneReport pruned) {

    /** The line for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d files removed, %.1f MB freed, %.1f MB kept",
                store,
                pruned.files(),
                pruned.bytesFreed() / 1e6,
                pruned.bytesKept() / 1e6);
    }

    /** Writes the JSON; sizes are bytes. */
    public void write(Path file) throws IOException {
        ObjectNode root = JsonFile.begin()
                .put("store", store.toString())
                .put("filesRemoved", pruned.files())
                .put("bytesFreed", pruned.bytesFreed())
                .put("bytesKept", pruned.bytesKept());
        JsonFile.write(file, root);
    }
}
