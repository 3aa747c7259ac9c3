package network.privateness.reproducible.golang;

import java.util.List;
import java.util.Optional;

/**
 * What a main module's go.mod says, as far as we need it. Directives that don't choose modules (retract, tool, godebug,
 * ignore) are passed over.
 *
 * @param module the module path
 * @param go the language version, {@code 1.26.4}; empty in modules from before Go 1.12
 * @param toolchain the toolchain that it suggests, {@code go1.26.8}
 * @param require modules that it needs, in the order of the file
 * @param replace modules that are taken from elsewhere; never from a folder
 * @param exclude versions that must not be used
 */
public record GoMod(
        String module,
        Optional<String> go,
        Optional<String> toolchain,
        List<ModuleVersion> require,
        List<Replacement> replace,
        List<ModuleVersion> exclude) {

    public GoMod {
        require = List.copyOf(require);
        replace = List.copyOf(replace);
        exclude = List.copyOf(exclude);
    }

    /**
     * @param file its name for messages
     * @throws network.privateness.reproducible.Problem with the line, for what Go would refuse, and for a replacement by
     *     a folder: it is not pinned, and its path would be written into the binary
     */
    public static GoMod parse(String file, byte[] content) {
        return new GoModParser(file, content).parse();
    }

    /** One replacement; {@code version} is the replaced version, empty for all. */
    record Replacement(String module, Optional<String> version, ModuleVersion by) {}
}
