package network.privateness.reproducible.update;

import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.definition.ImageDefinition;

/**
 * Images outside the set that a lock is written for. What package registries hold is pinned for them too, but their archives
 * and Go programs may be out of reach here: these stay as the old lock has them, or are left out with a note.
 */
final class Outside {

    private Outside() {}

    static boolean is(ImageDefinition image, Selection selection) {
        return !image.set().equals(Selection.REGISTRY) && !selection.images().containsKey(image.name());
    }

    /** What the user is told of something left out. */
    static String note(String what) {
        return what + " is not locked, because it is outside the set " + Selection.REGISTRY
                + "; where its source can be reached, mvn ness:lock -Dness.set=" + Selection.ALL + " locks it";
    }
}
