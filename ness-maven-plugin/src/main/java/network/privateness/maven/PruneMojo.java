package network.privateness.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import network.privateness.maven.report.StoreReport;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.store.ContentStore;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Shrinks the store: what was not used for longest goes first, and comes again when a build needs it. */
@Mojo(name = "prune", aggregator = true, requiresProject = false, threadSafe = true)
public final class PruneMojo extends StoreMojo {

    /** How large the store may be afterwards, in GiB; 0 empties it. */
    @Parameter(property = "ness.prune.gib", defaultValue = "5")
    private int keepGib;

    @Override
    void run() throws IOException {
        if (keepGib < 0) {
            throw new Problem(
                    "ness.prune.gib", keepGib + " is negative", "give the size to keep in GiB, 0 for nothing");
        }
        try (ContentStore store = openStore()) {
            StoreReport report = new StoreReport(store.folder(), store.prune((long) keepGib << 30));
            Optional<Path> file = report("prune.json");
            if (file.isPresent()) {
                report.write(file.get());
            }
            getLog().info(report.line());
        }
    }
}
