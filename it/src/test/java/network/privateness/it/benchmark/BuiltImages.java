package network.privateness.it.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.privateness.it.Requirement;

/** The images that a build of this checkout has left in images/target. */
final class BuiltImages {

    private static final Path LAYOUTS = Workplace.ROOT.resolve("images/target/ness/oci");

    private BuiltImages() {}

    static List<String> names() throws IOException {
        Requirement.need(Files.isDirectory(LAYOUTS), "the images, which mvn package builds");
        try (Stream<Path> layouts = Files.list(LAYOUTS)) {
            return layouts.map(layout -> layout.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** The architectures of an image, as its index names them. */
    static List<String> architectures(String image) throws IOException {
        List<String> names = new ArrayList<>();
        index(image)
                .get("manifests")
                .forEach(one -> names.add(one.at("/platform/architecture").asText()));
        return names;
    }

    /** Unpacks all layers of an image over each other. */
    static Path unpack(String image, String architecture, Path folder) throws IOException, InterruptedException {
        Workplace.delete(folder);
        Files.createDirectories(folder);
        for (JsonNode manifest : index(image).get("manifests")) {
            if (manifest.at("/platform/architecture").asText().equals(architecture)) {
                for (JsonNode layer : read(image, manifest).get("layers")) {
                    String blob = blob(image, layer).toString();
                    List<String> command = List.of("tar", "-C", folder.toString(), "--no-same-owner", "-xzf", blob);
                    Stopwatch.run("tar", command, folder.resolveSibling("tar"));
                }
            }
        }
        return folder;
    }

    private static JsonNode index(String image) throws IOException {
        Path index = LAYOUTS.resolve(image).resolve("index.json");
        Requirement.need(Files.exists(index), "the image " + image + ", which mvn package builds");
        return read(image, new ObjectMapper().readTree(index.toFile()).at("/manifests/0"));
    }

    private static JsonNode read(String image, JsonNode descriptor) throws IOException {
        return new ObjectMapper().readTree(blob(image, descriptor).toFile());
    }

    private static Path blob(String image, JsonNode descriptor) {
        String digest = descriptor.get("digest").asText();
        return LAYOUTS.resolve(image).resolve("blobs").resolve(digest.replace(':', '/'));
    }
}
