package network.privateness.maven;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import network.privateness.reproducible.build.DebianRelease;
import network.privateness.reproducible.debian.ArchiveKeys;
import network.privateness.reproducible.debian.Freshness;
import network.privateness.reproducible.update.Surroundings;
import org.apache.maven.plugins.annotations.Parameter;

/** Goals that read Debian's signed lists: what they accept of an archive. */
abstract class ArchiveMojo extends WorkshopMojo {

    /** Suites whose InRelease may be older than its Valid-Until, parted by commas. */
    @Parameter(property = Freshness.SETTING)
    private String expired;

    /**
     * Suites to leave out, as {@code SUITE} or {@code SUITE/ARCHITECTURE}, parted by commas: for mirrors whose lists of one
     * suite can't be read. Packages are then pinned without its updates.
     */
    @Parameter(property = DebianRelease.WITHOUT_SETTING)
    private String without;

    final Surroundings surroundings(Machine machine) {
        Set<String> accepted = new HashSet<>(items(expired));
        Instant now = Clock.systemUTC().instant();
        return new Surroundings(
                machine.mirrors(),
                machine.mirrors()::open,
                ArchiveKeys.debian(),
                new Freshness(now, accepted),
                new HashSet<>(items(without)),
                machine.goProxy(),
                machine.goHost(),
                jars(false),
                machine.store(),
                machine.inputs(),
                machine.documents(),
                System.getenv(),
                machine.scratch(),
                note -> getLog().warn(note));
    }
}
