package network.privateness.maven.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.update.LockChanges;

/**
 * What {@code ness:lock} changed.
 *
 * @param changes sorted
 * @param definitionsChanged whether the lock says now that it fits other definitions than before
 */
public record LockReport(List<LockChanges.Change> changes, boolean definitionsChanged) {

    public LockReport {
        changes = List.copyOf(changes);
    }

    /** The lines for people. */
    public List<String> table() {
        if (changes.isEmpty()) {
            return List.of(
                    definitionsChanged
                            ? "no input and no layer changed; commit " + Lock.FILE
                                    + ", which fits the definitions again"
                            : "nothing changed");
        }
        Table table = new Table("KIND", "NAME", "BEFORE", "AFTER");
        changes.forEach(
                change -> table.row(change.kind(), change.name(), shown(change.before()), shown(change.after())));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(changes.size() + " changes; review and commit " + Lock.FILE);
        return lines;
    }

    /** Writes the JSON; what was added has no {@code before}, what was removed no {@code after}. */
    public void write(Path file) throws IOException {
        ObjectNode root = JsonFile.begin().put("definitionsChanged", definitionsChanged);
        ArrayNode list = root.putArray("changes");
        for (LockChanges.Change change : changes) {
            ObjectNode one = list.addObject().put("kind", change.kind()).put("name", change.name());
            if (!change.before().isEmpty()) {
                one.put("before", change.before());
            }
            if (!change.after().isEmpty()) {
                one.put("after", change.after());
            }
        }
        JsonFile.write(file, root);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "-" : value;
    }
}
