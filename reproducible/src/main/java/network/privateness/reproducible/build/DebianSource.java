package network.privateness.reproducible.build;

import java.time.Instant;
import network.privateness.reproducible.debian.SourcePackage.SourceFile;

/**
 * A file of a source package.
 *
 * @param suite where its binary package came from
 * @param inReleaseDate when the suite had it for certain, for archives of the past
 * @param file the file, with the hash that the suite's signed lists give it
 */
public record DebianSource(String suite, Instant inReleaseDate, SourceFile file) {}
