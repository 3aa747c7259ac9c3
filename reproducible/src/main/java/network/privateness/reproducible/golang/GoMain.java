package network.privateness.reproducible.golang;

import java.nio.file.Path;

/** The module whose program is built; its own go.mod and go.sum rule. */
public sealed interface GoMain {

    /** Its name in messages. */
    String name();

    /**
     * A module from a proxy.
     *
     * @param module must have a zip
     */
    record Published(PinnedModule module) implements GoMain {

        /** @throws IllegalArgumentException if the pin has no zip */
        public Published {
            if (module.zip().isEmpty()) {
                throw new IllegalArgumentException(module + " is pinned without its zip");
            }
        }

        @Override
        public String name() {
            return module.toString();
        }
    }

    /**
     * A small module of ours.
     *
     * @param folder with go.mod, go.sum and sources; symbolic links are refused, names that begin with a dot are left out
     */
    record Local(Path folder) implements GoMain {

        @Override
        public String name() {
            return folder.toString();
        }
    }
}
