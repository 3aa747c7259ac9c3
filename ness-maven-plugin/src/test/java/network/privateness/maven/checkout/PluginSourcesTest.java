package network.privateness.maven.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginSourcesTest {

    private static final List<String> FILES = List.of(
            "reproducible/src/main/java/a/B.java",
            "reproducible/src/main/java/a.java",
            "ness-maven-plugin/src/main/java/c/D.java",
            "pom.xml",
            "reproducible/pom.xml",
            "ness-maven-plugin/pom.xml");

    @TempDir
    Path folder;

    @Test
    void onlyPathsAndContentsCount() throws Exception {
        Path one = checkout("one", FILES);
        Path two = checkout("a/much/deeper", List.of(FILES.get(5), FILES.get(4), FILES.get(3), FILES.get(2), FILES.get(1), FILES.get(0)));
        Files.setPosixFilePermissions(two.resolve(FILES.get(0)), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(two.resolve("reproducible/src/main/java/a/.B.java.swp"), "an editor's");
        Files.writeString(two.resolve("reproducible/src/main/java/a/B.java~"), "an editor's");
        Files.createDirectories(two.resolve("reproducible/src/test/java"));
        Files.writeString(two.resolve("reproducible/src/test/java/T.java"), "a test");
        assertThat(PluginSources.digest(two)).isEqualTo(PluginSources.digest(one));
    }

    @Test
    void everyFileCounts() throws Exception {
        Path checkout = checkout("one", FILES);
        var before = PluginSources.digest(checkout);
        for (String file : FILES) {
            Files.writeString(checkout.resolve(file), "changed");
            var after = PluginSources.digest(checkout);
            assertThat(after).as(file).isNotEqualTo(before);
            before = after;
        }
        Files.move(checkout.resolve(FILES.get(0)), checkout.resolve("reproducible/src/main/java/a/C.java"));
        assertThat(PluginSources.digest(checkout)).isNotEqualTo(before);
    }

    @Test
    void thePluginOfOtherSourcesNamesTheCommandThatRunsTheNewOne() throws Exception {
        Path checkout = checkout("one", FILES);
        for (Path below : List.of(checkout, checkout.resolve("reproducible"), checkout.resolve("reproducible/../pom.xml"))) {
            assertThatThrownBy(() -> PluginSources.check(below, "lock"))
                    .isInstanceOf(Problem.class)
                    .hasMessage("ness-maven-plugin: the installed plugin was built from other sources than this"
                            + " checkout's. Next: run mvn -pl ness-maven-plugin -am install, then mvn ness:lock again");
        }
        assertThatCode(() -> PluginSources.check(folder, "lock")).doesNotThrowAnyException();
    }

    @Test
    void thePluginKnowsItsOwnSources() throws Exception {
        Path classes = folder.resolve("classes");
        Path checkout = checkout("one", FILES);
        PluginSources.main(new String[] {checkout.toString(), classes.toString()});
        assertThat(classes.resolve("META-INF/ness/sources.sha256"))
                .hasContent(PluginSources.digest(checkout).hex() + "\n");
        // The module's own build has written the digest of this checkout.
        Path root = Path.of("").toAbsolutePath().getParent();
        assertThatCode(() -> PluginSources.check(root, "lock")).doesNotThrowAnyException();
    }

    private Path checkout(String name, List<String> files) throws IOException {
        Path root = folder.resolve(name);
        for (String file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "content of " + file);
        }
        return root;
    }
}
