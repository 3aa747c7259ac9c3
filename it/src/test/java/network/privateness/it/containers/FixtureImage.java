package network.privateness.it.containers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.privateness.it.Requirement;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.DockerArchive;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayoutReader;
import network.privateness.reproducible.oci.Platform;

/** An image of {@code it/images}, in the engine under a name that says its platform. */
final class FixtureImage {

    private static final Map<String, String> LOADED = new ConcurrentHashMap<>();

    private FixtureImage() {}

    /**
     * Loads an image, once for all tests.
     *
     * @return its name in the engine; run it with {@link #platform}
     */
    static String load(String name, Platform platform) {
        need(platform);
        return LOADED.computeIfAbsent(name + " " + platform, key -> {
            Path layout = Path.of(System.getProperty("ness.root"), "it/images/target/ness/oci", name);
            String tag = platform.toString().replace('/', '-');
            ImageName reference = new ImageName("ness-it/" + name, tag);
            try {
                AssembledImage image = OciLayoutReader.read(layout)
                        .index()
                        .image(platform)
                        .orElseThrow(() -> new AssertionError(layout + " has no image for " + platform));
                feed(new DockerArchive(image, reference));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return reference.toString();
        });
    }

    /** The option that makes an engine run an image of another platform than its own. */
    static List<String> platform(Platform platform) {
        return List.of("--platform", platform.toString());
    }

    private static void feed(DockerArchive archive) throws IOException {
        Process load = new ProcessBuilder(System.getProperty("ness.it.engine", "docker"), "load")
                .redirectErrorStream(true)
                .start();
        try (OutputStream out = load.getOutputStream()) {
            archive.writeTo(out);
        }
        String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (load.waitFor() != 0) {
                throw new AssertionError("load ended with " + load.exitValue() + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Kernels run programs of other architectures where an emulator is registered with them. */
    private static void need(Platform platform) {
        Platform host = System.getProperty("os.arch").equals("aarch64") ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
        String emulator = switch (platform) {
            case LINUX_AMD64 -> "qemu-x86_64";
            case LINUX_ARM64 -> "qemu-aarch64";
            case LINUX_ARM_V7 -> "qemu-arm";
        };
        Requirement.need(
                platform == host || Files.exists(Path.of("/proc/sys/fs/binfmt_misc", emulator)),
                "emulation of " + platform + " (qemu-user-static, binfmt-support)");
    }
}
