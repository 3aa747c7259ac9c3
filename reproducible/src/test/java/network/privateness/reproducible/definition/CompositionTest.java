package network.privateness.reproducible.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.oci.Platform;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionTest {

    private static final String BASES = """
            low: {description: Low}
            supervised:
              description: Supervisor
              base: low
              install: [{debian: s6, keep: [usr/bin/*]}]
            high: {description: High, base: supervised}
            other: {description: Elsewhere, base: low}
            """;

    private static final String MESH = """
            description: A mesh node
            version: 1.2
            source: https://example.org/mesh
            licenses: MIT
            base: high
            install:
              - {debian: tool, keep: [usr/bin/a]}
              - {go: ./node, to: /usr/lib/ness/mesh/node}
            user: "0:0"
            users: [{name: mesh, uid: 10001, home: /data}]
            alternatives: {/usr/bin/m: mesh}
            env: {MESH_DATA: /data, MESH_KEYS: /data/keys, MESH_PORT: "9001"}
            entrypoint: [/usr/lib/ness/as-owner-of, /data, /usr/bin/mesh]
            command: [--fast]
            expose: [9001/tcp]
            volumes: [/data]
            healthcheck: {test: [CMD, /health, /data], timeout: 7s, start-period: 20s}
            readiness: [/ready]
            needs: {capabilities: [NET_ADMIN, SETGID, SETPCAP, SETUID], devices: [/dev/net/tun], sysctls: {a.b: "0"}}
            """;

    private static final String WEB = """
            description: A web server
            version: 3
            source: https://example.org/web
            licenses: MIT OR Apache-2.0
            base: low
            install:
              - {debian: tool, keep: [usr/bin/b]}
              - {debian: s6, keep: [usr/bin/*], platforms: [linux/amd64]}
              - {go: ./node, to: /usr/lib/ness/web/node}
            platforms: [linux/amd64, linux/arm64]
            user: "10001:10001"
            users: [{name: web, uid: 10001, home: /data}]
            env: {WEB_DATA: /data, WEB_NAME: /database}
            working-dir: /srv
            entrypoint: [/usr/bin/web]
            expose: [80/tcp, 9001/tcp]
            volumes: [/data, {path: /shared, mode: "2750"}]
            healthcheck: {test: [CMD, /health], start-period: 10s}
            stop-signal: SIGINT
            needs: {tmpfs: [/tmp]}
            """;

    private static final String BOTH = """
            description: Both
            version: 1
            source: https://example.org/both
            include:
              - mesh
              - image: web
                after: [mesh]
                env: {WEB_NAME: both}
                ports: {9001/tcp: 9002/tcp}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("bases.yaml"), BASES);
        image("mesh", MESH);
        image("web", WEB);
    }

    @Test
    void membersBecomeServicesOfOneSupervisor() {
        ImageDefinition image = composed(BOTH);
        assertThat(image.members()).containsExactly("mesh", "web");
        assertThat(image.platforms()).isEqualTo(EnumSet.of(Platform.LINUX_AMD64, Platform.LINUX_ARM64));
        ImageDefinition.Start start = image.start();
        assertThat(start.user()).isEqualTo("0:0");
        assertThat(start.entrypoint())
                .containsExactly("/usr/lib/ness/as-owner-of", "/data", "/usr/lib/ness/supervised/start");
        assertThat(start.env()).isEmpty();
        assertThat(start.expose()).containsExactly("9001/tcp", "80/tcp", "9002/tcp");
        assertThat(start.volumes())
                .containsExactly(new Volume("/data", 10001, 10001, 0755), new Volume("/shared", 10001, 10001, 02750));
        HealthCheck health = start.healthcheck().orElseThrow();
        assertThat(health.test()).containsExactly("CMD", "/usr/lib/ness/supervised/health");
        assertThat(health.timeout()).contains(Duration.ofSeconds(12));
        assertThat(health.startPeriod()).contains(Duration.ofSeconds(35));
        assertThat(image.readiness()).containsExactly("/usr/lib/ness/supervised/ready");
        assertThat(image.needs())
                .isEqualTo(new Needs(
                        List.of("NET_ADMIN", "SETGID", "SETPCAP", "SETUID"),
                        List.of("/dev/net/tun"),
                        Map.of("a.b", "0"),
                        List.of("/run", "/tmp")));
    }

    @Test
    void supervisorFindsEveryMemberInFilesOfItsOwn() {
        Map<String, String> files = composed(BOTH).software().texts();
        assertThat(files)
                .containsEntry("/usr/lib/ness/composition", "both\n")
                .containsEntry(
                        "/usr/lib/ness/members/mesh/command",
                        "/usr/lib/ness/as-owner-of\n/data/mesh\n/usr/bin/mesh\n--fast\n")
                .containsEntry("/usr/lib/ness/members/mesh/health", "/health\n/data/mesh\n")
                .containsEntry("/usr/lib/ness/members/mesh/ready", "/ready\n")
                .containsEntry(
                        "/usr/lib/ness/members/mesh/env",
                        "MESH_DATA=/data/mesh\nMESH_KEYS=/data/mesh/keys\nMESH_PORT=9001\n")
                .containsEntry("/usr/lib/ness/members/mesh/after", "")
                .containsEntry("/usr/lib/ness/members/mesh/level", "0\n")
                .containsEntry("/usr/lib/ness/members/mesh/capabilities", "NET_ADMIN\n")
                .containsEntry("/usr/lib/ness/members/mesh/timeout-kill", "4000\n")
                .containsEntry("/usr/lib/ness/members/mesh/working-dir", "/\n")
                .doesNotContainKey("/usr/lib/ness/members/mesh/down-signal")
                .containsEntry("/usr/lib/ness/members/web/command", "/usr/bin/web\n")
                .containsEntry("/usr/lib/ness/members/web/env", "WEB_DATA=/data/web\nWEB_NAME=both\n")
                .containsEntry("/usr/lib/ness/members/web/ready", "/health\n")
                .containsEntry("/usr/lib/ness/members/web/after", "mesh\n")
                .containsEntry("/usr/lib/ness/members/web/level", "1\n")
                .containsEntry("/usr/lib/ness/members/web/working-dir", "/srv\n")
                .containsEntry("/usr/lib/ness/members/web/down-signal", "SIGINT\n")
                .doesNotContainKey("/usr/lib/ness/members/web/capabilities")
                .hasSize(1 + 9 + 9);
    }

    @Test
    void filesOfAllMembersAreUnited() throws IOException {
        Files.createDirectories(folder.resolve("mesh/rootfs"));
        Files.createDirectories(folder.resolve("web/rootfs"));
        Software software = composed(BOTH).software();
        Set<Platform> platforms = EnumSet.of(Platform.LINUX_AMD64, Platform.LINUX_ARM64);
        assertThat(software.base()).contains("high");
        assertThat(software.rootfs()).containsExactly(folder.resolve("mesh/rootfs"), folder.resolve("web/rootfs"));
        assertThat(software.users()).containsExactly(new User("ness", 10001, 10001, "/data"));
        assertThat(software.alternatives()).extracting(Alternative::link).containsExactly("/usr/bin/m");
        // s6 is in a base already.
        assertThat(software.install())
                .containsExactly(
                        new Install.Debian(
                                "tool",
                                java.util.Optional.empty(),
                                new PathFilter(List.of("usr/bin/a", "usr/bin/b"), List.of()),
                                true,
                                platforms),
                        new Install.Go(
                                "./node", folder.resolve("mesh"), "/usr/lib/ness/mesh/node", Map.of(), platforms),
                        new Install.Go("./node", folder.resolve("web"), "/usr/lib/ness/web/node", Map.of(), platforms));
    }

    @Test
    void oneMemberAloneIsThatMemberUnderAnotherName() {
        ImageDefinition image = composed("""
                description: Another name
                include: [{image: mesh, env: {MESH_PORT: "1"}, ports: {9001/tcp: 1/tcp}}]
                env: {MORE: x}
                healthcheck: {interval: 10s}
                """);
        ImageDefinition.Start start = image.start();
        assertThat(image.description()).isEqualTo("Another name");
        assertThat(image.version()).isEqualTo("1.2");
        assertThat(image.licenses()).isEqualTo("MIT");
        assertThat(image.software().texts()).isEmpty();
        assertThat(image.software().users()).extracting(User::name).containsExactly("mesh");
        assertThat(start.entrypoint()).containsExactly("/usr/lib/ness/as-owner-of", "/data", "/usr/bin/mesh");
        assertThat(start.command()).containsExactly("--fast");
        assertThat(start.env())
                .isEqualTo(Map.of("MESH_DATA", "/data", "MESH_KEYS", "/data/keys", "MESH_PORT", "1", "MORE", "x"));
        assertThat(start.expose()).containsExactly("1/tcp");
        assertThat(start.healthcheck().orElseThrow().interval()).contains(Duration.ofSeconds(10));
        assertThat(start.healthcheck().orElseThrow().timeout()).contains(Duration.ofSeconds(7));
        assertThat(image.readiness()).containsExactly("/ready");
        assertThat(image.needs().tmpfs()).isEmpty();
    }

    @Test
    void portsAreDisjoint() {
        refused(BOTH.replace("    ports: {9001/tcp: 9002/tcp}\n", ""))
                .isEqualTo(
                        "both/image.yaml:6:5: both \"mesh\" and \"web\" expose 9001/tcp. Next: give one of them another"
                                + " port (\"ports: {9001/tcp: ...}\", and the variable in \"env\" that moves the program), or close"
                                + " it there (\"ports: {9001/tcp: closed}\")");
        assertThat(composed(BOTH.replace("9002/tcp", "closed")).start().expose())
                .containsExactly("9001/tcp", "80/tcp");
        refused(BOTH.replace("{9001/tcp: 9002", "{81/tcp: 82"))
                .isEqualTo("both/image.yaml:6:5: \"web\" does not expose 81/tcp; it exposes 80/tcp, 9001/tcp."
                        + " Next: correct the port");
    }

    @Test
    void basesStandOnEachOther() {
        image("web", WEB.replace("base: low", "base: other"));
        refused(BOTH)
                .isEqualTo(
                        "both/image.yaml:6:5: \"web\" stands on the bases low, other, but what is included before it on"
                                + " low, supervised, high: one of the two must be the other's beginning."
                                + " Next: let one base stand on the other in bases.yaml");
        image("web", WEB);
        image("mesh", MESH.replace("base: high", "base: low"));
        refused(BOTH)
                .isEqualTo(
                        "both/image.yaml:5:3: several members need a supervisor, which is in the base \"supervised\";"
                                + " this composition stands on low. Next: write \"base: supervised\", or one that stands on it");
        assertThat(composed(BOTH + "base: supervised\n").software().base()).contains("supervised");
        refused(BOTH + "base: none\n").contains("the base \"none\" is not in bases.yaml");
    }

    @Test
    void inputsThatCanNotBeUnitedAreTold() {
        image("web", WEB.replace("tool, keep: [usr/bin/b]", "tool, drop: [usr/share/**]"));
        refused(BOTH)
                .isEqualTo("both/image.yaml:6:5: \"mesh\" and \"web\" install tool in two ways that can't be united."
                        + " Next: say under \"install\" of this composition which of its files are taken");
        image("web", WEB.replace("keep: [usr/bin/*], platforms", "keep: [usr/lib/*], platforms"));
        refused(BOTH)
                .isEqualTo("both/image.yaml:5:5: \"web\" takes other files of s6 than the base \"supervised\", on which"
                        + " this composition stands. Next: let the base take them too, in bases.yaml");
    }

    @Test
    void whatTheCompositionInstallsItselfRules() {
        image("web", WEB.replace("tool, keep: [usr/bin/b]", "tool, drop: [usr/share/**]"));
        ImageDefinition image = composed(BOTH + "install: [{debian: tool, keep: [usr/bin/tool]}]\n");
        assertThat(image.software().install())
                .filteredOn(install -> install.name().equals("tool"))
                .singleElement()
                .extracting(install -> ((Install.Debian) install).files())
                .isEqualTo(new PathFilter(List.of("usr/bin/tool"), List.of()));
    }

    @Test
    void includesAreChecked() {
        refused(BOTH.replace("mesh", "mash"))
                .isEqualTo("both/image.yaml:5:5: there is no image \"mash\"; known: mesh, web. Next: correct the name");
        refused(BOTH.replace("after: [mesh]", "after: [web]"))
                .isEqualTo("both/image.yaml:6:5: \"web\" starts after \"web\", which does not stand before it."
                        + " Next: put web further up in \"include\"");
        refused(BOTH + "  - mesh\n").contains("\"mesh\" is included twice");
        refused("description: x\ninclude: []\n").contains("\"include\" is empty");
        refused(BOTH + "entrypoint: [/x]\n").contains("unknown key \"entrypoint\"");
        refused(BOTH.replace("description: Both\n", "")).contains("the key \"description\" is missing");
        refused(BOTH.replace("- mesh", "- [mesh]")).contains("an item of \"include\" is a list");
        image("again", "include: [both]\n");
        refused(BOTH)
                .isEqualTo("again/image.yaml:1:11: \"both\" is a composition itself, and can't be a member of another."
                        + " Next: include its members");
    }

    @Test
    void capabilitiesThatNobodyHandsOnAreTold() {
        image("mesh", MESH.replace("[NET_ADMIN, ", "[NET_ADMIN, NET_RAW, "));
        refused(BOTH)
                .isEqualTo("both/image.yaml:5:5: \"mesh\" needs the capability NET_RAW; a supervisor hands on NET_ADMIN"
                        + " only. Next: take it out of the composition, or say \"capabilities\" without it");
        assertThat(composed(BOTH.replace("- mesh", "- {image: mesh, capabilities: []}"))
                        .software()
                        .texts())
                .doesNotContainKey("/usr/lib/ness/members/mesh/capabilities");
        refused(BOTH.replace("- mesh", "- {image: mesh, capabilities: [KILL]}"))
                .contains("\"mesh\" has no use for the capability KILL");
    }

    @Test
    void licencesAreThoseOfAllMembers() {
        assertThat(composed(BOTH).licenses()).isEqualTo("MIT AND (MIT OR Apache-2.0)");
        assertThat(composed(BOTH + "licenses: Zlib\n").licenses()).isEqualTo("Zlib");
        image("mesh", MESH.replace("licenses: MIT", "licenses: NOASSERTION"));
        assertThat(composed(BOTH).licenses()).isEqualTo("NOASSERTION");
    }

    @Test
    void setAndPlatformsFollowTheMembers() {
        image("web", WEB + "set: all\n");
        assertThat(composed(BOTH).set()).isEqualTo("all");
        refused(BOTH + "set: registry\n")
                .isEqualTo("both/image.yaml:10:6: the set can't be registry: \"web\" is of the set all."
                        + " Next: write \"set: all\" or leave it out");
        image("web", WEB);
        assertThat(composed(BOTH + "platforms: [linux/arm64]\n").platforms())
                .isEqualTo(EnumSet.of(Platform.LINUX_ARM64));
        refused(BOTH + "platforms: [linux/arm/v7]\n")
                .isEqualTo("both/image.yaml:10:12: \"web\" does not exist for linux/arm/v7. Next: take it from"
                        + " \"platforms\", or leave that out: then it is what all members have");
        image("web", WEB.replace("[linux/amd64, linux/arm64]", "[linux/amd64]"));
        image("mesh", MESH + "platforms: [linux/arm64]\n");
        refused(BOTH).contains("there is no platform that all members have");
    }

    @Test
    void whatMembersSayDifferentlyIsTold() {
        image("web", WEB.replace("{tmpfs: [/tmp]}", "{sysctls: {a.b: \"1\"}}"));
        refused(BOTH).contains("\"web\" needs a.b=1, another member 0");
        image("web", WEB + "alternatives: {/usr/bin/m: web}\n");
        refused(BOTH).contains("the link /usr/bin/m of \"web\" points elsewhere than that of another member");
        image("web", WEB.replace("{name: web, uid: 10001,", "{name: web, uid: 7,"));
        image("mesh", MESH.replace("{name: mesh, uid: 10001,", "{name: mesh, uid: 7,"));
        refused(BOTH).contains("uid 7 is the user web of \"web\" and the user mesh of another member");
        image("mesh", MESH);
        image("web", WEB.replace("WEB_NAME: /database", "WEB_NAME: \"a\\nb\"").replace("healthcheck", "#"));
        refused(BOTH).contains("\"web\" has no health check, so nothing could tell when it has started");
        image("web", WEB.replace("[/usr/bin/web]", "[/usr/bin/web, \"a\\nb\"]"));
        refused(BOTH).contains("\"web\" has a line break in \"a\\nb\", which a composition has no place for");
    }

    private void image(String name, String text) {
        try {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("image.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImageDefinition composed(String text) {
        image("both", text);
        try {
            return Definitions.read(folder).images().get("both");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AbstractStringAssert<?> refused(String text) {
        image("both", text);
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(() -> Definitions.read(folder))
                .isInstanceOf(Problem.class)
                .satisfies(problem -> thrown[0] = problem);
        return assertThat(thrown[0].getMessage());
    }
}
