package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.PinnedArtifact;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProgramsTest {

    private static final Install.Maven INSTALL =
            new Install.Maven("org.example", "service", Install.everywhere());

    @TempDir
    Path folder;

    private Fixture fixture;
    private List<ResolvedJar> jars;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        jars = program(fixture, folder, "one");
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    /** A program of two modules of ours and two jars of others, which the lock gets to know. */
    static List<ResolvedJar> program(Fixture fixture, Path folder, String content) throws IOException {
        List<ResolvedJar> jars = List.of(
                new ResolvedJar("org.example:service:1-SNAPSHOT", "service", jar(folder, "service.jar", content), true),
                new ResolvedJar("org.other:json:2.0", "json", jar(folder, "json.jar", "json"), false),
                new ResolvedJar("org.example:client:1-SNAPSHOT", "client", jar(folder, "client.jar", "client"), true),
                new ResolvedJar("org.other:net:3:linux", "net", jar(folder, "net.jar", "net"), false));
        fixture.artifacts.clear();
        for (ResolvedJar jar : jars) {
            if (!jar.ours()) {
                fixture.artifacts.add(
                        new PinnedArtifact(jar.coordinates(), Files.size(jar.file()), Sha256.of(jar.file())));
            }
        }
        return jars;
    }

    @Test
    void oursAndThoseOfOthersAreApartAndTheClassPathNamesAllInTheirOrder() throws Exception {
        JavaPrograms java = programs();
        UpperTree dependencies = new UpperTree(Listing.EMPTY);
        java.fillDependencies(dependencies, java.dependencies(INSTALL, jars), fixture.scratch());
        assertThat(dependencies.upper().keySet())
                .extracting(RootPath::toString)
                .containsExactly("app", "app/lib", "app/lib/json-2.0.jar", "app/lib/net-3-linux.jar");
        UpperTree ours = new UpperTree(Listing.EMPTY);
        java.fillOurs(ours, jars, fixture.scratch());
        assertThat(ours.upper().keySet())
                .extracting(RootPath::toString)
                .containsExactly("app", "app/lib", "app/lib/client.jar", "app/service.jar");
        assertThat(manifest(ours, "app/service.jar"))
                .contains("Class-Path: lib/json-2.0.jar lib/client.jar lib/net-3-linux.jar");
        assertThat(manifest(ours, "app/lib/client.jar")).doesNotContain("Class-Path");
        assertThat(ours.upper().get(RootPath.of("app/service.jar")).mode()).isEqualTo(0644);
    }

    @Test
    void jarThatIsNotThePinnedOneIsRefused() throws Exception {
        Sha256 pinned = Sha256.of(jars.get(1).file());
        jar(folder, "json.jar", "tampered");
        Sha256 found = Sha256.of(jars.get(1).file());
        assertThatThrownBy(() -> programs().dependencies(INSTALL, jars))
                .isInstanceOf(Problem.class)
                .hasMessage("org.other:json:2.0 of org.example:service: the jar has " + found + ", the lock says " + pinned
                        + ". Next: remove it from the local repository and build again; if the change is meant, run mvn"
                        + " ness:lock -Dness.update=org.other:json:2.0");
    }

    @Test
    void jarThatTheLockLacksIsTold() {
        fixture.artifacts.remove(0);
        assertThatThrownBy(() -> programs().dependencies(INSTALL, jars))
                .hasMessage("ness.lock: it does not hold the jar org.other:json:2.0."
                        + " Next: run mvn ness:lock, review the change and commit it");
    }

    @Test
    void recipesFollowContentNotPacking() throws Exception {
        String ours = ours();
        String others = programs().describeDependencies(new Recipe(), programs().dependencies(INSTALL, jars)).text();
        // Packed again by another Maven: other times and another compression, the same classes.
        try (var out = new ZipOutputStream(Files.newOutputStream(folder.resolve("service.jar")))) {
            out.setLevel(0);
            entries(out, "one", 2001);
        }
        assertThat(ours()).isEqualTo(ours);
        jar(folder, "service.jar", "two");
        assertThat(ours()).isNotEqualTo(ours);
        assertThat(programs().describeDependencies(new Recipe(), programs().dependencies(INSTALL, jars)).text())
                .isEqualTo(others);
    }

    private String ours() throws IOException {
        return programs().describeOurs(new Recipe(), jars).text();
    }

    private JavaPrograms programs() throws IOException {
        return new JavaPrograms(fixture.lock());
    }

    private static Path jar(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            entries(out, content, 2026);
        }
        return file;
    }

    private static void entries(ZipOutputStream out, String content, int year) throws IOException {
        for (String[] entry : new String[][] {
            {"META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nBuild-Jdk-Spec: 25\r\nMain-Class: a.Main\r\n\r\n"},
            {"content.txt", content}
        }) {
            ZipEntry header = new ZipEntry(entry[0]);
            header.setTimeLocal(java.time.LocalDateTime.of(year, 1, 2, 3, 4, 6));
            out.putNextEntry(header);
            out.write(Fixture.bytes(entry[1]));
            out.closeEntry();
        }
    }

    private static String manifest(UpperTree tree, String path) throws IOException {
        RegularFile jar = (RegularFile) tree.upper().get(RootPath.of(path));
        try (InputStream in = jar.content().open();
                ZipInputStream zip = new ZipInputStream(in)) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("META-INF/MANIFEST.MF");
            return new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).replace("\r\n ", "");
        }
    }
}
