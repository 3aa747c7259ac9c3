package network.privateness.reproducible.debian;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.privateness.reproducible.digest.Sha256;

/**
 * A binary package of Debian, named so that every machine gets the same bytes.
 *
 * @param name the package
 * @param version Debian version
 * @param architecture of the package: {@code amd64}, {@code arm64}, {@code armhf} or {@code all}
 * @param suite where it was found, for instance {@code trixie} or {@code trixie-security}
 * @param path below the archive's root, {@code pool/...}; suites that end in {@code -security} are in the security archive
 * @param size in bytes, at least 1
 * @param sha256 of the .deb
 * @param inReleaseDate Date of the InRelease that vouched for it
 * @param snapshot the same time as snapshot archives write it: {@code 20260912T075541Z}
 * @param source source package and its version, {@code i2pd (2.56.0-1)}
 * @param depends names that the resolution chose for its Depends and Pre-Depends, sorted
 */
public record PinnedPackage(
        String name,
        String version,
        String architecture,
        String suite,
        String path,
        long size,
        Sha256 sha256,
        Instant inReleaseDate,
        String snapshot,
        String source,
        List<String> depends) {

    private static final DateTimeFormatter SNAPSHOT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SUITE = Pattern.compile("[a-z0-9][a-z0-9./-]{0,59}");
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{8}T\\d{6}Z");
    private static final Pattern SOURCE = Pattern.compile("(\\S+) \\((\\S+)\\)");

    /** @throws IllegalArgumentException if a value is not as described; the message names it */
    public PinnedPackage {
        PackageName.check(name);
        DebianVersion.parse(version);
        PackageName.checkArchitecture(architecture);
        checkSuite(suite);
        ArchivePath.fault(path).ifPresent(fault -> {
            throw new IllegalArgumentException("path \"" + Quoted.text(path) + "\": " + fault);
        });
        if (size < 1) {
            throw new IllegalArgumentException("size " + size + ": at least 1 is needed");
        }
        if (!TIMESTAMP.matcher(snapshot).matches()) {
            throw new IllegalArgumentException(
                    "snapshot \"" + Quoted.text(snapshot) + "\" is not like 20260912T075541Z");
        }
        if (!SOURCE.matcher(source).matches()) {
            throw new IllegalArgumentException("source \"" + Quoted.text(source) + "\" is not \"name (version)\"");
        }
        depends = List.copyOf(depends);
        depends.forEach(PackageName::check);
    }

    /** Whether its path is one of the security archive, whose mirrors are others than the main archive's. */
    public boolean isFromSecurityArchive() {
        return suite.endsWith("-security");
    }

    /** @throws IllegalArgumentException if it is no name of a suite */
    static String checkSuite(String suite) {
        if (!SUITE.matcher(suite).matches() || ArchivePath.fault(suite).isPresent()) {
            throw new IllegalArgumentException("\"" + Quoted.text(suite) + "\" is no name of a suite");
        }
        return suite;
    }

    /** A package from a resolution. */
    static PinnedPackage of(Candidate candidate, InRelease release, Stream<String> depends) {
        return new PinnedPackage(
                candidate.name(),
                candidate.version().toString(),
                candidate.architecture(),
                candidate.suite(),
                candidate.path(),
                candidate.size(),
                candidate.sha256(),
                release.date(),
                SNAPSHOT.format(release.date()),
                candidate.source(),
                depends.collect(Collectors.toList()));
    }
}
