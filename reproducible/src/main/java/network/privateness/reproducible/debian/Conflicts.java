package network.privateness.reproducible.debian;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;

/** Conflicts and Breaks among chosen packages (Debian Policy 7.3, 7.4). */
final class Conflicts {

    private Conflicts() {}

    /** @throws Problem naming the first pair, in the packages' order, that can't be installed together */
    static void check(Collection<Candidate> selected, String architecture) {
        Map<String, List<Candidate>> byName = new HashMap<>();
        for (Candidate candidate : selected) {
            byName.computeIfAbsent(candidate.name(), name -> new ArrayList<>()).add(candidate);
            for (Candidate.Provided provided : candidate.provides()) {
                byName.computeIfAbsent(provided.name(), name -> new ArrayList<>())
                        .add(candidate);
            }
        }
        for (Candidate candidate : selected) {
            for (Dependency member : candidate.conflicts()) {
                for (Dependency.Alternative other : member.alternatives()) {
                    byName.getOrDefault(other.name(), List.of()).stream()
                            .filter(found -> !found.name().equals(candidate.name()))
                            .filter(found ->
                                    found.isMeantBy(other, architecture) || found.provides(other, architecture))
                            .findFirst()
                            .ifPresent(found -> {
                                throw new Problem(
                                        "Debian package " + candidate.name() + " (" + architecture + ")",
                                        candidate + " excludes " + other + ", and " + found + " is chosen too",
                                        "install one of the two, or exclude one");
                            });
                }
            }
        }
    }
}
