package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import network.privateness.reproducible.Problem;

/** An unpacked Go toolchain whose content was checked against its pin. */
public final class GoToolchain {

    // A file lock holds between processes only; within this one, threads wait here.
    private static final Map<Path, Object> THREADS = new ConcurrentHashMap<>();

    private final PinnedToolchain pin;
    private final Path root;

    /** For one that is known to be what the pin says. */
    GoToolchain(PinnedToolchain pin, Path root) {
        this.pin = pin;
        this.root = root;
    }

    /**
     * The toolchain, unpacked when it is not there or not complete. Several builds may do this at once.
     *
     * @param folder holds one folder per toolchain, named by its hash; made if needed
     * @throws Problem if the zip is not what the pin says
     */
    public static GoToolchain unpack(PinnedToolchain pin, ModuleSource source, Path folder) throws IOException {
        Path folders = Files.createDirectories(folder).toRealPath();
        Path root = folders.resolve(
                pin.version() + "." + pin.host() + "-" + pin.zip().hex());
        synchronized (THREADS.computeIfAbsent(root, any -> new Object())) {
            if (!ToolchainListing.isComplete(root)) {
                Path lockFile = folders.resolve(root.getFileName() + ".lock");
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    Objects.requireNonNull(lock);
                    if (!ToolchainListing.isComplete(root)) {
                        unpackBeside(pin, source.toolchain(pin), root);
                    }
                }
            }
        }
        return new GoToolchain(pin, root);
    }

    /**
     * The kind of this machine as toolchain pins name it.
     *
     * @param osName the system property {@code os.name}
     * @param osArch the system property {@code os.arch}
     * @throws Problem if Go is not pinned for this kind of machine
     */
    public static String host(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.equals("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "";
        String architecture = Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64", "arm64", "arm64")
                .getOrDefault(osArch, "");
        if (system.isEmpty() || architecture.isEmpty()) {
            throw new Problem(
                    "this machine",
                    osName + " on " + osArch + " is not a build host",
                    "build on Linux or macOS, on amd64 or arm64");
        }
        return system + "-" + architecture;
    }

    /** What was asked for. */
    public PinnedToolchain pin() {
        return pin;
    }

    /** The Go command. */
    public Path command() {
        return root.resolve("bin/go");
    }

    /** The folder of the toolchain, GOROOT. */
    public Path root() {
        return root;
    }

    private static void unpackBeside(PinnedToolchain pin, Path zip, Path root) throws IOException {
        Path beside = root.resolveSibling(root.getFileName() + ".new");
        Folders.delete(beside); // of a build that was killed: the lock is ours
        ZipUnpacking unpacking = new ZipUnpacking(beside, GoToolchain::place, GoToolchain::isProgram);
        H1 found;
        try (ModuleZip open = ModuleZip.open(zip, pin.id())) {
            found = open.read(unpacking);
        } catch (IOException | RuntimeException e) {
            Folders.delete(beside);
            throw e;
        }
        if (!found.equals(pin.zip())) {
            Folders.delete(beside);
            throw ModuleZip.problem(pin.id(), "the zip has " + found + ", the lock says " + pin.zip());
        }
        ToolchainListing.write(beside);
        Folders.delete(root);
        Files.move(beside, root, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The module zip must not hold the go.mod files of the standard library's parts, so they go by another name. */
    private static String place(String path) {
        return path.equals("_go.mod") || path.endsWith("/_go.mod")
                ? path.substring(0, path.length() - "_go.mod".length()) + "go.mod"
                : path;
    }

    private static boolean isProgram(String path) {
        return path.startsWith("bin/") || path.startsWith("pkg/tool/");
    }
}
