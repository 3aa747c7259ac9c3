package network.privateness.reproducible.jvm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import network.privateness.reproducible.Problem;

/**
 * A Java runtime of chosen modules, linked by the JDK at hand from pinned module files of the target's architecture.
 *
 * <p>Measured: jlink demands the same feature and interim release as the module files, not the same update (Temurin
 * 25.0.3, Debian 25.0.3 and Debian 25.0.5.1 link each other's module files, amd64 and arm64), and all of them write the
 * same bytes as long as nothing of the linking JDK gets in. What would:
 *
 * <ul>
 *   <li>module files without {@code java.base}: jlink then links its <em>own</em> modules, without a word;
 *   <li>the trace for the classes that {@code java.lang.invoke} gets ahead of time: by default that of the linking JDK,
 *       which its vendor made by a run at build time. The one in the pinned {@code jdk.jlink} is given instead;
 *   <li>{@code --strip-java-debug-attributes}: 25.0.3 and 25.0.5.1 strip differently. Not used;
 *   <li>umask, the order in {@code release}, and the trust store, which is the module file's own: all set afterwards.
 * </ul>
 */
public final class JavaRuntime {

    /** Measured: 2 s on two cores; a Raspberry Pi takes some twenty times that. */
    public static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final Pattern MODULE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");
    private static final String TRACE = "classes/jdk/tools/jlink/internal/plugins/default_jli_trace.txt";
    private static final int MAX_TRACE_BYTES = 4 << 20;

    private final String where;
    private final JavaHome jdk;
    private final Path jmods;

    /**
     * @param where how messages name the runtime, for example the base and platform that it is for
     * @param jdk the JDK whose jlink is run, of the module files' feature release
     * @param jmods folder of the module files of one JDK for the target's architecture
     * @throws Problem if jlink can't be told that folder
     */
    public JavaRuntime(String where, JavaHome jdk, Path jmods) {
        if (jmods.toString().contains(File.pathSeparator)) {
            throw new Problem(
                    where,
                    "the path " + jmods + " has a colon, which separates paths for jlink",
                    "use a store folder without one");
        }
        this.where = where;
        this.jdk = jdk;
        this.jmods = jmods;
    }

    /**
     * Links it.
     *
     * @param modules root modules; what they require comes with them
     * @param trustStore replaces {@code lib/security/cacerts}
     * @param output folder to make; must not exist
     * @return the version of the runtime, {@code JAVA_VERSION} of its {@code release} file: 25.0.5.1
     * @throws Problem if a module is missing or the releases don't fit
     */
    public String link(Collection<String> modules, TrustStore trustStore, Path output)
            throws IOException, InterruptedException {
        SortedSet<String> roots = checked(modules);
        Path trace = Files.createTempFile(output.toAbsolutePath().getParent(), "jli-trace-", ".txt");
        try {
            copyTrace(trace);
            run(roots, trace, output);
        } finally {
            Files.deleteIfExists(trace);
        }
        Files.write(output.resolve("lib/security/cacerts"), trustStore.jks());
        String version = rewriteRelease(output.resolve("release"));
        setModes(output);
        return version;
    }

    private SortedSet<String> checked(Collection<String> modules) {
        SortedSet<String> roots = new TreeSet<>(modules);
        roots.add("java.base");
        for (String module : roots) {
            if (!MODULE.matcher(module).matches()) {
                throw new Problem(where, "\"" + module + "\" is not a module name", "correct the list of modules");
            }
            if (!Files.isRegularFile(jmods.resolve(module + ".jmod"))) {
                throw new Problem(
                        where,
                        "there is no module file " + module + ".jmod in " + jmods,
                        "take the module from the list, or give the folder jmods of a JDK " + jdk.feature());
            }
        }
        return roots;
    }

    private void copyTrace(Path target) throws IOException {
        Path jlink = jmods.resolve("jdk.jlink.jmod");
        try (ZipFile zip = new ZipFile(jlink.toFile())) { // it tolerates the four bytes before a module file's zip
            ZipEntry entry = zip.getEntry(TRACE);
            if (entry == null || entry.getSize() > MAX_TRACE_BYTES) {
                throw new ZipException("no usable " + TRACE);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (NoSuchFileException | ZipException e) {
            throw new Problem(
                    where,
                    "can't use " + jlink + ": " + e.getMessage(),
                    "give the folder jmods of a complete JDK " + jdk.feature(),
                    e);
        }
    }

    private void run(Set<String> roots, Path trace, Path output) throws IOException, InterruptedException {
        // 64 MB of heap are enough (measured); texts in English, whatever the machine speaks.
        List<String> command = new ArrayList<>(
                List.of(jdk.tool("jlink").toString(), "-J-Xmx256m", "-J-XX:+UseSerialGC", "-J-Duser.language=en"));
        command.addAll(List.of("--module-path", jmods.toString(), "--add-modules", String.join(",", roots)));
        command.addAll(List.of("--no-header-files", "--no-man-pages", "--generate-jli-classes=@" + trace));
        command.addAll(List.of("--output", output.toString()));
        ChildProcess.Result result = ChildProcess.run(where, command, TIMEOUT);
        if (result.exit() != 0) {
            String first = result.output().lines().findFirst().orElse("no message");
            String next = first.contains("does not match target java.base version")
                    ? "build with the JDK of the module files' feature release"
                    : "run jlink by hand to see more: " + String.join(" ", command);
            throw new Problem(where, "jlink of " + jdk.build() + " (" + jdk.vendor() + "): " + first, next);
        }
    }

    /** Keeps version and modules, sorted; other lines are a vendor's own. */
    private String rewriteRelease(Path file) throws IOException {
        Map<String, String> release = JavaHome.release(file);
        String version = release.getOrDefault("JAVA_VERSION", "");
        String[] modules = release.getOrDefault("MODULES", "").split(" ");
        Arrays.sort(modules);
        Files.writeString(
                file,
                "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + String.join(" ", modules) + "\"\n",
                StandardCharsets.UTF_8);
        return version;
    }

    /** jlink's files have what the umask leaves of their modes, but a program keeps an execute bit. */
    private static void setModes(Path output) throws IOException {
        Set<PosixFilePermission> program = PosixFilePermissions.fromString("rwxr-xr-x");
        Set<PosixFilePermission> data = PosixFilePermissions.fromString("rw-r--r--");
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(file, program);
                } else if (!Files.isSymbolicLink(file)) {
                    boolean execute = Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
                    Files.setPosixFilePermissions(file, execute ? program : data);
                }
            }
        }
    }
}
