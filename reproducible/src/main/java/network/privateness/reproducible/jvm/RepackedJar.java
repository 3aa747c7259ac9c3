package network.privateness.reproducible.jvm;

import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;

/**
 * What {@link JarRepack} wrote.
 *
 * @param digest of the written bytes
 * @param size of the written bytes
 * @param mainClass what {@code java -jar} runs
 * @param multiRelease whether the runtime looks below {@code META-INF/versions}
 */
public record RepackedJar(Sha256 digest, long size, Optional<String> mainClass, boolean multiRelease) {}
