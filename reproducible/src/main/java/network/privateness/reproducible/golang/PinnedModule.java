package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One module in the lock.
 *
 * @param module the module path
 * @param version the canonical version
 * @param zip the hash of its content; empty where Go reads only its go.mod, to choose versions
 * @param mod the hash of its go.mod
 * @param size of the zip in bytes, for progress only (the same content may be packed otherwise); 0 without zip
 */
public record PinnedModule(String module, String version, Optional<H1> zip, H1 mod, long size)
        implements Comparable<PinnedModule> {

    /** @throws IllegalArgumentException if Go would refuse the path or version, or the size does not fit */
    public PinnedModule {
        new ModuleVersion(module, version);
        Objects.requireNonNull(mod, "mod");
        if (size < 0 || zip.isEmpty() && size != 0) {
            throw new IllegalArgumentException("a zip of " + size + " bytes");
        }
    }

    /** Pins what these two files hold. */
    public static PinnedModule of(ModuleVersion id, Path zip, Path goMod) throws IOException {
        return new PinnedModule(
                id.module(), id.version(), Optional.of(H1.ofZip(zip, id)), H1.ofGoMod(goMod), Files.size(zip));
    }

    /** Pins a module of which only the go.mod is read. */
    public static PinnedModule ofGoMod(ModuleVersion id, Path goMod) throws IOException {
        return new PinnedModule(id.module(), id.version(), Optional.empty(), H1.ofGoMod(goMod), 0);
    }

    /** Path and version without hashes. */
    public ModuleVersion id() {
        return new ModuleVersion(module, version);
    }

    /** Whether both pins can be of one and the same module: no hash that both have differs. */
    public boolean agrees(PinnedModule other) {
        boolean sameZip = zip.isEmpty() || other.zip.isEmpty() || zip.equals(other.zip);
        return id().equals(other.id()) && mod.equals(other.mod) && sameZip;
    }

    /** By path and version alone: a list of pins holds each only once. */
    @Override
    public int compareTo(PinnedModule other) {
        return id().compareTo(other.id());
    }

    /** {@code module@version}. */
    @Override
    public String toString() {
        return id().toString();
    }
}
