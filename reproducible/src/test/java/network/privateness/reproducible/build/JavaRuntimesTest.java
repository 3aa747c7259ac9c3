package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.jvm.JavaHome;
import network.privateness.reproducible.jvm.TestCertificate;
import network.privateness.reproducible.jvm.TrustStore;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import network.privateness.reproducible.rootfs.SymbolicLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the linked runtime goes; JavaRuntimeIT links a real one. */
class JavaRuntimesTest {

    private static final Install.Jlink INSTALL =
            new Install.Jlink("jdk", Set.of("java.base", "java.xml"), "/usr/lib/jvm/java", Install.everywhere());

    /** Notes its arguments and writes what jlink would. */
    private static final String JLINK =
            """
            #!/bin/sh
            arguments="$*"
            while [ "$1" != --output ]; do shift; done
            mkdir -p "$2/lib/security" "$2/bin"
            printf 'JAVA_VERSION="25.0.3"\\nMODULES="java.xml java.base"\\n' > "$2/release"
            printf '%s' "$arguments" > "$2/lib/arguments"
            printf 'x' > "$2/bin/java"
            chmod 755 "$2/bin/java"
            """;

    @TempDir
    Path folder;

    @Test
    void runtimeGoesToItsFolderWithTheOneTrustStoreOfTheImage() throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            PinnedPackage pinned = fixture.debian(
                    "jdk",
                    new TestDeb()
                            .file("usr/lib/jvm/jdk/jmods/java.base.jmod", "base")
                            .file("usr/lib/jvm/jdk/jmods/java.xml.jmod", "xml")
                            .file("usr/lib/jvm/jdk/jmods/jdk.jlink.jmod", jlinkModule())
                            .file("usr/lib/jvm/jdk/lib/other", "not taken"));
            UpperTree tree = new UpperTree(Listing.EMPTY);
            new JavaRuntimes(this::jdk).fill(tree, INSTALL, pinned, trust(), fixture.inputs, fixture.scratch());
            assertThat(tree.upper().get(RootPath.of("usr/lib/jvm/java/lib/security/cacerts")))
                    .isEqualTo(SymbolicLink.made("/etc/ssl/certs/java/cacerts", "jdk"));
            assertThat(tree.upper().get(RootPath.of("usr/lib/jvm/java/bin/java")).mode())
                    .isEqualTo(0755);
            RegularFile arguments = (RegularFile) tree.upper().get(RootPath.of("usr/lib/jvm/java/lib/arguments"));
            try (var in = arguments.content().open()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("--add-modules java.base,java.xml ");
            }
            assertThat(tree.upper().keySet()).noneMatch(path -> path.toString().contains("other"));
        }
    }

    @Test
    void packageWithoutModuleFilesIsRefused() throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            PinnedPackage pinned = fixture.debian("jdk", new TestDeb().file("usr/lib/jvm/jdk/bin/java", "x"));
            assertThatThrownBy(() -> new JavaRuntimes(this::jdk)
                            .fill(
                                    new UpperTree(Listing.EMPTY),
                                    INSTALL,
                                    pinned,
                                    trust(),
                                    fixture.inputs,
                                    fixture.scratch()))
                    .isInstanceOf(Problem.class)
                    .hasMessage("bases.yaml: the package jdk holds no java.base.jmod."
                            + " Next: name the package of a JDK in \"jlink\"");
        }
    }

    @Test
    void recipeHasThePackageAndTheModules() throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            PinnedPackage pinned = fixture.debian("jdk", new TestDeb().file("x", "x"));
            JavaRuntimes runtimes = new JavaRuntimes(this::jdk);
            String recipe = runtimes.describe(new Recipe(), INSTALL, pinned).text();
            assertThat(recipe).contains("java.base", "java.xml", pinned.sha256().toString());
            Install.Jlink other =
                    new Install.Jlink("jdk", Set.of("java.base, java.xml"), "/usr/lib/jvm/java", Install.everywhere());
            assertThat(runtimes.describe(new Recipe(), other, pinned).text()).isNotEqualTo(recipe);
        }
    }

    private static TrustStore trust() {
        return TrustStore.of("test", Map.of("example.crt", Fixture.bytes(TestCertificate.PEM)));
    }

    private JavaHome jdk() {
        try {
            Path home = folder.resolve("jdk");
            Files.createDirectories(home.resolve("bin"));
            Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
            Path jlink = Files.writeString(home.resolve("bin/jlink"), JLINK);
            assertThat(jlink.toFile().setExecutable(true)).isTrue();
            return JavaHome.read(home);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A zip with the file that is read out of this module. */
    private static byte[] jlinkModule() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("classes/jdk/tools/jlink/internal/plugins/default_jli_trace.txt"));
            zip.write('x');
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
