package network.privateness.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.privateness.maven.checkout.PluginSources;
import network.privateness.maven.engine.ContainerEngine;
import network.privateness.maven.engine.LoadedImage;
import network.privateness.maven.report.Table;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.OciLayoutReader;
import network.privateness.reproducible.oci.Platform;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Hands built images of the engine's platform to Docker or Podman, and checks that the engine has exactly those. */
@Mojo(name = "load", aggregator = true, requiresProject = false, threadSafe = true)
public final class LoadMojo extends NessMojo {

    /**
     * Folder with one OCI layout per image. Default: {@code target/ness/oci} or {@code images/target/ness/oci} below the
     * current folder.
     */
    @Parameter(property = "ness.layouts")
    private File layouts;

    /** Only these images, parted by commas. */
    @Parameter(property = "ness.images")
    private String images;

    /** The engine's client: {@code docker}, {@code podman}, or its path. Default: docker if it is there, else podman. */
    @Parameter(property = "ness.engine")
    private String engine;

    @Override
    void run() throws IOException {
        PluginSources.check(Path.of("").toAbsolutePath(), "load");
        List<Path> found = layouts();
        ContainerEngine client =
                ContainerEngine.find(Optional.ofNullable(engine), Optional.ofNullable(System.getenv("PATH")).orElse(""));
        Platform platform = client.platform();
        Table table = new Table("IMAGE", "ID", "IS THE DIGEST OF");
        for (Path folder : found) {
            OciLayout layout = OciLayoutReader.read(folder);
            Optional<AssembledImage> image = layout.index().image(platform);
            if (image.isEmpty()) {
                getLog().warn(layout.refName() + " is not built for " + platform + ", the engine's platform: left out");
                continue;
            }
            getLog().info("loading " + layout.refName() + " for " + platform);
            LoadedImage loaded = client.load(image.get(), ImageName.parse(layout.refName()));
            table.row(
                    loaded.name().toString(),
                    loaded.id().toString(),
                    loaded.idOf() == LoadedImage.IdOf.CONFIG ? "the configuration" : "the manifest");
        }
        table.lines().forEach(line -> getLog().info(line));
    }

    private List<Path> layouts() throws IOException {
        List<Path> places = layouts != null
                ? List.of(layouts.toPath())
                : List.of(Path.of("target/ness/oci"), Path.of("images/target/ness/oci"));
        List<String> names = WorkshopMojo.items(images);
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> children = Files.list(place)) {
                    List<Path> all = children.sorted().toList();
                    return chosen(all, names);
                }
            }
        }
        throw new Problem(
                "ness.layouts",
                "there is no folder " + places.get(places.size() - 1),
                "build the images first: mvn package");
    }

    private static List<Path> chosen(List<Path> all, List<String> names) {
        List<String> known = all.stream().map(path -> path.getFileName().toString()).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new Problem(
                        "ness.images",
                        "there is no built image \"" + name + "\"; built: " + String.join(", ", known),
                        "correct the name, or build it: mvn package");
            }
        }
        List<Path> chosen = new ArrayList<>();
        all.stream()
                .filter(path -> names.isEmpty() || names.contains(path.getFileName().toString()))
                .forEach(chosen::add);
        return chosen;
    }
}
