package network.privateness.reproducible.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {

    private static final String IMAGE = """
            description: A mesh node
            version: 1.2
            source: https://example.org/mesh
            licenses: MIT
            base: libc
            install:
              - debian: mesh
                drop: [usr/share/doc/**]
              - go: example.org/tool/cmd/tool
                to: /usr/bin/tool
                variables: {main.version: v1}
              - go: ./node
                to: /usr/bin/node
              - maven: org.example:service
              - archive: coin
                files: {bin/coind: /usr/bin/coind}
                platforms: [linux/amd64]
            platforms: [linux/amd64, linux/arm/v7]
            user: "10001:10001"
            users:
              - {name: mesh, uid: 10001, home: /data}
            env: {B: "2", A: "1"}
            entrypoint: [/usr/lib/ness/start]
            expose: [9001/tcp]
            volumes: [/data, {path: /keys, owner: "0:0", mode: "0700"}]
            healthcheck: {test: [CMD, /usr/lib/ness/health], interval: 1m, start-period: 20s}
            readiness: [/usr/lib/ness/ready]
            stop-signal: SIGTERM
            needs: {capabilities: [NET_ADMIN], devices: [/dev/net/tun], sysctls: {a.b: "0"}, tmpfs: [/run]}
            """;

    private static final String BASES = """
            static:
              description: Certificates and zones
              install: [{debian: ca-certificates, dependencies: false}]
              effects: [ca-certificates]
            libc:
              description: For programs in C
              base: static
              install: [{debian: libc6}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("mesh"));
        Files.writeString(folder.resolve("bases.yaml"), BASES);
        Files.writeString(folder.resolve("mesh/image.yaml"), IMAGE);
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Definitions definitions = Definitions.read(folder);
        ImageDefinition image = definitions.images().get("mesh");
        assertThat(image.set()).isEqualTo("registry");
        assertThat(image.platforms()).isEqualTo(EnumSet.of(Platform.LINUX_AMD64, Platform.LINUX_ARM_V7));
        assertThat(image.software().install())
                .hasSize(5)
                .first()
                .isEqualTo(new Install.Debian(
                        "mesh",
                        java.util.Optional.empty(),
                        new PathFilter(List.of(), List.of("usr/share/doc/**")),
                        true,
                        Install.everywhere()));
        assertThat(image.start().env().keySet()).containsExactly("A", "B");
        assertThat(image.start().volumes())
                .containsExactly(new Volume("/data", 10001, 10001, 0755), new Volume("/keys", 0, 0, 0700));
        assertThat(image.start().healthcheck().orElseThrow().interval()).contains(Duration.ofMinutes(1));
        assertThat(image.needs().capabilities()).containsExactly("NET_ADMIN");
        assertThat(definitions.chain(image.software()))
                .extracting(BaseDefinition::name)
                .containsExactly("static", "libc");
    }

    @Test
    void digestFollowsEveryFile() throws IOException {
        var before = Definitions.read(folder).digest();
        Files.writeString(folder.resolve("bases.yaml"), BASES + "\n# a comment\n");
        assertThat(Definitions.read(folder).digest()).isNotEqualTo(before);
    }

    @Test
    void unknownKeyNamesFileLineAndColumn() {
        refused(IMAGE.replace("stop-signal", "stopsignal"))
                .startsWith("mesh/image.yaml:28:1: unknown key \"stopsignal\"; known here: alternatives, base, ");
    }

    @Test
    void unknownBaseIsRefused() {
        refused(IMAGE.replace("base: libc", "base: glibc"))
                .isEqualTo("mesh/image.yaml: the base \"glibc\" is not in bases.yaml; known: libc, static."
                        + " Next: correct the name");
    }

    @Test
    void pinsStandInTheDefinitionOrInTheLock() throws IOException {
        String sha256 = "ab".repeat(32);
        String pinned = IMAGE.replace(
                "- archive: coin\n",
                "- archive: coin\n    urls: [https://example.org/coin.tar.xz]\n    sha256: " + sha256 + "\n");
        Files.writeString(folder.resolve("mesh/image.yaml"), pinned);
        assertThat(Definitions.read(folder).images().get("mesh").software().install())
                .filteredOn(Install.Archive.class::isInstance)
                .extracting(install -> ((Install.Archive) install).urls() + " " + ((Install.Archive) install).sha256())
                .containsExactly("[https://example.org/coin.tar.xz] Optional[sha256:" + sha256 + "]");
        refused(pinned.replace(sha256, "abc")).contains("\"abc\" is not a SHA-256 in hex");
        refused(pinned.replace("https://example.org/", "ftp://example.org/")).contains("is not an http or https URL");
        refused(IMAGE.replace("- go: example.org/tool/cmd/tool", "- go: ./tool\n    version: v1.0.0"))
                .contains("a program of ours has no version");
        refused(IMAGE.replace("to: /usr/bin/tool", "to: /usr/bin/tool\n    version: 1.0"))
                .contains("\"1.0\" is not a version such as v1.2.3");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/image.yaml"), IMAGE);
        refused(pinned)
                .isEqualTo("other/image.yaml: \"coin\" is pinned in another way than in mesh/image.yaml."
                        + " Next: write the same \"urls\", \"sha256\" and \"version\" in both");
    }

    @Test
    void circleOfBasesIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("bases.yaml"), BASES.replace("description: Cert", "base: libc\n  description: Cert"));
        refused(IMAGE).contains("stands on itself");
    }

    @Test
    void valuesOutOfTheirRuleAreRefused() {
        refused(IMAGE.replace("9001/tcp", "99999/tcp"))
                .isEqualTo("mesh/image.yaml:24:10: \"99999/tcp\" is not a port: 65535 is the highest."
                        + " Next: correct the value");
        refused(IMAGE.replace("linux/arm/v7]", "linux/riscv64]"))
                .isEqualTo("mesh/image.yaml:18:26: \"linux/riscv64\" is not one of linux/amd64, linux/arm64,"
                        + " linux/arm/v7. Next: correct the value");
        refused(IMAGE.replace("[CMD, /usr", "[CMD-SHELL, /usr")).contains("must be [CMD, program, arguments...]");
        refused(IMAGE.replace("[NET_ADMIN]", "[CAP_NET_ADMIN]")).contains("without the prefix CAP_");
        refused(IMAGE.replace("to: /usr/bin/tool", "to: /usr/../bin/tool")).contains("is not an absolute path");
        refused(IMAGE.replace("drop: [usr", "drop: [/usr")).contains("a path without a leading slash");
        refused(IMAGE.replace("user: \"10001:10001\"", "user: mesh")).contains("is not uid:gid in numbers");
        refused(IMAGE.replace("  - maven: org.example:service", "  - maven: org.example:service\n    go: a/b"))
                .contains("has exactly one of the keys archive, debian, go, jlink, maven, here are 2");
    }

    @Test
    void whatWouldFailInAnImageIsToldWithItsLine() {
        refused(IMAGE + "working-dir: data\n")
                .isEqualTo("mesh/image.yaml:30:14: \"data\" is not an absolute path. Next: correct the value");
        refused(IMAGE + "working-dir: /a/../b\n").contains("\"/a/../b\" is not an absolute path");
        refused(IMAGE.replace("{B: \"2\"", "{B=C: \"2\""))
                .isEqualTo("mesh/image.yaml:22:7: \"B=C\" is not a variable's name. Next: correct the value");
        refused(IMAGE.replace("SIGTERM", "SIGX")).contains("\"SIGX\" is not a signal such as SIGTERM");
        refused(IMAGE.replace("interval: 1m", "interval: 9999m"))
                .contains("the interval of a health check is between 1 ms and 1 day, not PT166H39M");
        refused(IMAGE.replace("[CMD, /usr/lib/ness/health]", "[/bin/x, CMD]"))
                .contains("must be [CMD, program, arguments...]");
        refused(IMAGE.replace("{main.version: v1}", "{version: v1}"))
                .isEqualTo(
                        "mesh/image.yaml:11:17: \"version\" is not a variable like main.Version. Next: correct the value");
        refused(IMAGE.replace("{main.version: v1}", "{main.version: \"it's\"}"))
                .contains("the value of main.version has quotes or control characters");
        refused(IMAGE.replace("go: example.org/tool/cmd/tool", "go: example.org/tool/../tool"))
                .contains("is not an import path, ./FOLDER or ../IMAGE/FOLDER");
        refused(IMAGE.replace("version: 1.2", "version: \"1\\0\""))
                .isEqualTo("mesh/image.yaml:2:10: the text has a control character or half of a surrogate pair."
                        + " Next: take the escape from it");
        refused(IMAGE + "alternatives: {/usr/bin/java: \"\"}\n")
                .contains("a target of the link \"/usr/bin/java\" is empty or has control characters");
        refused(IMAGE + "alternatives: {/usr/../java: x}\n")
                .contains("the path \"usr/../java\" has the component \"..\"");
        refused(IMAGE + "set: regstry\n")
                .isEqualTo("mesh/image.yaml:30:6: \"regstry\" is not one of registry, all. Next: correct the value");
    }

    @Test
    void oneInputStandsOncePerPlatform() {
        refused(IMAGE.replace("  - go: ./node", "  - debian: mesh\n  - go: ./node"))
                .isEqualTo("mesh/image.yaml:12:5: \"mesh\" stands twice in \"install\" for one platform."
                        + " Next: put both into one item");
        accepted(IMAGE.replace("  - debian: mesh", "  - debian: mesh\n    platforms: [linux/arm64]\n  - debian: mesh")
                .replace("    drop: [usr/share/doc/**]", "    platforms: [linux/amd64]"));
    }

    @Test
    void imagesAndBasesAreMadeOfOtherThings() throws IOException {
        refused(IMAGE.replace(
                        "  - go: ./node\n    to: /usr/bin/node",
                        "  - jlink: jdk\n    modules: [java.base]\n    to: /java"))
                .isEqualTo("mesh/image.yaml:7:3: a jlink item is not for an image. Next: move it to bases.yaml");
        bases(BASES + "own:\n  description: x\n  install: [{maven: \"a:b\"}]\n");
        refused(IMAGE)
                .isEqualTo("bases.yaml:11:12: \"a:b\" is not for a base: a base is made of debian and jlink items."
                        + " Next: move it to an image.yaml");
        bases(BASES + "java:\n  description: x\n  install: [{jlink: jdk, modules: [java.base], to: /java}]\n");
        refused(IMAGE)
                .isEqualTo("bases.yaml:11:12: a linked runtime needs the effect java-trust-store."
                        + " Next: add it to \"effects\"");
        bases(BASES + "java:\n  description: x\n  install: [{jlink: jdk, modules: [\"--help\"], to: /java}]\n");
        refused(IMAGE).contains("\"--help\" is not a module's name");
    }

    @Test
    void namesOfBasesAndTheirFoldersAreChecked() throws IOException {
        bases(BASES.replace("static:\n", "Static one:\n").replace("base: static", "base: Static one"));
        refused(IMAGE).isEqualTo("bases.yaml:1:1: \"Static one\" is not a base's name. Next: correct the value");
        bases(BASES + "  rootfs: ../elsewhere\n");
        refused(IMAGE).contains("\"../elsewhere\" is not a folder below this file's");
        bases(BASES + "  rootfs: missing\n");
        refused(IMAGE).contains("the folder \"missing\" is missing");
    }

    @Test
    void folderWithAnotherNameIsNoImage() throws IOException {
        Files.createDirectories(folder.resolve("My_Image"));
        Files.writeString(folder.resolve("My_Image/image.yaml"), IMAGE);
        refused(IMAGE)
                .isEqualTo(
                        folder + "/My_Image/image.yaml: the folder's name \"My_Image\" is not an image's name:"
                                + " lower-case letters and digits, parted by single hyphens, at most 30. Next: rename the folder");
    }

    @Test
    void longInputWouldNotFitTheHistory() {
        refused(IMAGE.replace("example.org/tool/cmd/tool", "example.org/" + "a".repeat(60)))
                .contains("is longer than 55 characters, the history of an image has no room for it");
    }

    @Test
    void usersOfImageAndBasesStandOnce() throws IOException {
        bases(BASES + "  users: [{name: root, uid: 0}]\n");
        refused(IMAGE.replace("name: mesh, uid: 10001", "name: root, uid: 10001"))
                .isEqualTo("mesh/image.yaml: the user root (uid 10001) or its uid stands twice, here or in a base."
                        + " Next: give each user a name and uid of its own");
        refused(IMAGE.replace("name: mesh, uid: 10001", "name: mesh, uid: 0")).contains("the user mesh (uid 0)");
    }

    @Test
    void missingFolderAndFilesAreTold() throws IOException {
        assertThatThrownBy(() -> Definitions.read(folder.resolve("nowhere")))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        folder.resolve("nowhere") + ": the folder of the images is missing. Next: correct ness.folder");
        Files.delete(folder.resolve("mesh/image.yaml"));
        assertThatThrownBy(() -> Definitions.read(folder))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        folder + ": no folder here holds an image.yaml. Next: run this in the folder of the images");
    }

    /** Whatever stands in the file: definitions, or a Problem. */
    @Test
    void mutatedDefinitionsNeverEscapeAsOtherErrors() throws IOException {
        long seed = 20260102;
        Random random = new Random(seed);
        String[] words = {
            "null", "[]", "{}", "''", "/", "..", "-1", "99999999999", "a b", "\"\\u0007\"", "~", "jlink", "&a"
        };
        for (int round = 0; round < 400; round++) {
            String text = random.nextBoolean() ? IMAGE : BASES;
            String file = text.equals(IMAGE) ? "mesh/image.yaml" : "bases.yaml";
            String[] tokens = text.split("(?<=[ ,:{}\\[\\]\n])");
            for (int change = random.nextInt(3); change >= 0; change--) {
                tokens[random.nextInt(tokens.length)] = words[random.nextInt(words.length)];
            }
            Files.writeString(folder.resolve("mesh/image.yaml"), IMAGE);
            bases(BASES);
            String mutated = String.join("", tokens);
            Files.writeString(folder.resolve(file), mutated);
            try {
                Definitions.read(folder);
            } catch (Problem expected) {
                assertThat(expected.next()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + mutated, e);
            }
        }
    }

    @Test
    void filterTakesWhatIsKeptAndNotDropped() {
        var taken = new PathFilter(List.of("usr/bin/*", "usr/share/**"), List.of("usr/share/doc/**")).compile();
        assertThat(taken.test("usr/bin/a")).isTrue();
        assertThat(taken.test("usr/bin/a/b")).isFalse();
        assertThat(taken.test("usr/share/x/y")).isTrue();
        assertThat(taken.test("usr/share/doc/y")).isFalse();
        assertThat(taken.test("etc/passwd")).isFalse();
    }

    private void bases(String text) throws IOException {
        Files.writeString(folder.resolve("bases.yaml"), text);
    }

    private void accepted(String image) {
        try {
            Files.writeString(folder.resolve("mesh/image.yaml"), image);
            assertThat(Definitions.read(folder).images()).hasSize(1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private org.assertj.core.api.AbstractStringAssert<?> refused(String image) {
        try {
            Files.writeString(folder.resolve("mesh/image.yaml"), image);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(() -> Definitions.read(folder))
                .isInstanceOf(Problem.class)
                .satisfies(t -> thrown[0] = t);
        return assertThat(thrown[0].getMessage());
    }
}
