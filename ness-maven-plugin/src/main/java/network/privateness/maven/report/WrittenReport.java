package network.privateness.maven.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import network.privateness.reproducible.Problem;

/**
 * A report that {@link ImagesReport} wrote.
 *
 * @param developmentBuild whether a part was selected
 * @param images the images, in the report's order
 */
public record WrittenReport(boolean developmentBuild, List<Image> images) {

    private static final String AGAIN = "build the images again: mvn package";

    public WrittenReport {
        images = List.copyOf(images);
    }

    /**
     * One image.
     *
     * @param reference name and tag
     * @param index digest of its index
     * @param platforms parted by commas
     */
    public record Image(String reference, String index, String platforms) {}

    /**
     * Reads one.
     *
     * @param where how messages name the file
     * @throws Problem if the file is not a report of this version
     */
    public static WrittenReport read(Path file, String where) throws IOException {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new Problem(where, "it is not JSON", AGAIN, e);
        }
        if (json.path("format").asInt() != JsonFile.FORMAT
                || !json.path("developmentBuild").isBoolean()) {
            throw new Problem(where, "it is not a report of format " + JsonFile.FORMAT, AGAIN);
        }
        List<Image> images = new ArrayList<>();
        for (JsonNode image : json.path("images")) {
            images.add(new Image(
                    image.path("reference").asText(),
                    image.path("index").asText(),
                    StreamSupport.stream(image.path("platforms").spliterator(), false)
                            .map(platform -> platform.path("platform").asText())
                            .collect(Collectors.joining(", "))));
        }
        return new WrittenReport(json.path("developmentBuild").asBoolean(), images);
    }

    /** @throws Problem if only a part was built: nobody may take it for the release */
    public WrittenReport requireWhole(String where) {
        if (developmentBuild) {
            throw new Problem(
                    where,
                    "it reports a development build: only a part of the images or platforms was built",
                    "run mvn ness:package without -Dness.images and -Dness.platforms");
        }
        return this;
    }
}
