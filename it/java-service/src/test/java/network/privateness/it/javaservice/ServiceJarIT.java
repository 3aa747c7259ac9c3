package network.privateness.it.javaservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The jar as an image starts it: {@code java -jar}, dependencies beside it. */
class ServiceJarIT {

    @TempDir
    Path folder;

    private Path jar;
    private Process process;

    @BeforeEach
    void putTheJarBesideItsDependency() throws Exception {
        jar = Files.copy(Path.of(System.getProperty("service.jar")), folder.resolve("service.jar"));
        Path library = Path.of(
                Yaml.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Files.createDirectory(folder.resolve("lib"));
        Files.copy(library, folder.resolve("lib").resolve(library.getFileName()));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void overlayIsActiveWithoutAWarning() throws Exception {
        BufferedReader output = start(Map.of("PORT", "0"), List.of());

        assertThat(page(output)).startsWith("implementation: overlay\njava: 25").contains("\nsystem: Linux ");
    }

    @Test
    void aSettingTurnsItOff() throws Exception {
        assertThat(page(start(Map.of("PORT", "0", "OVERLAY", "off"), List.of())))
                .startsWith("implementation: fallback\njava: 25");
    }

    @Test
    void anOlderJavaTakesTheFallback() throws Exception {
        // Lets a newer runtime choose classes from a multi-release jar as 21 does.
        assertThat(page(start(Map.of("PORT", "0"), List.of("-Djdk.util.jar.version=21"))))
                .startsWith("implementation: fallback\n");
    }

    @Test
    void sigtermEndsIt() throws Exception {
        BufferedReader output = start(Map.of("PORT", "0"), List.of());
        assertThat(page(output)).isNotEmpty();
        process.toHandle().destroy(); // unlike the process's own method it leaves the output open

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(output.readLine()).isEqualTo("stopped");
    }

    @Test
    void aWrongSettingIsOneLine() throws Exception {
        BufferedReader output = start(Map.of("PORT", "x"), List.of());

        assertThat(output.lines()).containsExactly("PORT=\"x\" is not a number from 0 to 65535");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void manifestHasWhatTheImageNeeds() throws Exception {
        try (var file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            assertThat(attributes.getValue("Main-Class")).isEqualTo(Main.class.getName());
            assertThat(attributes.getValue("Multi-Release")).isEqualTo("true");
            assertThat(attributes.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
            // The toolchain's, not that of the JVM that runs Maven: the image build refuses any other.
            assertThat(attributes.getValue("Build-Jdk-Spec")).isEqualTo("25");
        }
    }

    private BufferedReader start(Map<String, String> environment, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("BIND", "127.0.0.1");
        builder.environment().putAll(environment);
        process = builder.start();
        return process.inputReader();
    }

    /** The first line of all: a warning before it would be one of the JVM about native access. */
    private static String page(BufferedReader output) throws Exception {
        String line = output.readLine();
        assertThat(line).matches("listening on port [0-9]+");
        var uri = URI.create("http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1) + "/");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
