package network.privateness.reproducible.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.lock.Lock;

/** What differs between two locks, for the people who review the change. */
public final class LockChanges {

    /**
     * One difference.
     *
     * @param kind of entry
     * @param name of the entry
     * @param before its version or hash; empty if it was added
     * @param after the same; empty if it was removed
     */
    public record Change(String kind, String name, String before, String after) {}

    private LockChanges() {}

    /** All differences, sorted by kind and name. */
    public static List<Change> between(Optional<Lock> before, Lock after) {
        Map<String, String> old = before.map(LockChanges::entries).orElse(new TreeMap<>());
        Map<String, String> now = entries(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            String was = old.getOrDefault(name, "");
            String is = now.getOrDefault(name, "");
            if (!Objects.equals(was, is)) {
                int tab = name.indexOf('\t');
                changes.add(new Change(name.substring(0, tab), name.substring(tab + 1), was, is));
            }
        }
        return changes;
    }

    private static Map<String, String> entries(Lock lock) {
        Map<String, String> entries = new TreeMap<>();
        lock.packages()
                .forEach(p -> entries.merge(
                        "debian\t" + p.name() + " " + p.architecture(),
                        p.version() + " " + shortened(p.sha256().hex()),
                        (a, b) -> a + ", " + b));
        lock.targets()
                .forEach(t -> entries.put(
                        "target\t" + t.name() + " " + t.platform(),
                        t.packages().size() + " packages for " + String.join(" ", t.wanted())));
        lock.toolchains().forEach(t -> entries.put("go toolchain\t" + t.host(), t.version() + " " + t.zip()));
        lock.programs()
                .forEach(p -> entries.put(
                        "go program\t" + p.program(),
                        p.version() + " with " + p.modules().size() + " modules"));
        lock.modules()
                .forEach(m -> entries.put(
                        "go module\t" + m.module() + " " + m.version(),
                        m.zip().orElse(m.mod()).toString()));
        lock.artifacts()
                .forEach(a -> entries.put(
                        "maven\t" + a.coordinates(), shortened(a.sha256().hex())));
        lock.archives()
                .forEach(a ->
                        entries.put("archive\t" + a.name(), shortened(a.sha256().hex())));
        lock.layers()
                .forEach((name, layer) -> entries.put(
                        "layer\t" + name,
                        shortened(layer.diffId().hex()) + " of inputs " + layer.inputs() + " by rules "
                                + layer.rules()));
        return entries;
    }

    private static String shortened(String hex) {
        return hex.substring(0, 12);
    }
}
