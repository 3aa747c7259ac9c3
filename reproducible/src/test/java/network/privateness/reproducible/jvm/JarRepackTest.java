package network.privateness.reproducible.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarRepackTest {

    private static final JavaReleases RELEASES = JavaReleases.of(List.of(25, 21));
    private static final JarRules DEPENDENCY = JarRules.dependency(RELEASES);

    @TempDir
    Path folder;

    @Test
    void whoPackedItDoesNotShow() throws Exception {
        Path first = folder.resolve("first.jar");
        Files.write(
                first,
                new TestJar()
                        .manifest("Created-By: 17", "Main-Class: a.Main", "Built-By: me", "Build-Jdk-Spec: 17")
                        .with("a/", "")
                        .classFile("a/Main.class", 65, 0)
                        .with("z.txt", "z".repeat(100_000))
                        .with("META-INF/maven/g/a/pom.properties", "#Sat Nov 21\nversion=1\ngroupId=g\nartifactId=a\n")
                        .bytes(9, 1999));
        Path second = folder.resolve("second.jar");
        Files.write(
                second,
                new TestJar()
                        .with("z.txt", "z".repeat(100_000))
                        .with("META-INF/maven/g/a/pom.properties", "artifactId=a\r\ngroupId=g\r\nversion=1\r\n")
                        .with("META-INF/maven/g/a/pom.xml", "<project/>")
                        .classFile("a/Main.class", 65, 0)
                        .manifest("Main-Class: a.Main", "Bnd-LastModified: 1", "", "Name: a/", "Sealed: true")
                        .bytes(1, 2026));

        assertThat(repack(first, DEPENDENCY)).isEqualTo(repack(second, DEPENDENCY));
    }

    @Test
    void bytesAreFrozen() throws Exception {
        Path jar = new TestJar()
                .manifest("Main-Class: a.Main", "Multi-Release: true")
                .classFile("a/Main.class", 65, 0)
                .with("ä", "x")
                .write(folder.resolve("x.jar"));

        assertThat(Sha256.of(repack(jar, DEPENDENCY)).hex())
                .isEqualTo("0e84d51fa10270b4465d83cc5a426ce0761b6a97ae1c9a8337c95c4690f3f75b");
    }

    @Test
    void entriesAreSortedStoredAndTimeless() throws Exception {
        Path jar = new TestJar()
                .with("b", "b")
                .with("META-INF/services/x", "y")
                .with("META-INF/INDEX.LIST", "x")
                .with("META-INF/A.SF", "x")
                .with("META-INF/a.rsa", "x")
                .with("META-INF/sub/KEEP.SF", "x")
                .with("a/b", "ab")
                .with("a/", "")
                .with("a-b", "a-b")
                .manifest("Multi-Release: true")
                .classFile("META-INF/versions/25/b.class", 69, 0)
                .write(folder.resolve("x.jar"));
        Path repacked = Files.write(folder.resolve("y.jar"), repack(jar, DEPENDENCY));

        try (var zip = new ZipFile(repacked.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries)
                    .extracting(ZipEntry::getName)
                    .containsExactly(
                            "META-INF/MANIFEST.MF",
                            "META-INF/services/x",
                            "META-INF/sub/KEEP.SF",
                            "META-INF/versions/25/b.class",
                            "a-b",
                            "a/b",
                            "b");
            assertThat(entries).allSatisfy(entry -> {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getExtra()).isNull();
                assertThat(entry.getComment()).isNull();
                assertThat(entry.getTimeLocal()).hasToString("1980-01-01T00:00");
            });
            assertThat(zip.getComment()).isNull();
            assertThat(new String(zip.getInputStream(entries.get(5)).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("ab");
        }
        try (var jarFile = new JarFile(repacked.toFile(), true, ZipFile.OPEN_READ, Runtime.Version.parse("25"))) {
            assertThat(jarFile.isMultiRelease()).isTrue();
            assertThat(jarFile.getJarEntry("b.class").getRealName()).isEqualTo("META-INF/versions/25/b.class");
        }
        try (var stream = new JarInputStream(new ByteArrayInputStream(Files.readAllBytes(repacked)))) {
            assertThat(stream.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
        }
    }

    @Test
    void manifestKeepsWhatActsAndTakesTheGivenClassPath() throws Exception {
        Path jar = new TestJar()
                .manifest(
                        "Main-Class: a.Main",
                        "Class-Path: other.jar",
                        "Enable-Native-Access: ALL-UNNAMED",
                        "Build-Jdk-Spec: 25",
                        "X-Compile-Source-JDK: 1",
                        "Implementation-Version: 1")
                .write(folder.resolve("x.jar"));
        List<String> classPath = List.of("lib/one-1.0.jar", "lib/" + "long".repeat(30) + ".jar", "lib/two.jar");
        Path repacked = folder.resolve("y.jar");
        Files.write(repacked, repack(jar, JarRules.ours(RELEASES, 25, classPath)));

        Map<String, String> attributes = attributes(repacked);
        assertThat(attributes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Manifest-Version", "1.0",
                        "Main-Class", "a.Main",
                        "Class-Path", String.join(" ", classPath),
                        "Enable-Native-Access", "ALL-UNNAMED",
                        "Implementation-Version", "1"));
        try (var zip = new ZipFile(repacked.toFile())) {
            String text = new String(
                    zip.getInputStream(zip.getEntry(JarManifest.PATH)).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(72));
            assertThat(text).endsWith("\r\n\r\n").startsWith("Manifest-Version: 1.0\r\nClass-Path: lib/one-1.0.jar");
        }
    }

    @Test
    void longValuesOfSeveralBytesPerCharacterSurvive() throws Exception {
        String title = "ä€𝄞".repeat(40);
        var manifest = new java.util.jar.Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Implementation-Title", title);
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        Path jar = new TestJar().with(JarManifest.PATH, bytes.toByteArray()).write(folder.resolve("x.jar"));
        Path repacked = Files.write(folder.resolve("y.jar"), repack(jar, DEPENDENCY));

        assertThat(attributes(repacked)).containsEntry("Implementation-Title", title);
    }

    @Test
    void twiceIsTheSame() throws Exception {
        Path jar = new TestJar()
                .manifest("Main-Class: x")
                .with("b", "1")
                .with("a", "")
                .write(folder.resolve("x.jar"));
        byte[] once = repack(jar, DEPENDENCY);

        assertThat(repack(Files.write(folder.resolve("y.jar"), once), DEPENDENCY))
                .isEqualTo(once);
    }

    @Test
    void resultTellsWhatWasWritten() throws Exception {
        Path jar = new TestJar().manifest("Main-Class: x.Y").with("a", "1").write(folder.resolve("x.jar"));
        var out = new ByteArrayOutputStream();
        RepackedJar result = JarRepack.repack("x", jar, DEPENDENCY, out);

        assertThat(result.digest()).isEqualTo(Sha256.of(out.toByteArray()));
        assertThat(result.size()).isEqualTo(out.size());
        assertThat(result.mainClass()).contains("x.Y");
        assertThat(result.multiRelease()).isFalse();
    }

    @Test
    void anotherCompilerIsRefused() throws Exception {
        Path jar = new TestJar().manifest("Build-Jdk-Spec: 17").write(folder.resolve("x.jar"));
        assertRefused(
                jar,
                JarRules.ours(RELEASES, 25, List.of()),
                "g:a: Build-Jdk-Spec in its manifest is 17, but the selected JDK is 25: another compiler gives other"
                        + " bytes. Next: build the module with the toolchain of the root POM (mvn clean package)");
        assertRefused(
                new TestJar().with("a", "").write(folder.resolve("none.jar")),
                JarRules.ours(RELEASES, 25, List.of()),
                "g:a: Build-Jdk-Spec in its manifest is none, but the selected JDK is 25: another compiler gives other"
                        + " bytes. Next: build the module with the toolchain of the root POM (mvn clean package)");
    }

    @Test
    void classesThatARuntimeOfTheImageCannotReadAreRefused() throws Exception {
        assertRefused(
                new TestJar().classFile("a/B.class", 69, 0).write(folder.resolve("a.jar")),
                DEPENDENCY,
                "g:a: \"a/B.class\" needs Java 25, but Java 21 of the image loads it."
                        + " Next: compile it with --release 21 or older, or use an older release of this jar");
        assertRefused(
                new TestJar()
                        .manifest("Multi-Release: true")
                        .classFile("META-INF/versions/22/B.class", 70, 0)
                        .write(folder.resolve("b.jar")),
                DEPENDENCY,
                "g:a: \"META-INF/versions/22/B.class\" needs Java 26, but Java 25 of the image loads it."
                        + " Next: compile it with --release 25 or older, or use an older release of this jar");
        assertRefused(
                new TestJar().classFile("B.class", 65, 65535).write(folder.resolve("c.jar")),
                DEPENDENCY,
                "g:a: \"B.class\" needs Java 21 with previews, but Java 21 of the image loads it."
                        + " Next: compile it with --release 21 or older, or use an older release of this jar");
        assertRefused(
                new TestJar().with("B.class", "no class").write(folder.resolve("d.jar")),
                DEPENDENCY,
                "g:a: \"B.class\" does not start like a class file (CA FE BA BE and a version)."
                        + " Next: use another release of this jar");
        assertRefused(
                new TestJar().classFile("B.class", 44, 0).write(folder.resolve("e.jar")),
                DEPENDENCY,
                "g:a: \"B.class\" names class file version 44, none is below 45."
                        + " Next: use another release of this jar");
    }

    @Test
    void classesThatNoRuntimeLoadsAreNotJudged() throws Exception {
        Path dead =
                new TestJar().classFile("META-INF/versions/21/B.class", 70, 0).write(folder.resolve("a.jar"));
        Path later = new TestJar()
                .manifest("Multi-Release: true")
                .classFile("META-INF/versions/26/B.class", 70, 65535)
                .classFile("META-INF/versions/25/B.class", 69, 0)
                .classFile("META-INF/versions/21/B.class", 65, 0)
                .write(folder.resolve("b.jar"));

        assertThat(repack(dead, DEPENDENCY)).isNotEmpty();
        assertThat(repack(later, DEPENDENCY)).isNotEmpty();
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws Exception {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("/a", "is not relative");
        names.put("a/../b", "has an empty, \".\" or \"..\" part");
        names.put("..", "has an empty, \".\" or \"..\" part");
        names.put("a//b", "has an empty, \".\" or \"..\" part");
        names.put("./a", "has an empty, \".\" or \"..\" part");
        names.put("a\\b", "has a backslash, a control character or bytes that are no UTF-8");
        names.put("x".repeat(1025), "is longer than 1024 bytes");
        for (Map.Entry<String, String> name : names.entrySet()) {
            Path jar = new TestJar().with(name.getKey(), "").write(folder.resolve("x.jar"));
            String shown = name.getKey().length() > 200 ? "x".repeat(200) + "..." : name.getKey();
            assertRefused(
                    jar,
                    DEPENDENCY,
                    "g:a: entry name \"" + shown + "\" " + name.getValue() + ". Next: use another release of this jar");
        }
        assertRefused(
                new TestJar().with("a\nb", "").write(folder.resolve("x.jar")),
                DEPENDENCY,
                "g:a: entry name \"a?b\" has a backslash, a control character or bytes that are no UTF-8."
                        + " Next: use another release of this jar");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws Exception {
        Path jar = folder.resolve("x.jar");
        replaceInFile(new TestJar().with("aa", "1").with("ab", "2").bytes(0, 2026), "ab", "aa", jar);
        assertRefused(jar, DEPENDENCY, "g:a: has two entries \"aa\". Next: use another release of this jar");

        new TestJar().manifest("A: b").with("meta-inf/manifest.mf", "x").write(jar);
        assertRefused(
                jar,
                DEPENDENCY,
                "g:a: has two entries \"meta-inf/manifest.mf\". Next: use another release of this jar");
    }

    @Test
    void damageIsRefused() throws Exception {
        Path jar = folder.resolve("x.jar");
        replaceInFile(new TestJar().with("a", "content").bytes(0, 2026), "content", "c0ntent", jar);
        assertRefused(
                jar,
                DEPENDENCY,
                "g:a: \"a\" does not have its recorded size and CRC-32. Next: use another release of this jar");

        replaceInFile(new TestJar().manifest("Main-Class: x").bytes(0, 2026), "Main", "Mine", jar);
        assertRefused(
                jar,
                DEPENDENCY,
                "g:a: \"META-INF/MANIFEST.MF\" does not have its recorded size and CRC-32."
                        + " Next: use another release of this jar");

        Files.writeString(jar, "no jar");
        assertThatThrownBy(() -> repack(jar, DEPENDENCY))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("g:a: is not a readable jar: ")
                .hasMessageEndingWith(". Next: download or build it again");
    }

    @Test
    void manifestsThatCannotBeKeptAreRefused() throws Exception {
        Path jar = folder.resolve("x.jar");
        new TestJar().with(JarManifest.PATH, "no manifest\r\n").write(jar);
        assertThatThrownBy(() -> repack(jar, DEPENDENCY))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("g:a: is not a manifest: ");
        new TestJar().manifest("Main-Class: a\u0001b").write(jar);
        assertRefused(
                jar, DEPENDENCY, "g:a: Main-Class has a control character. Next: use a jar with a plain manifest");
        assertRefused(
                new TestJar().manifest("Build-Jdk-Spec: 25").write(jar),
                JarRules.ours(RELEASES, 25, List.of("../x.jar")),
                "g:a: class path entry \"../x.jar\" is not a relative path of letters, digits and . _ + ~ / -."
                        + " Next: give the dependency such a file name in the image");
        new TestJar()
                .with(JarManifest.PATH, new byte[JarManifest.MAX_BYTES + 1])
                .write(jar);
        assertRefused(
                jar,
                DEPENDENCY,
                "g:a: \"META-INF/MANIFEST.MF\" is larger than 8388608 bytes. Next: use another release of this jar");
    }

    private static byte[] repack(Path jar, JarRules rules) throws IOException {
        var out = new ByteArrayOutputStream();
        JarRepack.repack("g:a", jar, rules, out);
        return out.toByteArray();
    }

    private static void assertRefused(Path jar, JarRules rules, String message) {
        assertThatThrownBy(() -> repack(jar, rules)).isInstanceOf(Problem.class).hasMessage(message);
    }

    private static Map<String, String> attributes(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().entrySet().stream()
                    .collect(Collectors.toMap(
                            e -> e.getKey().toString(), e -> e.getValue().toString()));
        }
    }

    private static void replaceInFile(byte[] bytes, String old, String replacement, Path file) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(new ArrayList<>(List.of(text.split(old, -1)))).hasSizeGreaterThan(1);
        Files.write(file, text.replace(old, replacement).getBytes(StandardCharsets.ISO_8859_1));
    }
}
