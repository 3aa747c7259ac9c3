package network.privateness.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.maven.image.JibImages;
import network.privateness.maven.image.SampleImages;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.DockerArchive;
import network.privateness.reproducible.oci.ImageLayer;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.Platform;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against client programs that this test writes; the real ones are in the integration tests. */
class ContainerEngineTest {

    private static final ImageName NAME = ImageName.parse("nessnetwork/sample:0.1.0");

    @TempDir
    Path folder;

    private Path bin;
    private AssembledImage image;

    @BeforeEach
    void image() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        ImageLayer layer = SampleImages.layer(folder, "base", Map.of("etc/name", "sample"));
        image = new JibImages().assemble(SampleImages.config(Platform.LINUX_ARM_V7), List.of(layer));
    }

    @Test
    void withoutAClient() {
        refusal(
                () -> engine(Optional.empty()),
                "ness.engine: no program docker or podman is on the PATH. Next: install Docker or Podman,"
                        + " or set -Dness.engine= to docker, podman or the path of such a client");
        refusal(
                () -> engine(Optional.of("podman")),
                "ness.engine: no program podman is on the PATH. Next: install Docker or Podman,"
                        + " or set -Dness.engine= to docker, podman or the path of such a client");
    }

    @Test
    void aProgramThatIsNoClient() throws IOException {
        client("docker", "echo 'moby dick 1.0'");
        refusal(
                () -> engine(Optional.empty()),
                bin.resolve("docker") + ": is not a client of Docker or Podman: --version says \"moby dick 1.0\"."
                        + " Next: set -Dness.engine= to docker, podman or the path of such a client");
    }

    @Test
    void dockerIsPreferredAndPodmanIsTaken() throws IOException {
        docker("linux/arm", "true", "true");
        podman();
        assertThat(engine(Optional.empty()).kind()).isEqualTo(ContainerEngine.Kind.DOCKER);
        assertThat(engine(Optional.of("podman")).kind()).isEqualTo(ContainerEngine.Kind.PODMAN);
        assertThat(engine(Optional.of(bin.resolve("podman").toString())).kind()).isEqualTo(ContainerEngine.Kind.PODMAN);
        Files.delete(bin.resolve("docker"));
        assertThat(engine(Optional.empty()).kind()).isEqualTo(ContainerEngine.Kind.PODMAN);
    }

    @Test
    void aDockerThatIsPodman() throws IOException {
        podman();
        Files.move(bin.resolve("podman"), bin.resolve("docker"));
        ContainerEngine engine = engine(Optional.empty());
        assertThat(engine.kind()).isEqualTo(ContainerEngine.Kind.PODMAN);
        assertThat(engine.platform()).isEqualTo(Platform.LINUX_ARM64);
    }

    @Test
    void theEngineGetsTheArchiveAndShowsTheConfigurationsDigest() throws IOException {
        docker(
                "linux/arm",
                "cat > " + folder + "/got",
                "echo " + image.configDescriptor().digest());
        LoadedImage loaded = engine(Optional.empty()).load(image, NAME);
        assertThat(loaded)
                .isEqualTo(new LoadedImage(NAME, image.configDescriptor().digest(), LoadedImage.IdOf.CONFIG));
        Path wanted = folder.resolve("wanted");
        try (var out = Files.newOutputStream(wanted)) {
            new DockerArchive(image, NAME).writeTo(out);
        }
        assertThat(folder.resolve("got")).hasSameBinaryContentAs(wanted);
    }

    @Test
    void theContainerdStoreShowsTheManifestsDigest() throws IOException {
        docker("linux/arm", "cat > /dev/null", "echo " + image.descriptor().digest());
        assertThat(engine(Optional.empty()).load(image, NAME).idOf()).isEqualTo(LoadedImage.IdOf.MANIFEST);
    }

    @Test
    void anotherImageUnderTheName() throws IOException {
        String other = Sha256.of("other").toString();
        docker("linux/arm", "cat > /dev/null", "echo " + other);
        refusal(
                () -> engine(Optional.empty()).load(image, NAME),
                "nessnetwork/sample:0.1.0: has the id " + other + " in the engine, which is neither the configuration "
                        + image.configDescriptor().digest() + " nor the manifest "
                        + image.descriptor().digest() + " that were loaded. Next: see whether something else loads"
                        + " images under this name, and load it again");
    }

    @Test
    void anEngineOnAnotherPlatform() throws IOException {
        docker("linux/amd64", "exit 9", "exit 9");
        refusal(
                () -> engine(Optional.empty()).load(image, NAME),
                "nessnetwork/sample:0.1.0: is for linux/arm/v7, but the engine of " + bin.resolve("docker")
                        + " runs on linux/amd64. Next: load the image for linux/amd64");
        docker("linux/riscv64", "exit 9", "exit 9");
        refusal(
                () -> engine(Optional.empty()).platform(),
                bin.resolve("docker") + ": its engine runs on a platform without images: \"linux/riscv64\" is not one"
                        + " of linux/amd64, linux/arm64, linux/arm/v7. Next: use an engine on one of them");
    }

    @Test
    void anEngineThatDoesNotRun() throws IOException {
        client("docker", """
                case "$1" in
                --version) echo Docker version 28;;
                *) echo >&2; echo 'Cannot connect to the Docker daemon. Is it running?' >&2; echo more >&2; exit 1;;
                esac""");
        refusal(
                () -> engine(Optional.empty()).platform(),
                "docker version --format {{.Server.Os}}/{{.Server.Arch}}: ended with 1 and said: Cannot connect to the"
                        + " Docker daemon. Is it running?. Next: start the engine and see that you may use it, or"
                        + " choose another one with -Dness.engine");
    }

    @Test
    void aLoadThatTheEngineEndsEarlyIsToldWithItsOwnWords() throws IOException {
        // More than a pipe holds, so that writing fails.
        ImageLayer large = SampleImages.randomLayer(folder, "large", 1 << 20);
        image = new JibImages().assemble(SampleImages.config(Platform.LINUX_ARM_V7), List.of(large));
        docker("linux/arm", "echo 'no space left on device' >&2; exit 1", "exit 9");
        refusal(
                () -> engine(Optional.empty()).load(image, NAME),
                "docker load: ended with 1 and said: no space left on device. Next: start the engine and see that you"
                        + " may use it, or choose another one with -Dness.engine");
    }

    @Test
    void aClientThatStopsReadingButSaysItIsDone() throws IOException {
        ImageLayer large = SampleImages.randomLayer(folder, "large", 1 << 20);
        image = new JibImages().assemble(SampleImages.config(Platform.LINUX_ARM_V7), List.of(large));
        docker("linux/arm", "exit 0", "exit 9");
        refusal(
                () -> engine(Optional.empty()).load(image, NAME),
                "docker load: ended well, but before it had read all that it was given."
                        + " Next: see that it is a client of Docker or Podman, and try again");
    }

    @Test
    void aDamagedLayerIsNotLoaded() throws IOException {
        Path blob = image.layers().get(0).file();
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length - 1] ^= 1;
        Files.write(blob, bytes);
        docker("linux/arm", "cat > /dev/null", "exit 9");
        refusal(
                () -> engine(Optional.empty()).load(image, NAME),
                blob + ": has the digest " + Sha256.of(bytes) + ", not "
                        + image.layers().get(0).descriptor().digest() + ". Next: remove it and build again");
    }

    @Test
    void aClientThatSaysMuchBeforeItReads() throws Exception {
        docker(
                "linux/arm",
                "head -c 300000 /dev/zero | tr '\\0' x; head -c 300000 /dev/zero | tr '\\0' y >&2; cat > /dev/null",
                "echo " + image.configDescriptor().digest());
        assertThat(engine(Optional.empty()).load(image, NAME).idOf()).isEqualTo(LoadedImage.IdOf.CONFIG);
    }

    @Test
    void aClientThatNeverEndsIsStopped() throws Exception {
        client("docker", "exec tail -f /dev/null");
        EngineCommand command = new EngineCommand(bin.resolve("docker"), Duration.ofSeconds(1), List.of("info"));
        refusal(() -> command.run(out -> {}), "docker info: did not end within 1 s. Next: look at the engine's log");
    }

    private ContainerEngine engine(Optional<String> setting) throws IOException {
        return ContainerEngine.find(setting, folder.resolve("missing") + ":" + bin);
    }

    private void docker(String platform, String load, String inspect) throws IOException {
        client("docker", """
                case "$1" in
                --version) echo 'Docker version 28.2.2, build e6534b4';;
                version) echo '%s';;
                load) %s;;
                image) %s;;
                esac""".formatted(platform, load, inspect));
    }

    private void podman() throws IOException {
        client("podman", """
                case "$1" in
                --version) echo 'podman version 4.3.1';;
                info) echo linux/arm64;;
                esac""");
    }

    private void client(String name, String script) throws IOException {
        Path program = bin.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void refusal(ThrowingCallable code, String message) {
        assertThatExceptionOfType(Problem.class).isThrownBy(code).withMessage(message);
    }
}
