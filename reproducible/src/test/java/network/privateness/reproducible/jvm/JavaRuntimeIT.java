package network.privateness.reproducible.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeIT {

    private static final Path RUNNING = Path.of(System.getProperty("java.home"));

    @TempDir
    static Path shared;

    private static JavaHome jdk;
    private static Path jmods;
    private static TrustStore trustStore;

    @TempDir
    Path folder;

    /** Not every JDK has module files (from 24 on they are optional), so these are made of its own classes. */
    @BeforeAll
    static void makeModuleFiles() throws Exception {
        jdk = JavaHome.read(RUNNING);
        trustStore = TrustStoreTest.example();
        jmods = Files.createDirectory(shared.resolve("jmods"));
        Path classes = shared.resolve("classes");
        tool(
                "jimage",
                "extract",
                "--dir",
                classes.toString(),
                "--include",
                "regex:/java.base/.*|/jdk.jlink/.*",
                RUNNING.resolve("lib/modules").toString());
        // What jlink itself put into the running JDK, and would refuse to put there again.
        Path invoke = classes.resolve("java.base/java/lang/invoke");
        try (Stream<Path> generated = Files.list(invoke)) {
            for (Path file : (Iterable<Path>) generated::iterator) {
                String name = file.getFileName().toString();
                if (name.startsWith("BoundMethodHandle$Species_")
                        && !name.equals("BoundMethodHandle$Species_L.class")) {
                    Files.delete(file);
                }
            }
        }
        Path libraries = Files.createDirectories(shared.resolve("native/security"));
        Files.writeString(libraries.resolve("cacerts"), "the module file's own");
        Path commands = Files.createDirectory(shared.resolve("commands"));
        Files.copy(RUNNING.resolve("bin/java"), commands.resolve("java"));
        tool(
                "jmod",
                "create",
                "--class-path",
                classes.resolve("java.base").toString(),
                "--target-platform",
                "linux-amd64",
                "--libs",
                shared.resolve("native").toString(),
                "--cmds",
                commands.toString(),
                jmods.resolve("java.base.jmod").toString());
        Path trace = Path.of("jdk/tools/jlink/internal/plugins/default_jli_trace.txt");
        Path jlink = shared.resolve("jlink");
        Files.createDirectories(jlink.resolve(trace).getParent());
        Files.copy(classes.resolve("jdk.jlink").resolve(trace), jlink.resolve(trace));
        Files.writeString(jlink.resolve("module-info.java"), "module jdk.jlink {}");
        tool(
                "javac",
                "--release",
                "17",
                "-d",
                jlink.toString(),
                jlink.resolve("module-info.java").toString());
        tool(
                "jmod",
                "create",
                "--class-path",
                jlink.toString(),
                jmods.resolve("jdk.jlink.jmod").toString());
    }

    @Test
    void twiceTheSameWhateverTheJdksOwnTraceAndTheUmask() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        String version = new JavaRuntime("java", jdk, jmods).link(List.of("java.base"), trustStore, first);
        new JavaRuntime("java", strictUmask(), jmods).link(List.of(), trustStore, second);

        assertThat(version).isEqualTo(jdk.version());
        assertThat(content(second)).isEqualTo(content(first)).containsKeys("bin/java", "lib/modules", "release");
        assertThat(first.resolve("lib/security/cacerts")).hasBinaryContent(trustStore.jks());
        assertThat(first.resolve("release")).hasContent("JAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base\"\n");
        assertThat(folder)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("jli-trace"));
    }

    @Test
    void theTraceOfThePinnedModuleFilesCounts() throws Exception {
        Path fake = fakeJdk("while [ $# -gt 0 ]; do case $1 in\n"
                + "  --generate-jli-classes=@*) trace=${1#*@} ;;\n"
                + "  --output) out=$2 ;;\n"
                + "esac; shift; done\n"
                + "mkdir -p $out/lib/security && cp $trace $out/trace && env > $out/environment\n"
                + "printf 'MODULES=\"b a\"\\nX=\"vendor\"\\nJAVA_VERSION=\"25.0.9\"\\n' > $out/release\n");
        Path output = folder.resolve("out");
        String version = new JavaRuntime("java", home(fake), jmods).link(List.of("java.base"), trustStore, output);

        assertThat(version).isEqualTo("25.0.9");
        assertThat(output.resolve("trace"))
                .hasSameBinaryContentAs(shared.resolve("jlink/jdk/tools/jlink/internal/plugins/default_jli_trace.txt"));
        // A shell sets these three by itself; nothing of ours is among them.
        assertThat(Files.readAllLines(output.resolve("environment")))
                .allMatch(line -> line.matches("(PWD|OLDPWD|SHLVL|_|PATH)=.*"));
        assertThat(output.resolve("release")).hasContent("JAVA_VERSION=\"25.0.9\"\nMODULES=\"a b\"\n");
    }

    @Test
    void moduleFilesThatAreMissingAreRefused() {
        var runtime = new JavaRuntime("java", jdk, jmods);
        assertThatThrownBy(() -> runtime.link(List.of("java.sql"), trustStore, folder.resolve("out")))
                .isInstanceOf(Problem.class)
                .hasMessage("java: there is no module file java.sql.jmod in " + jmods + ". Next: take the module from"
                        + " the list, or give the folder jmods of a JDK " + jdk.feature());
        assertThatThrownBy(() -> runtime.link(List.of("../x"), trustStore, folder.resolve("out")))
                .isInstanceOf(Problem.class)
                .hasMessage("java: \"../x\" is not a module name. Next: correct the list of modules");
        // jlink would link the modules of its own JDK.
        assertThatThrownBy(
                        () -> new JavaRuntime("java", jdk, folder).link(List.of(), trustStore, folder.resolve("out")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("java: there is no module file java.base.jmod in " + folder);
    }

    @Test
    void aDamagedModuleFileIsRefused() throws Exception {
        Path broken = Files.createDirectory(folder.resolve("jmods"));
        Files.writeString(broken.resolve("java.base.jmod"), "x");
        var runtime = new JavaRuntime("java", jdk, broken);
        assertThatThrownBy(() -> runtime.link(List.of(), trustStore, folder.resolve("out")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("java: can't use " + broken.resolve("jdk.jlink.jmod") + ": ");
        Files.copy(jmods.resolve("jdk.jlink.jmod"), broken.resolve("jdk.jlink.jmod"));
        assertThatThrownBy(() -> runtime.link(List.of(), trustStore, folder.resolve("out")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("java: jlink of " + jdk.build() + " (" + jdk.vendor() + "): Error: ");
    }

    @Test
    void whatJlinkSaysIsTold() throws Exception {
        Path fake = fakeJdk("echo 'Error: jlink version 26.0 does not match target java.base version 25.0'; exit 2\n");
        assertThatThrownBy(() ->
                        new JavaRuntime("java", home(fake), jmods).link(List.of(), trustStore, folder.resolve("out")))
                .isInstanceOf(Problem.class)
                .hasMessage("java: jlink of 25.0.3+9 (Fake): Error: jlink version 26.0 does not match target java.base"
                        + " version 25.0. Next: build with the JDK of the module files' feature release");
    }

    @Test
    void aModulePathWithTheSeparatorIsRefused() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a:b"));
        assertThatThrownBy(() -> new JavaRuntime("java", jdk, odd))
                .isInstanceOf(Problem.class)
                .hasMessage("java: the path " + odd + " has a colon, which separates paths for jlink."
                        + " Next: use a store folder without one");
    }

    /** The running JDK, whose jlink gets a umask that hides everything from others. */
    private JavaHome strictUmask() throws IOException {
        Path fake = fakeJdk("umask 077; exec " + jdk.tool("jlink") + " \"$@\"\n");
        return new JavaHome(fake, jdk.feature(), jdk.version(), jdk.vendor(), jdk.build());
    }

    private static JavaHome home(Path path) {
        return new JavaHome(path, 25, "25.0.3", "Fake", "25.0.3+9");
    }

    private Path fakeJdk(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("fake/bin"));
        Path jlink = bin.resolve("jlink");
        Files.writeString(jlink, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script);
        Files.setPosixFilePermissions(jlink, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin.getParent();
    }

    private static Map<String, String> content(Path root) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                String what =
                        Files.isDirectory(file) ? "directory" : Sha256.of(file).hex();
                content.put(root.relativize(file).toString(), mode + " " + what);
            }
        }
        return content;
    }

    private static void tool(String name, String... arguments) throws Exception {
        var command = Stream.concat(
                        Stream.of(RUNNING.resolve("bin").resolve(name).toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
