package network.privateness.it.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import network.privateness.reproducible.oci.OciLayoutReader;
import network.privateness.reproducible.oci.Platform;

/** An image of {@code it/images}, in the engine under a name that says its platform. */
final class FixtureImage {

    private FixtureImage() {}

    /**
     * Loads an image, once for all tests.
     *
     * @return its name in the engine; run it with {@link #platform}
     */
    static String load(String name, Platform platform) {
        Path layout = Path.of(System.getProperty("ness.root"), "it/images/target/ness/oci", name);
        try {
            return EngineImages.load(name, OciLayoutReader.read(layout).index().require(layout.toString(), platform));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option that makes an engine run an image of another platform than its own. */
    static List<String> platform(Platform platform) {
        return EngineImages.platform(platform);
    }
}
