package network.privateness.reproducible.debian;

import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;

/**
 * A binary package that an archive offers: what the resolver needs to know of it.
 *
 * @param suite the suite whose index has it
 * @param architecture its own, which may be {@code all}
 * @param depends members of Pre-Depends, then of Depends
 * @param conflicts members of Conflicts, then of Breaks
 * @param provides names that it provides, each with a version or none
 * @param anyArchitecture whether it is {@code Multi-Arch: allowed}, so that {@code name:any} means it
 * @param path below the archive's root
 * @param size of the .deb in bytes
 * @param source name and version of the source package, {@code i2pd (2.56.0-1)}
 * @param essential whether the package is {@code Essential: yes}
 * @param priority 0 required, 1 important, 2 standard, 3 all others
 */
public record Candidate(
        String name,
        DebianVersion version,
        String architecture,
        String suite,
        List<Dependency> depends,
        List<Dependency> conflicts,
        List<Provided> provides,
        boolean anyArchitecture,
        String path,
        long size,
        Sha256 sha256,
        String source,
        boolean essential,
        int priority) {

    /** A name that a package provides, with a version or none. */
    public record Provided(String name, Optional<DebianVersion> version) {}

    public Candidate {
        depends = List.copyOf(depends);
        conflicts = List.copyOf(conflicts);
        provides = List.copyOf(provides);
    }

    /** Whether the package itself, under its own name, is what an alternative asks for. */
    boolean isMeantBy(Dependency.Alternative wanted, String target) {
        return name.equals(wanted.name())
                && fitsArchitecture(wanted, target)
                && wanted.relation().map(relation -> relation.accepts(version)).orElse(true);
    }

    /** Whether it provides what an alternative asks for; a relation needs a version that is provided. */
    boolean provides(Dependency.Alternative wanted, String target) {
        return provides.stream()
                .anyMatch(provided -> provided.name().equals(wanted.name())
                        && fitsArchitecture(wanted, target)
                        && wanted.relation()
                                .map(relation -> provided.version()
                                        .filter(relation::accepts)
                                        .isPresent())
                                .orElse(true));
    }

    private boolean fitsArchitecture(Dependency.Alternative wanted, String target) {
        return wanted.architecture()
                .map(qualifier -> qualifier.equals("any") ? anyArchitecture : qualifier.equals(target))
                .orElse(true);
    }

    @Override
    public String toString() {
        return name + " (" + version + ")";
    }
}
