package network.privateness.reproducible.build;

import java.nio.file.Path;

/**
 * A jar that a Java program needs.
 *
 * @param coordinates {@code groupId:artifactId:version[:classifier]}
 * @param artifactId for the file's name in the image
 * @param file the jar
 * @param ours true when a module of this build made it; false when a repository served it
 */
public record ResolvedJar(String coordinates, String artifactId, Path file, boolean ours) {}
