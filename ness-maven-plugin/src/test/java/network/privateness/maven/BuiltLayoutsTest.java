package network.privateness.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltLayoutsTest {

    @TempDir
    Path folder;

    private Path place;

    @BeforeEach
    void write() throws IOException {
        place = folder.resolve("oci");
        Files.createDirectories(place.resolve("mesh"));
        Files.createDirectories(place.resolve("ipfs"));
        Files.createDirectories(place.resolve(".ipfs.partial"));
        Files.writeString(place.resolve("notes.txt"), "");
    }

    @Test
    void layoutsOfTheFirstPlaceThatIsThere() throws IOException {
        List<Path> places = List.of(folder.resolve("none"), place, folder);
        assertThat(BuiltLayouts.find(places, List.of())).containsExactly(place.resolve("ipfs"), place.resolve("mesh"));
        assertThat(BuiltLayouts.find(places, List.of("mesh"))).containsExactly(place.resolve("mesh"));
    }

    @Test
    void layoutsOfImagesThatAreNoMoreGoAndNothingElse() throws IOException {
        Files.writeString(place.resolve("mesh/oci-layout"), "{}");
        Files.writeString(place.resolve("mesh/index.json"), "{}");
        Files.createDirectories(place.resolve("mesh/blobs/sha256"));
        BuiltLayouts.removeAllBut(Set.of("mesh"), place);
        assertThat(place.resolve("mesh/index.json")).exists();
        BuiltLayouts.removeAllBut(Set.of("other"), place);
        assertThat(place.resolve("mesh")).doesNotExist();
        assertThat(place.resolve("ipfs")).exists();
        assertThat(place.resolve("notes.txt")).exists();
    }

    @Test
    void whatIsNotThereIsTold() throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> BuiltLayouts.find(List.of(folder.resolve("x"), none), List.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.layouts: there is no folder " + none + ". Next: build the images first: mvn package");
        assertThatThrownBy(() -> BuiltLayouts.find(List.of(place), List.of("mash")))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.images: there is no built image \"mash\"; built: ipfs, mesh."
                        + " Next: correct the name, or build it: mvn package");
        Files.createDirectory(none);
        assertThatThrownBy(() -> BuiltLayouts.find(List.of(none), List.of()))
                .isInstanceOf(Problem.class)
                .hasMessage(none + ": no image is in it. Next: build the images first: mvn package");
    }
}
