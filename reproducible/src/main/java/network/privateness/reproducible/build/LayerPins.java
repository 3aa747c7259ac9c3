package network.privateness.reproducible.build;

import java.util.List;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.Lock;

/** Holds layers against the diffIDs of the lock. */
final class LayerPins {

    private LayerPins() {}

    static void check(Lock lock, List<BuiltLayer> layers) {
        for (BuiltLayer built : layers) {
            if (built.pinned()) {
                check(lock, built);
            }
        }
    }

    private static void check(Lock lock, BuiltLayer built) {
        Sha256 expected = lock.layers().get(built.name());
        Sha256 found = built.layer().diffId();
        if (expected == null) {
            throw new Problem(Lock.FILE, "it does not hold the layer \"" + built.name() + "\"", Lock.RUN_LOCK);
        }
        if (!expected.equals(found)) {
            throw new Problem(
                    "layer \"" + built.name() + "\"",
                    "its diffID is " + found + ", the lock says " + expected + "; it was made from "
                            + built.recipe().summary(),
                    "if one of these was meant to change, run mvn ness:lock -Dness.layers, review and commit;"
                            + " otherwise restore it");
        }
    }
}
