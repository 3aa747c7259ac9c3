package network.privateness.reproducible.build;

import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.lock.Lock;

/**
 * A lock may lack the pins of images outside the set registry: it is then one that was written where their sources could
 * not be reached. Whoever asks for such an image is told of all that is missing, and where to get it.
 */
final class MissingPins {

    private MissingPins() {}

    static void check(Workshop workshop, Selection selection) {
        Lock lock = workshop.lock();
        List<String> missing = new ArrayList<>();
        for (String name : selection.images().keySet()) {
            ImageDefinition image = workshop.definitions().images().get(name);
            if (image.set().equals(Selection.REGISTRY)) {
                continue;
            }
            for (Install install : image.software().install()) {
                if (install instanceof Install.Archive archive
                        && lock.archives().stream().noneMatch(one -> one.name().equals(archive.name()))) {
                    missing.add("the archive " + archive.name() + " of image " + name);
                } else if (install instanceof Install.Go program
                        && !program.local()
                        && lock.programs().stream()
                                .noneMatch(one -> one.program().equals(program.target()))) {
                    missing.add("the Go program " + program.target() + " of image " + name);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new Problem(
                    Lock.FILE,
                    "it does not hold " + String.join(", nor ", missing),
                    "where their sources can be reached, run mvn ness:lock -Dness.set=" + Selection.ALL
                            + ", review the change and commit it; or build the set " + Selection.REGISTRY
                            + ", which needs none of them");
        }
    }
}
