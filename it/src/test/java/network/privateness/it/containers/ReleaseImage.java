package network.privateness.it.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.privateness.maven.engine.ContainerEngine;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.OciLayoutReader;

/** An image of this build, handed to the engine as {@code ness:load} does, so that no test runs an older one. */
final class ReleaseImage {

    /** Of the images of this build. */
    static final Path LAYOUTS = Path.of(System.getProperty("ness.root", "..")).resolve("images/target/ness/oci");

    private static final Map<Path, String> LOADED = new HashMap<>();

    private ReleaseImage() {}

    /**
     * Loads an image, once for all tests.
     *
     * @return its name in the engine
     */
    static synchronized String load(String name) {
        return load(LAYOUTS.resolve(name));
    }

    /** The same for a layout anywhere. */
    static synchronized String load(Path layout) {
        return LOADED.computeIfAbsent(layout, ReleaseImage::hand);
    }

    private static String hand(Path folder) {
        try {
            OciLayout layout = OciLayoutReader.read(folder);
            ContainerEngine engine = ContainerEngine.find(
                    Optional.ofNullable(System.getProperty("ness.it.engine")), System.getenv("PATH"));
            engine.load(layout.index().require(layout.refName(), engine.platform()), ImageName.parse(layout.refName()));
            return layout.refName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
