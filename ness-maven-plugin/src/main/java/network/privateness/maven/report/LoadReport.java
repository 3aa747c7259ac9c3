package network.privateness.maven.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import network.privateness.maven.engine.LoadedImage;
import network.privateness.reproducible.oci.Platform;

/**
 * What {@code ness:load} gave to an engine.
 *
 * @param platform the engine's
 * @param images what it has now
 * @param leftOut names of images that are not built for its platform
 */
public record LoadReport(Platform platform, List<LoadedImage> images, List<String> leftOut) {

    public LoadReport {
        images = List.copyOf(images);
        leftOut = List.copyOf(leftOut);
    }

    /** The lines for people. */
    public List<String> table() {
        Table table = new Table("IMAGE", "ID", "IS THE DIGEST OF");
        images.forEach(image -> table.row(
                image.name().toString(),
                image.id().toString(),
                "the " + image.idOf().words()));
        return table.lines();
    }

    /** Writes the JSON. */
    public void write(Path file) throws IOException {
        ObjectNode root = JsonFile.begin().put("platform", platform.toString());
        ArrayNode list = root.putArray("images");
        images.forEach(image -> list.addObject()
                .put("reference", image.name().toString())
                .put("id", image.id().toString())
                .put("idOf", image.idOf().words()));
        ArrayNode without = root.putArray("leftOut");
        leftOut.forEach(without::add);
        JsonFile.write(file, root);
    }
}
