package network.privateness.reproducible.golang;

import java.util.Comparator;

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

    /** Where a module proxy has the file: {@code github.com/!azure/x/@v/v1.0.0.zip} for the suffix {@code .zip}. */
    String proxyPath(String suffix) {
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

    private static void check(String kind, String value, java.util.Optional<String> fault) {
        fault.ifPresent(rule -> {
            throw new IllegalArgumentException("the " + kind + " \"" + value + "\" " + rule);
        });
    }
}
