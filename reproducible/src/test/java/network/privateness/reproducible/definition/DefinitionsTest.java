package network.privateness.reproducible.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {

    private static final String IMAGE =
            """
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

    private static final String BASES =
            """
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
        assertThat(image.software().install()).hasSize(5).first().isEqualTo(new Install.Debian(
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
        assertThat(definitions.chain(image.software())).extracting(BaseDefinition::name).containsExactly("static", "libc");
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
    void filterTakesWhatIsKeptAndNotDropped() {
        var taken = new PathFilter(List.of("usr/bin/*", "usr/share/**"), List.of("usr/share/doc/**")).compile();
        assertThat(taken.test("usr/bin/a")).isTrue();
        assertThat(taken.test("usr/bin/a/b")).isFalse();
        assertThat(taken.test("usr/share/x/y")).isTrue();
        assertThat(taken.test("usr/share/doc/y")).isFalse();
        assertThat(taken.test("etc/passwd")).isFalse();
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
