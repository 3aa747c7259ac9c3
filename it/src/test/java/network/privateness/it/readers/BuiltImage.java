package network.privateness.it.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import network.privateness.it.Checkout;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.oci.LayerBlob;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.OciLayoutReader;

/**
 * An image that this build made.
 *
 * @param name of its folder
 * @param folder its OCI layout
 * @param layout what our reader finds there
 */
record BuiltImage(String name, Path folder, OciLayout layout) {

    /** The images that users get. */
    static List<BuiltImage> release() throws IOException {
        return in("images");
    }

    /** Those, and the small ones that only tests use. */
    static List<BuiltImage> all() throws IOException {
        List<BuiltImage> images = new ArrayList<>(release());
        images.addAll(in("it/images"));
        return images;
    }

    /** All of them, for each of their platforms. */
    static List<PlatformImage> onAllPlatforms() throws IOException {
        return onAllPlatforms(all());
    }

    /** The images that users get, for each of their platforms. */
    static List<PlatformImage> releaseOnAllPlatforms() throws IOException {
        return onAllPlatforms(release());
    }

    private static List<PlatformImage> onAllPlatforms(List<BuiltImage> images) {
        return images.stream()
                .flatMap(built -> built.layout.index().images().stream().map(image -> new PlatformImage(built, image)))
                .toList();
    }

    private static List<BuiltImage> in(String place) throws IOException {
        Path definitions = Checkout.ROOT.resolve(place);
        if (!Files.isDirectory(definitions)) {
            return List.of();
        }
        Path layouts = definitions.resolve("target/ness/oci");
        if (!Files.isDirectory(layouts)) {
            throw new AssertionError("there is no " + layouts + ": run mvn package first");
        }
        List<BuiltImage> images = new ArrayList<>();
        try (Stream<Path> children = Files.list(layouts)) {
            for (Path child : children.sorted().toList()) {
                images.add(new BuiltImage(child.getFileName().toString(), child, OciLayoutReader.read(child)));
            }
        }
        return images;
    }

    /** Every layer once, largest last. */
    static List<LayerBlob> layers() throws IOException {
        List<LayerBlob> layers = new ArrayList<>();
        for (PlatformImage image : onAllPlatforms()) {
            for (LayerBlob layer : image.image().layers()) {
                if (layers.stream().noneMatch(known -> known.diffId().equals(layer.diffId()))) {
                    layers.add(layer);
                }
            }
        }
        layers.sort(Comparator.comparing(layer -> layer.descriptor().size()));
        return layers;
    }

    /** From the lock of the folder that the image is defined in. */
    Lock lock() throws IOException {
        return LockReader.read(source().resolve(Lock.FILE), Lock.FILE);
    }

    Definitions definitions() throws IOException {
        return Definitions.read(source());
    }

    ImageDefinition definition() throws IOException {
        return definitions().images().get(name);
    }

    private Path source() {
        // FOLDER/target/ness/oci/NAME
        return folder.resolve("../../../..").normalize();
    }

    @Override
    public String toString() {
        return name;
    }
}
