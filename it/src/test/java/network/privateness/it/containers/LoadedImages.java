package network.privateness.it.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.privateness.it.Checkout;

/** The release images, as {@code mvn ness:load} puts them into the engine: once for all tests. */
public final class LoadedImages {

    private static String said;

    private LoadedImages() {}

    /** What the goal printed. */
    public static synchronized String load() {
        if (said == null) {
            try {
                Path scratch = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "load");
                said = Checkout.maven(scratch.toAbsolutePath(), "ness:load", "-Dness.engine=" + Engine.COMMAND);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return said;
    }
}
