package network.privateness.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.privateness.maven.image.JibImages;
import network.privateness.maven.report.ImagesReport;
import network.privateness.reproducible.build.BuiltImage;
import network.privateness.reproducible.build.ImagesBuilder;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.LayoutVersion;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayout;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Builds the images of the folder from its lock: one OCI layout per image under {@code target/ness/oci}, and the report
 * {@code target/ness/images.json}.
 */
@Mojo(name = "images", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class ImagesMojo extends WorkshopMojo {

    /** Prefix of the images' names. */
    @Parameter(property = "ness.prefix", defaultValue = "nessnetwork")
    private String prefix;

    /** Tag of the images. */
    @Parameter(property = "ness.tag", defaultValue = "${project.version}")
    private String tag;

    /** Where layouts and report are written. */
    @Parameter(property = "ness.output", defaultValue = "${project.build.directory}/ness")
    private File output;

    @Override
    void run() throws IOException, InterruptedException {
        Definitions definitions = Definitions.read(folder());
        Path lockFile = folder().resolve(Lock.FILE);
        Lock lock = LockReader.read(lockFile, Lock.FILE);
        LayoutVersion.require(lock.layoutVersion(), Lock.FILE);
        lock.checkFresh(definitions.digest());
        Selection selection = selection(definitions);
        Map<String, ImageName> names = names(selection);
        work(machine -> {
            List<BuiltImage> built = new ImagesBuilder(machine.workshop(definitions, lock, jars(true)), new JibImages())
                    .build(selection);
            for (BuiltImage image : built) {
                new OciLayout(names.get(image.definition().name()).toString(), image.index())
                        .write(output.toPath()
                                .resolve("oci")
                                .resolve(image.definition().name()));
            }
            BuiltLayouts.removeAllBut(
                    definitions.images().keySet(), output.toPath().resolve("oci"));
            ImagesReport report = new ImagesReport(
                    prefix, tag, Sha256.of(lockFile), lock.layoutVersion(), selection, definitions, built);
            report.write(output.toPath().resolve("images.json"));
            report.table().forEach(line -> getLog().info(line));
        });
    }

    /** Before anything is built: a wrong prefix or tag is not worth an hour's work. */
    private Map<String, ImageName> names(Selection selection) {
        Map<String, ImageName> names = new HashMap<>();
        selection.images().keySet().forEach(name -> names.put(name, ImageNames.of(prefix, name, tag)));
        return names;
    }
}
