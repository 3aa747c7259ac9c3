package network.privateness.reproducible.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedLayer;

/** Holds layers against the diffIDs of the lock, and says why one differs. */
final class LayerPins {

    /** A Go program has hundreds of modules: enough of them to see which program is meant. */
    private static final int NAMED = 6;

    private static final String LAYERS = "mvn ness:lock -Dness.layers";

    private LayerPins() {}

    /** What the lock will say of a layer. */
    static PinnedLayer pin(Lock lock, BuiltLayer built) {
        // These rule every layer; the first two stand at the head of the lock.
        String head = "layout version " + lock.layoutVersion() + "\nepoch " + lock.epoch() + "\ntrees "
                + LayerStore.RULES + "\n";
        return PinnedLayer.of(
                built.layer().diffId(),
                built.recipe().inputs(),
                Sha256.of(head + built.recipe().rules().hex()));
    }

    /** @param layers from the bottom, so that the first one that differs is the one where it began */
    static void check(Lock lock, List<BuiltLayer> layers) {
        for (BuiltLayer built : layers) {
            if (built.pinned()) {
                check(lock, built);
            }
        }
    }

    private static void check(Lock lock, BuiltLayer built) {
        PinnedLayer expected = lock.layers().get(built.name());
        PinnedLayer found = pin(lock, built);
        if (expected == null) {
            throw new Problem(Lock.FILE, "it does not hold the layer \"" + built.name() + "\"", Lock.RUN_LOCK);
        }
        if (expected.diffId().equals(found.diffId())) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        if (!expected.inputs().equals(found.inputs())) {
            reasons.add("an input of it is another one than when the layer was locked; its inputs are "
                    + named(built.recipe().inputNames()));
        }
        if (!expected.rules().equals(found.rules())) {
            reasons.add("a rule by which it is made is another one than when the layer was locked; its rules are layout"
                    + " version " + lock.layoutVersion() + ", epoch " + lock.epoch() + ", "
                    + named(built.recipe().ruleNames()));
        }
        String what = "its diffID is " + found.diffId() + ", the lock says " + expected.diffId() + ": ";
        if (reasons.isEmpty()) {
            throw new Problem(
                    "layer \"" + built.name() + "\"",
                    what + "its inputs and rules are those of the lock, so a tool of this machine makes other bytes of"
                            + " them (the jlink of its JDK, or another build of this plugin)",
                    "build with the plugin and a JDK that others use; if the bytes are meant to change, run " + LAYERS
                            + ", review and commit");
        }
        throw new Problem(
                "layer \"" + built.name() + "\"",
                what + String.join("; and ", reasons),
                "if that was meant, run " + LAYERS + ", review and commit; otherwise restore " + Lock.FILE
                        + ", the definitions or the plugin");
    }

    private static String named(Collection<String> names) {
        String first = names.stream().distinct().limit(NAMED).collect(Collectors.joining(", "));
        long more = names.stream().distinct().skip(NAMED).count();
        return names.isEmpty() ? "none" : first + (more == 0 ? "" : " and " + more + " more");
    }
}
