package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The Go toolchain in the lock, which module proxies serve as a module: one pin per kind of build host.
 *
 * @param version {@code go1.26.8}
 * @param host operating system and architecture that it runs on, {@code linux-amd64}
 * @param zip the hash of the toolchain module's content
 * @param size of the zip in bytes, for progress only
 */
public record PinnedToolchain(String version, String host, H1 zip, long size) {

    private static final Pattern VERSION = Pattern.compile("go1\\.[0-9]{1,4}(\\.[0-9]{1,4})?(rc[0-9]{1,4})?");
    private static final Pattern HOST = Pattern.compile("(linux|darwin)-(amd64|arm64)");

    /** @throws IllegalArgumentException if version or host are not of the forms above */
    public PinnedToolchain {
        check(version, host);
        Objects.requireNonNull(zip, "zip");
        if (size < 0) {
            throw new IllegalArgumentException("a zip of " + size + " bytes");
        }
    }

    /** Pins what this zip holds. */
    public static PinnedToolchain of(String version, String host, Path zip) throws IOException {
        return new PinnedToolchain(version, host, H1.ofZip(zip, id(version, host)), Files.size(zip));
    }

    /** The module that holds this toolchain. */
    public ModuleVersion id() {
        return id(version, host);
    }

    /**
     * The module that holds the toolchain of this version ({@code go1.26.8}) for this host ({@code linux-amd64}).
     *
     * @throws IllegalArgumentException if version or host are not of these forms
     */
    public static ModuleVersion id(String version, String host) {
        check(version, host);
        return new ModuleVersion("golang.org/toolchain", "v0.0.1-" + version + "." + host);
    }

    private static void check(String version, String host) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("\"" + version + "\" is not a Go version like go1.26.8");
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "\"" + host + "\" is not one of linux-amd64, linux-arm64, darwin-amd64, darwin-arm64");
        }
    }

    /** {@code go1.26.8 for linux-amd64}. */
    @Override
    public String toString() {
        return version + " for " + host;
    }
}
