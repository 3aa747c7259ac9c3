package network.privateness.reproducible.lock;

import java.util.List;

/**
 * A Go program and the modules that an offline build of it needs.
 *
 * @param program the import path of its main package, or {@code IMAGE/FOLDER} for a small main of ours
 * @param module the main module; for a main of ours the module of its go.mod
 * @param version the main module's version; empty for a main of ours
 * @param modules as {@code module@version}, sorted; the main module itself is among them when it is not ours
 */
public record PinnedProgram(String program, String module, String version, List<String> modules) {

    public PinnedProgram {
        modules = List.copyOf(modules);
    }
}
