package network.privateness.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.OciLayout;

/** Finds what {@code ness:images} left: a folder with one OCI layout per image. */
final class BuiltLayouts {

    private BuiltLayouts() {}

    /**
     * The layouts of the first of these folders that is there.
     *
     * @param names only these images; empty for all
     * @throws Problem if there is no such folder, nothing in it, or not one of these images
     */
    static List<Path> find(List<Path> places, List<String> names) throws IOException {
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                return chosen(place, names);
            }
        }
        throw new Problem(
                "ness.layouts",
                "there is no folder " + places.get(places.size() - 1),
                "build the images first: mvn package");
    }

    /** Removes layouts of images that are no longer defined, so that nobody takes them for built ones. */
    static void removeAllBut(Set<String> images, Path place) throws IOException {
        List<Path> gone;
        try (Stream<Path> children = Files.list(place)) {
            gone = children.filter(child -> !name(child).startsWith("."))
                    .filter(child -> !images.contains(name(child)))
                    .toList();
        }
        for (Path layout : gone) {
            OciLayout.remove(layout);
        }
    }

    private static List<Path> chosen(Path place, List<String> names) throws IOException {
        List<Path> all;
        try (Stream<Path> children = Files.list(place)) {
            // A build that was killed leaves a folder whose name begins with a dot.
            all = children.filter(Files::isDirectory)
                    .filter(child -> !name(child).startsWith("."))
                    .sorted()
                    .toList();
        }
        if (all.isEmpty()) {
            throw new Problem(place.toString(), "no image is in it", "build the images first: mvn package");
        }
        List<String> known = all.stream().map(BuiltLayouts::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new Problem(
                        "ness.images",
                        "there is no built image \"" + name + "\"; built: " + String.join(", ", known),
                        "correct the name, or build it: mvn package");
            }
        }
        return all.stream()
                .filter(path -> names.isEmpty() || names.contains(name(path)))
                .toList();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
