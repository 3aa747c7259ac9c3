package network.privateness.maven.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarCoordinatesTest {

    @ParameterizedTest
    @ValueSource(strings = {"org.yaml:snakeyaml", "a:b_c:linux-x86_64"})
    void writtenFormIsRead(String text) {
        assertThat(JarCoordinates.parse("x", text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", ":b", "a:b:", "a:b:c:d", "a:b c", "a/b:c", "a:..", "-a:b", "a:b..c"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> JarCoordinates.parse("image.yaml:7", text))
                .isInstanceOf(Problem.class)
                .hasMessage("image.yaml:7: \"" + text + "\" is not groupId:artifactId or"
                        + " groupId:artifactId:classifier. Next: write it like network.privateness:dns-reverse-proxy");
    }

    @Test
    void fileNameDoesNotDependOnTheBuild() {
        var plain = new ResolvedJar(JarCoordinates.parse("x", "a:b"), "1-SNAPSHOT", Optional.empty(), true);
        var natives = new ResolvedJar(
                JarCoordinates.parse("x", "a:b:linux"), "1", Optional.of(Path.of("repository/x-2026.jar")), false);

        assertThat(plain.fileName()).isEqualTo("b-1-SNAPSHOT.jar");
        assertThat(natives.fileName()).isEqualTo("b-1-linux.jar");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResolvedJar(plain.coordinates(), "1", Optional.empty(), false))
                .withMessage("a:b:1 has no file");
    }
}
