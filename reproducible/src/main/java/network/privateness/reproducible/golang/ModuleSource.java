package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where builds get pinned files from: a store that downloads what it lacks. The paths stay valid and unchanged while the
 * build runs; they may be called from several threads. Content is verified by its {@link H1} all the same.
 */
public interface ModuleSource {

    /** The module's zip; asked only where {@link PinnedModule#zip()} is present. */
    Path zip(PinnedModule module) throws IOException;

    /** The module's go.mod as a proxy serves it. */
    Path goMod(PinnedModule module) throws IOException;

    /** The zip of the toolchain's module. */
    Path toolchain(PinnedToolchain toolchain) throws IOException;
}
