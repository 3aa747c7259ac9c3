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

/**
 * Images that a build has left.
 *
 * @param layouts the folder with their layouts
 */
record Layouts(Path layouts) {

    /** The images of this checkout. */
    static Layouts here() {
        Path layouts = Workplace.ROOT.resolve("images/target/ness/oci");
        Requirement.need(Files.isDirectory(layouts), "the images, which mvn package builds");
        return new Layouts(layouts);
    }

    List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(layouts)) {
            return folders.map(layout -> layout.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** The architectures of an image, as its index names them. */
    List<String> architectures(String image) throws IOException {
        List<String> names = new ArrayList<>();
        manifests(image)
                .forEach(one -> names.add(one.at("/platform/architecture").asText()));
        return names;
    }

    /** Unpacks the topmost layer into {@code top}, those below over each other into {@code below}, all without links. */
    void unpack(String image, String architecture, Path folder) throws IOException, InterruptedException {
        Workplace.delete(folder);
        Files.createDirectories(folder.resolve("below"));
        Files.createDirectories(folder.resolve("top"));
        for (JsonNode manifest : manifests(image)) {
            if (manifest.at("/platform/architecture").asText().equals(architecture)) {
                JsonNode layers = read(image, manifest).get("layers");
                for (int i = 0; i < layers.size(); i++) {
                    String to = folder.resolve(i == layers.size() - 1 ? "top" : "below")
                            .toString();
                    String blob = blob(image, layers.get(i)).toString();
                    run("tar", "-C", to, "--no-same-owner", "-xzf", blob);
                }
            }
        }
        run("find", folder.toString(), "-type", "l", "-delete");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Stopwatch.run(command[0], List.of(command), Workplace.folder("unpack"));
    }

    private JsonNode manifests(String image) throws IOException {
        Path index = layouts.resolve(image).resolve("index.json");
        Requirement.need(Files.exists(index), "the image " + image + ", which mvn package builds");
        return read(image, new ObjectMapper().readTree(index.toFile()).at("/manifests/0"))
                .get("manifests");
    }

    private JsonNode read(String image, JsonNode descriptor) throws IOException {
        return new ObjectMapper().readTree(blob(image, descriptor).toFile());
    }

    private Path blob(String image, JsonNode descriptor) {
        String digest = descriptor.get("digest").asText();
        return layouts.resolve(image).resolve("blobs").resolve(digest.replace(':', '/'));
    }
}
