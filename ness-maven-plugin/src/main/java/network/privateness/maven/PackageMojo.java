package network.privateness.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.privateness.maven.report.Table;
import network.privateness.maven.report.WrittenReport;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.InputsFolder;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.update.DebianSources;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Builds the whole release and reports it: everything that {@code mvn package} builds, and a check that nothing was left
 * out. For the command line; don't bind it.
 */
@Mojo(name = "package", aggregator = true, threadSafe = true)
@Execute(phase = LifecyclePhase.PACKAGE)
public final class PackageMojo extends ArchiveMojo {

    /**
     * Writes all inputs into this folder, laid out as mirrors: a build from there needs no network. The file
     * {@code settings} in it says how.
     */
    @Parameter(property = "ness.inputs.export")
    private File inputsExport;

    /** Whether the export holds the sources of those Debian packages whose licence asks for it (copyleft). */
    @Parameter(property = "ness.inputs.sources", defaultValue = "true")
    private boolean inputsSources;

    @Override
    void run() throws IOException, InterruptedException {
        Table table = new Table("IMAGE", "INDEX", "PLATFORMS");
        boolean any = false;
        for (MavenProject project : session.getProjects()) {
            Path file = Path.of(project.getBuild().getDirectory(), "ness", "images.json");
            if (Files.isRegularFile(file)) {
                any = true;
                String where = project.getArtifactId() + "/target/ness/images.json";
                for (WrittenReport.Image image :
                        WrittenReport.read(file, where).requireWhole(where).images()) {
                    table.row(image.reference(), image.index(), image.platforms());
                }
                getLog().info("report: " + file);
            }
        }
        if (!any) {
            throw new Problem(
                    "ness:package",
                    "no module of this build makes images",
                    "bind the goal ness:images in the module that holds ness.lock");
        }
        table.lines().forEach(line -> getLog().info(line));
        if (inputsExport != null) {
            Lock lock = LockReader.read(folder().resolve(Lock.FILE), Lock.FILE);
            work(machine -> {
                InputsFolder folder = new InputsFolder(inputsExport.toPath(), machine.inputs());
                int files = folder.export(lock);
                int sources = inputsSources
                        ? folder.exportSources(lock, new DebianSources(surroundings(machine)), machine.scratch())
                        : 0;
                getLog().info(files + " files with all inputs, " + sources + " with sources of Debian packages in "
                        + inputsExport);
            });
        }
    }
}
