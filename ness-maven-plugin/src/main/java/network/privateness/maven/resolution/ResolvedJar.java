package network.privateness.maven.resolution;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A jar that Maven found.
 *
 * @param coordinates which one
 * @param version its version; for a snapshot of a repository the one that was asked for
 * @param file where it is; empty only for a module of this build that has not been packaged
 * @param fromReactor whether it is a module of this build, so that its bytes are not pinned
 */
public record ResolvedJar(JarCoordinates coordinates, String version, Optional<Path> file, boolean fromReactor) {

    public ResolvedJar {
        Objects.requireNonNull(coordinates, "coordinates");
        Objects.requireNonNull(version, "version");
        if (file.isEmpty() && !fromReactor) {
            throw new IllegalArgumentException(coordinates + ":" + version + " has no file");
        }
    }

    /** {@code artifactId-version[-classifier].jar}: unlike the file's own name, the same for every kind of build. */
    public String fileName() {
        String classifier = coordinates.classifier().isEmpty() ? "" : "-" + coordinates.classifier();
        return coordinates.artifactId() + "-" + version + classifier + ".jar";
    }
}
