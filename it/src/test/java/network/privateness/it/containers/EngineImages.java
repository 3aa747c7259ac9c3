package network.privateness.it.containers;

import java.io.IOException;
import java.io.OutputStream;
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
import network.privateness.reproducible.oci.Platform;

/** Puts images of any platform into the engine, under names that say their platform. */
public final class EngineImages {

    private static final Map<String, String> LOADED = new ConcurrentHashMap<>();

    private EngineImages() {}

    /**
     * Loads an image, once until all are removed. The test goes on only where the image runs.
     *
     * @return its name in the engine; run it with {@link #platform}
     */
    public static String load(String name, AssembledImage image) throws IOException {
        need(image.platform());
        ImageName reference =
                new ImageName("ness-it/" + name, image.platform().toString().replace('/', '-'));
        String key = reference + " " + image.configDescriptor().digest();
        if (!LOADED.containsKey(key)) {
            feed(new DockerArchive(image, reference));
            LOADED.put(key, reference.toString());
        }
        return LOADED.get(key);
    }

    /** The option that makes an engine run an image of another platform than its own. */
    public static List<String> platform(Platform platform) {
        return List.of("--platform", platform.toString());
    }

    /** Takes all of them out of the engine. */
    public static void removeAll() {
        LOADED.values().forEach(name -> Engine.run(List.of("image", "rm", name)));
        LOADED.clear();
    }

    private static void feed(DockerArchive archive) throws IOException {
        Process load = new ProcessBuilder(Engine.COMMAND, "load")
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
