package network.privateness.maven.resolution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** The modules of this build, and the jars that they have been packaged to so far. */
final class Reactor {

    private final Map<String, MavenProject> selected = new TreeMap<>();
    private final Map<String, MavenProject> all = new TreeMap<>();

    /**
     * @param selected modules that this run of Maven builds
     * @param all these and the ones that {@code -pl} left out
     */
    Reactor(Collection<MavenProject> selected, Collection<MavenProject> all) {
        selected.forEach(project -> this.selected.put(key(project.getGroupId(), project.getArtifactId()), project));
        all.forEach(project -> this.all.put(key(project.getGroupId(), project.getArtifactId()), project));
    }

    /**
     * The module of these coordinates.
     *
     * @throws Problem if it is one, but this run does not build it: an installed jar would stand in for its sources
     */
    Optional<MavenProject> module(JarCoordinates coordinates, String version) {
        String key = key(coordinates.groupId(), coordinates.artifactId());
        MavenProject left = all.get(key);
        if (!selected.containsKey(key) && left != null && left.getVersion().equals(version)) {
            throw new Problem(
                    coordinates.toString(),
                    "is a module that this run of Maven leaves out",
                    "add -am to -pl, so that it is built from its sources");
        }
        return version(coordinates).filter(version::equals).map(same -> selected.get(key));
    }

    /** The version of the module of these coordinates, whether this run builds it or not. */
    Optional<String> version(JarCoordinates coordinates) {
        String key = key(coordinates.groupId(), coordinates.artifactId());
        MavenProject project = selected.getOrDefault(key, all.get(key));
        return Optional.ofNullable(project).map(MavenProject::getVersion);
    }

    /** The jar of a module; empty if it has not been packaged in this run. */
    static Optional<Path> jar(MavenProject project, JarCoordinates coordinates) {
        List<Artifact> artifacts = new ArrayList<>();
        // A goal that forks `package` finds the artifacts in the forked project alone.
        for (MavenProject each : new MavenProject[] {project, project.getExecutionProject()}) {
            if (each != null) {
                artifacts.add(each.getArtifact());
                artifacts.addAll(each.getAttachedArtifacts());
            }
        }
        return artifacts.stream()
                .filter(artifact -> isJar(artifact, coordinates))
                .map(artifact -> artifact.getFile().toPath())
                .filter(Files::isRegularFile) // `compile` sets target/classes
                .findFirst();
    }

    private static boolean isJar(Artifact artifact, JarCoordinates coordinates) {
        String classifier = artifact.getClassifier() == null ? "" : artifact.getClassifier();
        return artifact.getFile() != null
                && classifier.equals(coordinates.classifier())
                && "jar".equals(artifact.getArtifactHandler().getExtension());
    }

    private static String key(String groupId, String artifactId) {
        return groupId + ":" + artifactId;
    }
}
