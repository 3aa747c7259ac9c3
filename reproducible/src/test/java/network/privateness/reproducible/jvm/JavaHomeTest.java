package network.privateness.reproducible.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaHomeTest {

    @TempDir
    Path home;

    @Test
    void theOneThatRunsThis() throws Exception {
        JavaHome running = JavaHome.read(Path.of(System.getProperty("java.home")));

        assertThat(running.feature()).isEqualTo(Runtime.version().feature());
        assertThat(running.require(Runtime.version().feature())).isSameAs(running);
        assertThat(running.tool("java")).isExecutable();
    }

    @Test
    void debiansFile() throws Exception {
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Debian\"\nJAVA_RUNTIME_VERSION=\"25.0.5.1+2-1-deb13u1-Debian\"\n"
                        + "JAVA_VERSION=\"25.0.5.1\"\nSOURCE=\"\"\nno line of this form\n");

        assertThat(JavaHome.read(home))
                .isEqualTo(new JavaHome(home, 25, "25.0.5.1", "Debian", "25.0.5.1+2-1-deb13u1-Debian"));
    }

    @ParameterizedTest
    @CsvSource({"25,25", "25.0.3,25", "26-ea,26", "1.8.0_392,8", "9,9"})
    void featureOfAVersion(String version, int feature) throws Exception {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\r\n");

        assertThat(JavaHome.read(home)).isEqualTo(new JavaHome(home, feature, version, "unknown", version));
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "25x", "0", "99999"})
    void whatIsNoVersionIsRefused(String version) throws Exception {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");

        assertThatThrownBy(() -> JavaHome.read(home))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        home.resolve("release") + ": JAVA_VERSION is \"" + version + "\". Next: use a complete JDK");
    }

    @Test
    void whatIsNoJdkIsRefused() throws Exception {
        assertThatThrownBy(() -> JavaHome.read(home))
                .isInstanceOf(Problem.class)
                .hasMessage(home + ": is not a JDK: it has no file \"release\"."
                        + " Next: name the folder that has bin/java");
        Files.write(home.resolve("release"), new byte[(256 << 10) + 1]);
        assertThatThrownBy(() -> JavaHome.read(home))
                .isInstanceOf(Problem.class)
                .hasMessage(home.resolve("release") + ": is larger than 262144 bytes. Next: use a complete JDK");
    }

    @Test
    void anotherReleaseOrAMissingToolIsRefused() {
        var jdk = new JavaHome(home, 17, "17.0.15", "x", "17.0.15+6");
        assertThatThrownBy(() -> jdk.require(25))
                .isInstanceOf(Problem.class)
                .hasMessage(home + ": is Java 17.0.15, but a JDK 25 is needed."
                        + " Next: install a JDK 25, or name its folder in toolchains.xml");
        assertThatThrownBy(() -> jdk.tool("jlink"))
                .isInstanceOf(Problem.class)
                .hasMessage(home + ": has no program bin/jlink. Next: install a complete JDK 17");
    }
}
