package network.privateness.reproducible.build;

import network.privateness.reproducible.debian.SourcePackage.SourceFile;

/**
 * A file of a source package.
 *
 * @param suite where its binary package came from
 * @param file the file, with the hash that the suite's signed lists give it
 */
public record DebianSource(String suite, SourceFile file) {}
