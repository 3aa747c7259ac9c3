package network.privateness.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.privateness.maven.checkout.PluginSources;
import network.privateness.maven.engine.ContainerEngine;
import network.privateness.maven.engine.LoadedImage;
import network.privateness.maven.report.LoadReport;
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
        Path root = Path.of(session.getExecutionRootDirectory());
        PluginSources.check(root, "load");
        List<Path> places = layouts != null
                ? List.of(layouts.toPath())
                : List.of(root.resolve("target/ness/oci"), root.resolve("images/target/ness/oci"));
        List<Path> found = BuiltLayouts.find(places, WorkshopMojo.items(images));
        ContainerEngine client = ContainerEngine.find(
                Optional.ofNullable(engine),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
        Platform platform = client.platform();
        List<LoadedImage> loaded = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Path folder : found) {
            OciLayout layout = OciLayoutReader.read(folder);
            Optional<AssembledImage> image = layout.index().image(platform);
            if (image.isEmpty()) {
                getLog().warn(layout.refName() + " is not built for " + platform + ", the engine's platform: left out");
                leftOut.add(layout.refName());
                continue;
            }
            getLog().info("loading " + layout.refName() + " for " + platform);
            loaded.add(client.load(image.get(), name(layout, folder)));
        }
        if (loaded.isEmpty()) {
            throw new Problem(
                    "ness:load",
                    "none of the images is built for " + platform + ", the engine's platform",
                    "build them for it: mvn package -Dness.platforms=" + platform);
        }
        LoadReport report = new LoadReport(platform, loaded, leftOut);
        Optional<Path> file = report("load.json");
        if (file.isPresent()) {
            report.write(file.get());
        }
        report.table().forEach(line -> getLog().info(line));
    }

    private static ImageName name(OciLayout layout, Path folder) {
        try {
            return ImageName.parse(layout.refName());
        } catch (IllegalArgumentException e) {
            throw new Problem(folder.toString(), e.getMessage(), "build the images again: mvn package", e);
        }
    }
}
