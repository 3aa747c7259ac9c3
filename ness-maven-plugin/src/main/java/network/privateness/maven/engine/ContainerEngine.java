package network.privateness.maven.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.privateness.maven.engine.EngineCommand.Output;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.DockerArchive;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.Platform;

/** A Docker or Podman engine, spoken to through its own client, so that contexts, hosts and logins of users count. */
public final class ContainerEngine {

    /** Which client is used. */
    public enum Kind {
        DOCKER,
        PODMAN
    }

    private static final String SETTING = "ness.engine";
    private static final Duration QUESTION = Duration.ofSeconds(60);
    private static final Duration LOAD = Duration.ofMinutes(30);

    private final Path program;
    private final Kind kind;

    private ContainerEngine(Path program, Kind kind) {
        this.program = program;
        this.kind = kind;
    }

    /**
     * Finds the client.
     *
     * @param setting the value of {@code ness.engine}: {@code docker}, {@code podman}, or the path of such a client;
     *     empty for docker if it is there, else podman
     * @param searchPath the directories to look in, as in the variable PATH
     * @throws Problem if there is no client
     */
    public static ContainerEngine find(Optional<String> setting, String searchPath) throws IOException {
        List<String> names = setting.map(List::of).orElse(List.of("docker", "podman"));
        for (String name : names) {
            Optional<Path> program = name.contains("/") ? Optional.of(Path.of(name)) : search(name, searchPath);
            if (program.filter(ContainerEngine::isProgram).isPresent()) {
                return new ContainerEngine(program.get(), kind(program.get()));
            }
        }
        throw new Problem(
                SETTING,
                "no program " + String.join(" or ", names)
                        + (names.get(0).contains("/") ? " is there" : " is on the PATH"),
                "install Docker or Podman, or set -D" + SETTING + "= to docker, podman or the path of such a client");
    }

    private static Optional<Path> search(String name, String searchPath) {
        for (String folder : searchPath.split(File.pathSeparator)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, name);
            if (isProgram(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /** By what it says, not by its name: some systems have a docker that is podman. */
    private static Kind kind(Path program) throws IOException {
        EngineCommand command = new EngineCommand(program, QUESTION, List.of("--version"));
        Output output = command.run(out -> {});
        String version = output.out().toLowerCase(Locale.ROOT);
        if (version.startsWith("docker")) {
            return Kind.DOCKER;
        }
        if (version.startsWith("podman")) {
            return Kind.PODMAN;
        }
        throw new Problem(
                program.toString(),
                "is not a client of Docker or Podman: --version says \"" + output.out() + "\"",
                "set -D" + SETTING + "= to docker, podman or the path of such a client");
    }

    /** Which client is used. */
    public Kind kind() {
        return kind;
    }

    /**
     * The platform of the machine that the engine runs on, which may be another one than this.
     *
     * @throws Problem if the engine doesn't answer, or images aren't built for its platform
     */
    public Platform platform() throws IOException {
        String text = ask(
                kind == Kind.DOCKER
                        ? List.of("version", "--format", "{{.Server.Os}}/{{.Server.Arch}}")
                        : List.of("info", "--format", "{{.Host.OS}}/{{.Host.Arch}}"));
        try {
            // Engines leave the variant out; the oldest that Debian and we are built for is v7.
            return Platform.parse(text.equals("linux/arm") ? "linux/arm/v7" : text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    program.toString(),
                    "its engine runs on a platform without images: " + e.getMessage(),
                    "use an engine on one of them",
                    e);
        }
    }

    /**
     * Loads an image, and checks that the engine has exactly that.
     *
     * @throws Problem if the image is for another platform, the engine refuses it, or shows another id afterwards
     */
    public LoadedImage load(AssembledImage image, ImageName name) throws IOException {
        Platform platform = platform();
        if (image.platform() != platform) {
            throw new Problem(
                    name.toString(),
                    "is for " + image.platform() + ", but the engine of " + program + " runs on " + platform,
                    "load the image for " + platform);
        }
        EngineCommand command = new EngineCommand(program, LOAD, List.of("load"));
        check(command, command.run(new DockerArchive(image, name)::writeTo));
        Sha256 id = digest(ask(List.of("image", "inspect", "--format", "{{.Id}}", name.toString())));
        return new LoadedImage(name, id, idOf(id, image, name));
    }

    private static LoadedImage.IdOf idOf(Sha256 id, AssembledImage image, ImageName name) {
        Sha256 config = image.configDescriptor().digest();
        Sha256 manifest = image.descriptor().digest();
        if (id.equals(config)) {
            return LoadedImage.IdOf.CONFIG;
        }
        if (id.equals(manifest)) {
            return LoadedImage.IdOf.MANIFEST;
        }
        throw new Problem(
                name.toString(),
                "has the id " + id + " in the engine, which is neither the configuration " + config
                        + " nor the manifest " + manifest + " that were loaded",
                "see whether something else loads images under this name, and load it again");
    }

    private Sha256 digest(String text) {
        try {
            return Sha256.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(program.toString(), "shows an image id that is none: " + e.getMessage(), "update it", e);
        }
    }

    private String ask(List<String> arguments) throws IOException {
        EngineCommand command = new EngineCommand(program, QUESTION, arguments);
        Output output = command.run(out -> {});
        check(command, output);
        return output.out();
    }

    private void check(EngineCommand command, Output output) {
        if (output.exit() != 0) {
            throw new Problem(
                    command.toString(),
                    "ended with " + output.exit() + " and said: " + output.firstError(),
                    "start the engine and see that you may use it, or choose another one with -D" + SETTING);
        }
    }
}
