package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

    private static final Set<Platform> EVERYWHERE = EnumSet.allOf(Platform.class);

    @TempDir
    Path folder;

    private Definitions definitions;

    @BeforeEach
    void write() throws IOException {
        image("mesh", "registry", "");
        image("tool", "registry", "platforms: [linux/amd64]\n");
        image("coin", "all", "platforms: [linux/amd64]\n");
        definitions = Definitions.read(folder);
    }

    @Test
    void setIsWhole() {
        Selection registry = select("registry", List.of(), Set.of());
        assertThat(registry.images()).isEqualTo(Map.of("mesh", EVERYWHERE, "tool", Set.of(Platform.LINUX_AMD64)));
        assertThat(registry.whole()).isTrue();
        Selection all = select("all", List.of(), Set.of());
        assertThat(all.images().keySet()).containsExactly("coin", "mesh", "tool");
        assertThat(all.whole()).isTrue();
    }

    @Test
    void anythingLeftOutMakesADevelopmentBuild() {
        assertThat(select("registry", List.of("mesh"), Set.of()).whole()).isFalse();
        Selection amd64 = select("registry", List.of(), Set.of(Platform.LINUX_AMD64));
        assertThat(amd64.images().get("mesh")).containsExactly(Platform.LINUX_AMD64);
        assertThat(amd64.whole()).isFalse();
        Selection arm64 = select("registry", List.of(), Set.of(Platform.LINUX_ARM64));
        assertThat(arm64.images().keySet()).containsExactly("mesh");
        assertThat(arm64.whole()).isFalse();
    }

    @Test
    void selectionOfEverythingIsWhole() {
        assertThat(select("registry", List.of("tool", "mesh"), EVERYWHERE).whole())
                .isTrue();
        assertThat(select("all", List.of("tool", "mesh"), EVERYWHERE).whole()).isFalse();
    }

    @Test
    void imageOfAnotherSetCanBeNamed() {
        Selection coin = select("registry", List.of("coin"), Set.of());
        assertThat(coin.images().keySet()).containsExactly("coin");
        assertThat(coin.whole()).isFalse();
    }

    @Test
    void unknownNamesAreRefused() {
        refused(
                "some",
                List.of(),
                Set.of(),
                "ness.set: \"some\" is neither registry nor all. Next: choose one of them");
        refused(
                "registry",
                List.of("mash"),
                Set.of(),
                "ness.images: there is no image \"mash\"; known: coin, mesh, tool. Next: correct the name");
        refused(
                "registry",
                List.of("tool"),
                Set.of(Platform.LINUX_ARM64),
                "ness.platforms: asked for is linux/arm64, but tool exists for linux/amd64 only."
                        + " Next: choose a platform that image.yaml lists");
    }

    @Test
    void imageThatIsNamedIsNotLeftOut() throws IOException {
        image("coin", "all", "platforms: [linux/amd64]\nplatforms-reason: its publisher has no build for ARM\n");
        definitions = Definitions.read(folder);
        refused(
                "registry",
                List.of("coin", "mesh"),
                Set.of(Platform.LINUX_ARM64, Platform.LINUX_ARM_V7),
                "ness.platforms: asked for is linux/arm/v7, linux/arm64, but coin exists for linux/amd64 only (its publisher"
                        + " has no build for ARM). Next: choose a platform that image.yaml lists");
        assertThat(select("all", List.of(), Set.of(Platform.LINUX_ARM64))
                        .images()
                        .keySet())
                .containsExactly("mesh");
    }

    @Test
    void setWithoutImagesIsTold() throws IOException {
        Files.delete(folder.resolve("mesh/image.yaml"));
        Files.delete(folder.resolve("tool/image.yaml"));
        definitions = Definitions.read(folder);
        refused(
                "registry",
                List.of(),
                Set.of(),
                "ness.set: the set registry has no image. Next: build with -Dness.set=all");
    }

    private void refused(String set, List<String> names, Set<Platform> platforms, String message) {
        assertThatThrownBy(() -> select(set, names, platforms))
                .isInstanceOf(Problem.class)
                .hasMessage(message);
    }

    private Selection select(String set, List<String> names, Set<Platform> platforms) {
        return Selection.of(definitions, set, names, platforms);
    }

    private void image(String name, String set, String more) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(
                folder.resolve(name).resolve("image.yaml"),
                "description: x\nversion: 1\nsource: https://example.org\nlicenses: MIT\nuser: \"1:1\"\nentrypoint: [/x]\nset: "
                        + set + "\n" + more);
    }
}
