package network.privateness.it.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import network.privateness.maven.engine.ContainerEngine;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.OciLayoutReader;

/** Hands the images of this build to the engine, as {@code ness:load} does, so that no test runs an older one. */
final class BuiltImages {

    private static final Path LAYOUTS =
            Path.of(System.getProperty("ness.root", "..")).resolve("images/target/ness/oci");

    private static final Set<String> LOADED = new HashSet<>();

    private BuiltImages() {}

    /** Loads an image once per run. */
    static synchronized void load(String name) {
        if (!LOADED.add(name)) {
            return;
        }
        try {
            OciLayout layout = OciLayoutReader.read(LAYOUTS.resolve(name));
            ContainerEngine engine = ContainerEngine.find(
                    Optional.ofNullable(System.getProperty("ness.it.engine")), System.getenv("PATH"));
            engine.load(layout.index().require(layout.refName(), engine.platform()), ImageName.parse(layout.refName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
