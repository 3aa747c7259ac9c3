package network.privateness.reproducible.oci;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The platforms that images are built for, with the names that OCI, Debian and Go give them.
 *
 * <p>{@code variant} is v7 for arm and none for arm64, which is what registries and engines expect.
 */
public enum Platform {
    LINUX_AMD64("amd64", Optional.empty(), "amd64"),
    LINUX_ARM64("arm64", Optional.empty(), "arm64"),
    LINUX_ARM_V7("arm", Optional.of("v7"), "armhf");

    private final String architecture;
    private final Optional<String> variant;
    private final String debianArchitecture;

    Platform(String architecture, Optional<String> variant, String debianArchitecture) {
        this.architecture = architecture;
        this.variant = variant;
        this.debianArchitecture = debianArchitecture;
    }

    /**
     * Reads {@code linux/amd64}, {@code linux/arm64} or {@code linux/arm/v7}.
     *
     * @throws IllegalArgumentException for anything else; the message lists the known ones
     */
    public static Platform parse(String text) {
        return Arrays.stream(values())
                .filter(platform -> platform.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not one of "
                        + Arrays.stream(values()).map(Platform::toString).collect(Collectors.joining(", "))));
    }

    /** OCI's operating system, always {@code linux}. */
    public String os() {
        return "linux";
    }

    /** OCI's architecture, which is also Go's GOARCH. */
    public String architecture() {
        return architecture;
    }

    /** OCI's variant: {@code v7} for arm. */
    public Optional<String> variant() {
        return variant;
    }

    /** Debian's architecture: amd64, arm64 or armhf. */
    public String debianArchitecture() {
        return debianArchitecture;
    }

    /** The usual form: {@code linux/amd64}, {@code linux/arm64}, {@code linux/arm/v7}. */
    @Override
    public String toString() {
        return os() + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
