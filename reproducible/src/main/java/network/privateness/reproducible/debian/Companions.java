package network.privateness.reproducible.debian;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;

/**
 * Packages of one image that were pinned at different times, so that no resolution has seen them together. What they say
 * of each other's versions is held against the versions that are there; a dependency of which nothing is there was left
 * out on purpose.
 */
public final class Companions {

    private final String architecture;
    private final List<Candidate> packages = new ArrayList<>();

    private Companions(String architecture) {
        this.architecture = architecture;
    }

    /**
     * Checks them.
     *
     * @param architecture Debian's name of the image's architecture
     * @param debs the packages and their files, whose hashes were checked
     * @throws Problem naming the first two, in the given order, that don't go together
     */
    public static void check(String architecture, Map<PinnedPackage, Path> debs) throws IOException {
        Companions companions = new Companions(architecture);
        for (Map.Entry<PinnedPackage, Path> deb : debs.entrySet()) {
            companions.packages.add(candidate(
                    deb.getKey(), DebFile.control(deb.getValue(), deb.getKey().name())));
        }
        companions.check();
    }

    private void check() {
        for (Candidate owner : packages) {
            for (Dependency dependency : owner.depends()) {
                other(dependency).ifPresent(other -> {
                    throw new Problem(
                            "Debian package " + owner.name() + " (" + architecture + ")",
                            owner + " needs " + dependency + ", but " + other + " is pinned",
                            "move both: mvn ness:lock -Dness.update=" + owner.name() + "," + other.name());
                });
            }
        }
        Conflicts.check(packages, architecture);
    }

    /** What is there instead of what the dependency asks for; nothing if all is well. */
    private Optional<Candidate> other(Dependency dependency) {
        Optional<Candidate> other = Optional.empty();
        for (Dependency.Alternative wanted : dependency.alternatives()) {
            for (Candidate candidate : packages) {
                if (candidate.isMeantBy(wanted, architecture) || candidate.provides(wanted, architecture)) {
                    return Optional.empty();
                }
                if (other.isEmpty() && candidate.name().equals(wanted.name())) {
                    other = Optional.of(candidate);
                }
            }
        }
        return other;
    }

    private static Candidate candidate(PinnedPackage pinned, String control) throws IOException {
        String where = pinned.name() + ".deb, control";
        Stanza stanza = new ControlFile(
                        new ByteArrayInputStream(control.getBytes(StandardCharsets.UTF_8)),
                        where,
                        DebFile.NEXT,
                        ControlFile.Style.ARCHIVE)
                .next()
                .orElseThrow(() -> new Problem(where, "the file is empty", DebFile.NEXT));
        return PackageRecord.unpack(PackageRecord.pack(stanza, pinned), where, pinned.suite());
    }
}
