package network.privateness.maven.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {

    private static final String NEXT = ". Next: install a JDK 25, or name it in ~/.m2/toolchains.xml";

    @TempDir
    Path folder;

    @Test
    void theSelectedOneComesFirst() throws Exception {
        Path selected = jdk("selected", "25.0.3");
        Path other = jdk("other", "25.0.1");
        assertThat(search(Optional.of(selected), Map.of(), List.of(other))
                        .find(25)
                        .version())
                .isEqualTo("25.0.3");
        assertThat(search(Optional.empty(), Map.of("JAVA_HOME", selected.toString()), List.of(other))
                        .find(25)
                        .version())
                .isEqualTo("25.0.3");
        assertThat(search(Optional.empty(), Map.of(), List.of(other)).find(25).version())
                .isEqualTo("25.0.1");
    }

    @Test
    void withoutOneEveryOtherIsTold() throws Exception {
        Path old = jdk("old", "21.0.9");
        Path broken = Files.createDirectories(folder.resolve("broken/bin")).getParent();
        Files.createFile(broken.resolve("bin/javac"));
        Files.writeString(broken.resolve("release"), "no version");
        assertThatThrownBy(() ->
                        search(Optional.of(old), Map.of(), List.of(broken)).find(25))
                .isInstanceOf(Problem.class)
                .hasMessage("JDK 25: none was found on this machine; found 21.0.9 in " + old + ", an unreadable one in "
                        + broken + NEXT);
    }

    /** Not even a runtime without a compiler counts. */
    @Test
    void whereNoneIsNoneIsTold() throws Exception {
        Path runtime = jdk("runtime", "25.0.3");
        Files.delete(runtime.resolve("bin/javac"));
        assertThatThrownBy(
                        () -> search(Optional.of(runtime), Map.of(), List.of()).find(25))
                .isInstanceOf(Problem.class)
                .hasMessage("JDK 25: none was found on this machine" + NEXT);
    }

    private JdkSearch search(Optional<Path> selected, Map<String, String> environment, List<Path> usual) {
        return new JdkSearch(selected, environment, folder.resolve("none"), usual);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/javac"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nIMPLEMENTOR=\"Test\"\n");
        return home;
    }
}
