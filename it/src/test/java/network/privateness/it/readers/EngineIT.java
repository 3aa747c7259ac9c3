package network.privateness.it.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.it.Checkout;
import network.privateness.it.containers.Engine;
import network.privateness.it.containers.EngineImages;
import network.privateness.it.containers.EngineTest;
import network.privateness.maven.engine.ContainerEngine;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An engine takes our images for what they are, and their programs run: on its own platform, and by emulation. */
final class EngineIT extends EngineTest {

    private static final String BUSYBOX = "BusyBox v1.37.0 (Debian ";

    /**
     * What tells the version of an image's main program.
     *
     * @param command program and arguments
     * @param answer what it prints must contain this
     */
    private record Question(List<String> command, String answer) {}

    private static final Map<String, Question> QUESTIONS = Map.of(
            "yggdrasil",
            new Question(List.of("/usr/sbin/yggdrasil", "-version"), "Build version: VERSION\n"),
            "i2p-yggdrasil",
            new Question(List.of("/usr/bin/i2pd", "--version"), "i2pd version VERSION ("),
            "ipfs",
            new Question(List.of("/usr/bin/ipfs", "version"), "ipfs version VERSION\n"),
            // Its authors keep a date in the source, and tag another version.
            "amneziawg",
            new Question(List.of("/usr/bin/amneziawg-go", "--version"), "amneziawg-go 0.0.20250522\n"),
            "amnezia-exit",
            new Question(List.of("/usr/bin/xray", "version"), "Xray VERSION ("),
            "ness-blockchain",
            new Question(List.of("/usr/bin/privateness", "version"), "VERSION\n"),
            "privateness",
            new Question(List.of("/usr/bin/privateness", "version"), "VERSION\n"),
            // Its version is that of the selection; one member answers for all.
            "ness-unified",
            new Question(List.of("/usr/bin/ipfs", "version"), "ipfs version "));

    static List<PlatformImage> images() throws IOException {
        return BuiltImage.releaseOnAllPlatforms();
    }

    @AfterAll
    static void removeImages() {
        EngineImages.removeAll();
    }

    @Test
    void loadGoalGivesEveryImageItsDigestAsId() throws IOException {
        String said = Checkout.maven("ness:load", "-Dness.engine=" + Engine.COMMAND);
        Platform platform = client().platform();
        for (BuiltImage built : BuiltImage.release()) {
            Optional<AssembledImage> image = built.layout().index().image(platform);
            if (image.isEmpty()) {
                continue;
            }
            String config = image.get().configDescriptor().digest().toString();
            String name = built.layout().refName();
            assertThat(said).containsPattern(name + " +" + config + " +the configuration");
            assertThat(Engine.run(List.of("image", "inspect", "--format", "{{.Id}}", name))
                            .output()
                            .strip())
                    .isEqualTo(config);
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void programsRun(PlatformImage one) throws IOException {
        Question question = QUESTIONS.get(one.built().name());
        assertThat(question).as("how to ask %s for its version", one.built()).isNotNull();
        ImageDefinition definition = one.built().definition();
        String version = definition.version();
        assertThat(answer(one, question.command())).contains(question.answer().replace("VERSION", version));
        if (!definition.software().base().equals(Optional.of("static"))) {
            assertThat(answer(one, List.of("/usr/bin/busybox"))).startsWith(BUSYBOX);
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void loadRefusesAnotherPlatform(PlatformImage one) throws IOException {
        ContainerEngine client = client();
        Platform platform = client.platform();
        if (one.platform() == platform) {
            return;
        }
        ImageName name = ImageName.parse("ness-it/refused:it");
        assertThatThrownBy(() -> client.load(one.image(), name))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("ness-it/refused:it: is for " + one.platform() + ", but the engine of ")
                .hasMessageEndingWith(" runs on " + platform + ". Next: load the image for " + platform);
        assertThat(Engine.run(List.of("image", "inspect", name.toString())).exit())
                .isNotZero();
    }

    private String answer(PlatformImage one, List<String> command) throws IOException {
        List<String> options = new ArrayList<>(EngineImages.platform(one.platform()));
        options.addAll(List.of("--network", "none", "--read-only", "--cap-drop", "ALL", "--user", "54321:54321"));
        options.addAll(List.of("--entrypoint", command.get(0)));
        String image = EngineImages.load(one.built().name(), one.image());
        Engine.Result result = engine.runOnce(image, options, command.subList(1, command.size()));
        assertThat(result.exit()).as(result.all()).isZero();
        return result.output();
    }

    private static ContainerEngine client() throws IOException {
        return ContainerEngine.find(Optional.of(Engine.COMMAND), System.getenv("PATH"));
    }
}
