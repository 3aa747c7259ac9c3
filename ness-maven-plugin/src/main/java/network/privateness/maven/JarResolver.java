package network.privateness.maven;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import network.privateness.maven.resolution.JarCoordinates;
import network.privateness.maven.resolution.MavenArtifacts;
import network.privateness.maven.resolution.ResolvedJar;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.JarSource;

/** Programs of this build, resolved by Maven. */
final class JarResolver implements JarSource {

    private final MavenArtifacts artifacts;
    private final boolean packaged;

    /** @param packaged false for goals that run before modules have jars: then only those of others are told */
    JarResolver(MavenArtifacts artifacts, boolean packaged) {
        this.artifacts = artifacts;
        this.packaged = packaged;
    }

    @Override
    public synchronized List<network.privateness.reproducible.build.ResolvedJar> resolve(
            String groupId, String artifactId) throws IOException {
        JarCoordinates coordinates = new JarCoordinates(groupId, artifactId, "");
        String where = "maven: " + coordinates;
        String version = artifacts
                .moduleVersion(coordinates)
                .orElseThrow(() -> new Problem(
                        where,
                        "no module of this build has these coordinates",
                        "correct image.yaml, or add the module"));
        List<ResolvedJar> resolved = packaged
                ? artifacts.resolve(where, coordinates, version)
                : artifacts.resolvePinned(where, coordinates, version);
        List<network.privateness.reproducible.build.ResolvedJar> jars = new ArrayList<>();
        for (ResolvedJar jar : resolved) {
            if (jar.file().isPresent()) {
                String classifier = jar.coordinates().classifier();
                jars.add(new network.privateness.reproducible.build.ResolvedJar(
                        jar.coordinates().groupId() + ":" + jar.coordinates().artifactId() + ":" + jar.version()
                                + (classifier.isEmpty() ? "" : ":" + classifier),
                        jar.coordinates().artifactId(),
                        jar.file().get(),
                        jar.fromReactor()));
            }
        }
        return jars;
    }
}
