package network.privateness.reproducible.golang;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One version of one Go module.
 *
 * @param module the module path, {@code github.com/ipfs/kubo}
 * @param version the canonical version, {@code v0.42.0}; also pseudo-versions and {@code +incompatible}
 */
public record ModuleVersion(String module, String version) implements Comparable<ModuleVersion> {

    private static final Comparator<ModuleVersion> ORDER =
            Comparator.comparing(ModuleVersion::module).thenComparing(ModuleVersion::version);

    /** @throws IllegalArgumentException if Go would refuse the path or the version */
    public ModuleVersion {
        check("module path", module, ModulePath.faultOfModule(module));
        check("version", version, ModulePath.faultOfVersion(version));
    }

    /**
     * The modules that may hold a package, longest path first, which is the order in which Go asks for them.
     *
     * @param importPath {@code github.com/ipfs/kubo/cmd/ipfs}
     */
    public static List<String> modulesOf(String importPath) {
        List<String> modules = new ArrayList<>();
        for (int end = importPath.length(); end > 0; end = importPath.lastIndexOf('/', end - 1)) {
            String module = importPath.substring(0, end);
            if (ModulePath.faultOfModule(module).isEmpty()) {
                modules.add(module);
            }
        }
        return modules;
    }

    /** Where a module proxy has the file: {@code github.com/!azure/x/@v/v1.0.0.zip} for the suffix {@code .zip}. */
    public String proxyPath(String suffix) {
        return ModulePath.escape(module) + "/@v/" + ModulePath.escape(version) + suffix;
    }

    /** What every name in the module's zip begins with. */
    String zipPrefix() {
        return this + "/";
    }

    /** By module path, then by the text of the version: an order for files, not of age. */
    @Override
    public int compareTo(ModuleVersion other) {
        return ORDER.compare(this, other);
    }

    /** {@code module@version}. */
    @Override
    public String toString() {
        return module + "@" + version;
    }

    private static void check(String kind, String value, Optional<String> fault) {
        fault.ifPresent(rule -> {
            throw new IllegalArgumentException("the " + kind + " \"" + value + "\" " + rule);
        });
    }
}
