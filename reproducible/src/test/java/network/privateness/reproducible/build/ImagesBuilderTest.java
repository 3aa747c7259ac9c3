package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesBuilderTest {

    private static final String BASES = """
            low:
              description: Files
              install: [{debian: low}]
            high:
              description: More files
              base: low
              install: [{debian: high}]
              rootfs: bases/high
            """;

    private static final String START = """
            description: A test
            version: "1.5"
            source: https://example.org/src
            licenses: MIT
            user: "10001:10001"
            entrypoint: [/usr/bin/x]
            """;

    @TempDir
    Path folder;

    private final PlainAssembler assembler = new PlainAssembler();
    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        fixture.debian("low", new TestDeb().file("usr/share/low", "low"), "all");
        fixture.debian("high", new TestDeb().file("usr/share/high", "high"), "all");
        fixture.debian("tool", new TestDeb().file("usr/bin/tool", 0755, "tool"), "all");
        fixture.target("base:low", "low");
        fixture.target("base:high", "high");
        fixture.write("bases.yaml", BASES);
        fixture.write("bases/high/etc/high", "high");
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void layersStandInTheirOrderAndWhatWeWriteIsOnTop() throws Exception {
        full();
        List<BuiltLayer> layers = build().get(0).layers().get(Platform.LINUX_AMD64);
        assertThat(layers)
                .extracting(layer -> layer.name().target() + " " + layer.name().content() + " " + layer.pinned())
                .containsExactly(
                        "base:low base true",
                        "base:high base true",
                        "image:full debian true",
                        "image:full archive coin true",
                        "image:full go example.org/toy/cmd/toy true",
                        "image:full maven org.example:service true",
                        "image:full go ./node false",
                        "image:full classes org.example:service false",
                        "image:full own false");
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void secondBuildMakesNothingAndGivesTheSame() throws Exception {
        full();
        Sha256 first = build().get(0).index().descriptor().digest();
        fixture.events.clear();
        assertThat(build(fixture.workshop()).get(0).index().descriptor().digest())
                .isEqualTo(first);
        assertThat(fixture.events).hasSize(9).allMatch(event -> event.startsWith("reused "));
        fixture.events.clear();
        fixture.write("full/rootfs/etc/conf", "changed");
        build(fixture.workshop());
        assertThat(fixture.events)
                .filteredOn(event -> !event.startsWith("reused "))
                .containsExactly("built image:full own linux/amd64");
    }

    @Test
    void basesAreBuiltOncePerPlatform() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            fixture.target("image:" + name);
            fixture.write(name + "/image.yaml", START + "base: high\n");
            fixture.write(name + "/rootfs/etc/name", name);
        }
        Workshop workshop = fixture.workshop();
        fixture.layers.putAll(pins(workshop));
        // What is the same for two platforms may be found there, but no base is looked for twice.
        assertThat(fixture.events)
                .extracting(event -> event.replaceAll("^(built|reused) ", ""))
                .containsExactlyInAnyOrderElementsOf(fixture.layers.keySet().stream()
                        .map(LayerName::toString)
                        .toList())
                .hasSize(6);
        List<BuiltImage> built = build(fixture.workshop());
        assertThat(built).extracting(image -> image.definition().name()).containsExactly("one", "three", "two");
    }

    @Test
    void whatStartsTheImageIsAsTheDefinitionSays() throws Exception {
        fixture.target("image:one");
        fixture.write("one/image.yaml", START + """
                        base: low
                        working-dir: /data
                        command: [run]
                        env: {A: b, PATH: /usr/bin}
                        expose: [53/udp]
                        volumes: [/data]
                        stop-signal: SIGINT
                        healthcheck: {test: [CMD, /health]}
                        platforms: [linux/arm/v7]
                        """);
        build();
        ImageConfig config = assembler.configs.get("one linux/arm/v7");
        assertThat(config.env()).isEqualTo(Map.of("A", "b", "PATH", "/usr/bin"));
        assertThat(config.entrypoint()).containsExactly("/usr/bin/x");
        assertThat(config.cmd()).containsExactly("run");
        assertThat(config.workingDir()).contains("/data");
        assertThat(config.user()).contains("10001:10001");
        assertThat(config.exposedPorts()).containsExactly("53/udp");
        assertThat(config.volumes()).containsExactly("/data");
        assertThat(config.stopSignal()).contains("SIGINT");
        assertThat(config.created()).isEqualTo(Fixture.EPOCH);
        // DESIGN.md: no git revision and no time, so that a commit that changes no input changes no digest.
        assertThat(config.labels())
                .isEqualTo(Map.of(
                        "network.privateness.base", "low",
                        "org.opencontainers.image.description", "A test",
                        "org.opencontainers.image.licenses", "MIT",
                        "org.opencontainers.image.source", "https://example.org/src",
                        "org.opencontainers.image.title", "one",
                        "org.opencontainers.image.version", "1.5"));
    }

    @Test
    void layerThatIsNotAsTheLockSaysFailsAndNamesWhatItWasMadeFrom() throws Exception {
        fixture.target("image:one");
        fixture.write("one/image.yaml", START + "base: low\nplatforms: [linux/amd64]\n");
        Workshop workshop = fixture.workshop();
        assertThatThrownBy(() -> build(workshop))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.lock: it does not hold the layer \"base:low base linux/amd64\"."
                        + " Next: run mvn ness:lock, review the change and commit it");
        LayerName name = new LayerName("base:low", "base", Platform.LINUX_AMD64);
        PinnedLayer found = pins(workshop).get(name);
        fixture.layers.put(name, new PinnedLayer(Sha256.of("another"), found.inputs(), found.rules()));
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("layer \"base:low base linux/amd64\": its diffID is " + found.diffId()
                        + ", the lock says " + Sha256.of("another") + ": ");
        fixture.layers.put(name, found);
        assertThat(build(fixture.workshop())).hasSize(1);
    }

    @Test
    void pinsAreOfInputsOnly() throws Exception {
        full();
        assertThat(pins(fixture.workshop()).keySet())
                .extracting(LayerName::toString)
                .containsExactly(
                        "base:high base linux/amd64",
                        "base:low base linux/amd64",
                        "image:full archive coin linux/amd64",
                        "image:full debian linux/amd64",
                        "image:full go example.org/toy/cmd/toy linux/amd64",
                        "image:full maven org.example:service linux/amd64");
    }

    @Test
    void firstFailureIsToldAndTheOthersEnd() throws Exception {
        GoProgramsTest.toy(fixture, folder, "touch " + folder + "/compiling; exec sleep 300");
        fixture.target("image:bad", "tool");
        fixture.target("image:slow");
        fixture.write(
                "slow/image.yaml",
                START + "install: [{go: example.org/toy/cmd/toy, to: /usr/bin/toy}]\n" + "platforms: [linux/amd64]\n");
        fixture.write("bad/image.yaml", START + "install: [{debian: tool}]\nplatforms: [linux/amd64]\n");
        // The package is there, but only once the compiler of the other image runs, and not what the lock says.
        Path pool = folder.resolve("mirror/pool/tool_1_all.deb");
        Files.delete(pool);
        CountDownLatch told = new CountDownLatch(1);
        fixture.onCompiling = told::countDown;
        fixture.beforeLayer = name -> {
            if (name.target().equals("image:bad")) {
                told.await(60, TimeUnit.SECONDS);
            }
        };
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("-Dness.update=tool");
        assertThat(fixture.leftovers())
                .as("the compiler was ended and its working copy removed")
                .isEmpty();
        assertThat(fixture.events).doesNotContain("compiled example.org/toy/cmd/toy linux/amd64");
        assertThat(assembler.configs).isEmpty();
    }

    @Test
    void failingBaseFailsAllThatStandOnItWithOneProblem() throws Exception {
        for (String name : List.of("one", "two")) {
            fixture.target("image:" + name);
            fixture.write(name + "/image.yaml", START + "base: low\n");
        }
        Files.delete(folder.resolve("mirror/pool/low_1_all.deb"));
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("-Dness.update=low");
    }

    @Test
    void allInputsThatCannotBeHadAreTold() throws Exception {
        full();
        fixture.debian("beside", new TestDeb().file("usr/bin/beside", "beside"), "all");
        fixture.target("image:full", "tool", "beside");
        for (String gone :
                List.of("mirror/pool/low_1_all.deb", "mirror/pool/tool_1_all.deb", "archives/coin-1.tar.gz")) {
            Files.delete(folder.resolve(gone));
        }
        Path modules = folder.resolve("go/store/example.org/toy/@v");
        Files.delete(modules.resolve("v1.0.0.zip"));
        Files.delete(modules.resolve("v1.0.0.mod"));
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(Problem.class)
                .hasMessage("""
                        ness.lock: 4 of its inputs can't be had:
                          input coin: it is gone from all its sources (%1$s/archives/coin-1.tar.gz: no such file)
                          input example.org/toy@v1.0.0.zip: it is gone from all its sources (%1$s/go/store/example.org/toy/@v/v1.0.0.zip: no such file)
                          input low 1 all: it is gone from all its sources (%1$s/mirror/pool/low_1_all.deb: no such file; %1$s/snapshot/debian/19700101T060000Z/pool/low_1_all.deb: no such file)
                          input tool 1 all: it is gone from all its sources (%1$s/mirror/pool/tool_1_all.deb: no such file; %1$s/snapshot/debian/19700101T060000Z/pool/tool_1_all.deb: no such file)
                        Next: look for a source that still has it and add it, or redirect one with -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER; or the package is superseded: run mvn ness:lock -Dness.update=low, or set a snapshot archive (-Dness.debian.snapshot=URL); or the package is superseded: run mvn ness:lock -Dness.update=tool, or set a snapshot archive (-Dness.debian.snapshot=URL)""".formatted(folder));
        // What could be had was brought on the way.
        assertThat(fixture.inputs.debian(fixture.lock().packages("image:full", Platform.LINUX_AMD64).stream()
                        .filter(one -> one.name().equals("beside"))
                        .toList()))
                .hasSize(1);
    }

    @Test
    void lockWithoutThePinsOfAnotherSetSaysWhereToGetThem() throws Exception {
        fixture.target("image:coin");
        fixture.write("coin/image.yaml", START + """
                        set: all
                        install:
                          - archive: coin
                            files: {coind: /usr/bin/coind}
                          - go: example.org/toy/cmd/toy
                            to: /usr/bin/toy
                        """);
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.lock: it does not hold the archive coin of image coin, nor the Go program"
                        + " example.org/toy/cmd/toy of image coin. Next: where their sources can be reached, run mvn"
                        + " ness:lock -Dness.set=all, review the change and commit it; or build the set registry, which"
                        + " needs none of them");
    }

    @Test
    void imageWithNothingInItForAPlatformIsRefused() throws Exception {
        fixture.target("image:empty", "tool");
        fixture.write(
                "empty/image.yaml",
                START + "install: [{debian: tool, platforms: [linux/amd64]}]\nplatforms: [linux/amd64, linux/arm64]\n");
        Workshop stripped = fixture.workshop();
        assertThat(stripped.lock().packages("image:empty", Platform.LINUX_ARM64))
                .hasSize(1);
        fixture.target("image:empty");
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(Problem.class)
                .hasMessageMatching(
                        "empty/image.yaml: nothing is in the image for linux/(amd64|arm64). Next: name a base or"
                                + " an input for this platform, or take it from \"platforms\"");
    }

    @Test
    void errorsOfTheProgramItselfAreNotTakenForSomethingElse() throws Exception {
        fixture.target("image:one");
        fixture.write("one/image.yaml", START + "base: low\n");
        fixture.beforeLayer = name -> {
            throw new StackOverflowError("test");
        };
        assertThatThrownBy(() -> build(fixture.workshop())).isInstanceOf(StackOverflowError.class);
        fixture.beforeLayer = name -> {
            throw new InterruptedException("test");
        };
        assertThatThrownBy(() -> build(fixture.workshop())).isInstanceOf(InterruptedException.class);
        fixture.beforeLayer = name -> {
            throw new IOException("the disk failed");
        };
        assertThatThrownBy(() -> build(fixture.workshop()))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk failed");
    }

    private void full() throws Exception {
        GoProgramsTest.toy(fixture, folder, GoProgramsTest.COMPILER);
        fixture.programs.add(new PinnedProgram("full/node", "example.org/node", "", List.of()));
        fixture.archive(
                "coin",
                "coin-1.tar.gz",
                new TestDeb().file("coin-1/bin/coind", "coin").tarGz());
        fixture.jars.put("org.example:service", JavaProgramsTest.program(fixture, folder, "x"));
        fixture.target("image:full", "tool");
        fixture.write("full/node/go.mod", "module example.org/node\n\ngo 1.21\n");
        fixture.write("full/node/main.go", "package main\n");
        fixture.write("full/rootfs/etc/conf", "conf");
        fixture.write("full/image.yaml", START + """
                        base: high
                        install:
                          - maven: org.example:service
                          - go: ./node
                            to: /usr/bin/node
                          - go: example.org/toy/cmd/toy
                            to: /usr/bin/toy
                          - archive: coin
                            files: {bin/coind: /usr/bin/coind}
                          - debian: tool
                        platforms: [linux/amd64]
                        """);
    }

    /** Builds with whatever comes out as the lock's layers; what that told is forgotten. */
    private List<BuiltImage> build() throws Exception {
        Workshop workshop = fixture.workshop();
        fixture.layers.putAll(pins(workshop));
        return build(fixture.workshop());
    }

    private List<BuiltImage> build(Workshop workshop) throws Exception {
        return new ImagesBuilder(workshop, assembler)
                .build(Selection.of(workshop.definitions(), Selection.ALL, List.of(), Set.of()));
    }

    private Map<LayerName, PinnedLayer> pins(Workshop workshop) throws Exception {
        return new ImagesBuilder(workshop, assembler)
                .pins(Selection.of(workshop.definitions(), Selection.ALL, List.of(), Set.of()));
    }
}
