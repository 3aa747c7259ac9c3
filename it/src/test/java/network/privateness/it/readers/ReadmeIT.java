package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.privateness.it.Checkout;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.LayerBlob;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;

/** What the README says of the images is what they are. */
final class ReadmeIT {

    private static final String HEAD = "| image | licences | MB on amd64 | arm64 | arm/v7 | largest layer |";

    @Test
    void everyImageHasARowThatSaysHowToRunIt() throws IOException {
        List<String> readme = readme();
        for (BuiltImage image : BuiltImage.release()) {
            assertThat(readme)
                    .as(image.name())
                    .anyMatch(line ->
                            line.startsWith("| `nessnetwork/" + image.name() + "` |") && line.split("\\|").length == 5);
        }
    }

    @Test
    void licencesAndSizesAreTrue() throws IOException {
        Map<String, List<String>> rows = rows();
        Map<String, List<String>> expected = new TreeMap<>();
        for (BuiltImage image : BuiltImage.release()) {
            List<String> cells = new ArrayList<>(List.of(image.definition().licenses()));
            for (Platform platform : Platform.values()) {
                cells.add(image.layout()
                        .index()
                        .image(platform)
                        .map(ReadmeIT::megabytes)
                        .orElse("-"));
            }
            expected.put(image.name(), cells);
        }
        Map<String, List<String>> found = new TreeMap<>(rows);
        found.replaceAll((name, cells) -> cells.subList(0, 4));
        found.keySet().retainAll(expected.keySet());
        assertThat(found).isEqualTo(expected);
        assertThat(rows.values())
                .allMatch(cells -> cells.size() == 5 && cells.get(4).length() > 10);
    }

    private static String megabytes(AssembledImage image) {
        long bytes = image.layers().stream()
                .map(LayerBlob::descriptor)
                .mapToLong(layer -> layer.size())
                .sum();
        return String.valueOf(Math.round(bytes / 1e6));
    }

    /** The cells behind the name, by name. */
    private static Map<String, List<String>> rows() throws IOException {
        List<String> readme = readme();
        int head = readme.indexOf(HEAD);
        assertThat(head).as("the line \"%s\"", HEAD).isNotNegative();
        return readme.subList(head + 2, readme.size()).stream()
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .collect(Collectors.toMap(cells -> cells.get(1), cells -> cells.subList(2, cells.size())));
    }

    private static List<String> readme() throws IOException {
        return Files.readAllLines(Checkout.ROOT.resolve("README.md"));
    }
}
