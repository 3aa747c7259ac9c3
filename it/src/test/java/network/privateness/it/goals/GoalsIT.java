package network.privateness.it.goals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.privateness.it.Checkout;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.lock.PinnedProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What depends on how Maven was started: goals on the command line, variables, offline. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoalsIT {

    private static final Path HOME = Checkout.ROOT.resolve("it/target/goals/command-line");
    private static final String BOTH = "platforms: [linux/amd64, linux/arm64]\ninstall:\n  - debian: hello\n";

    private Site site;
    private Maven maven;
    private Path good;

    @BeforeAll
    void lock() throws Exception {
        Trees.delete(HOME);
        site = new Site().file("/debian/" + TinyImage.HELLO.path(), TinyImage.HELLO.bytes());
        maven = new Maven(HOME.resolve("maven"));
        Reactor reactor = new Reactor(HOME.resolve("projects"));
        Reactor.Module module = images(reactor.add("good", "images")).image("tiny", BOTH);
        module.lock(new Locks(module).debian(TinyImage.HELLO.pin()).onArm64Too().lock());
        good = module.folder();
        Reactor.Module cold = TinyImage.in(images(reactor.add("cold", "images")));
        cold.set("store", HOME.resolve("stores/cold"));
        Reactor.Module go = images(reactor.add("go", "images"))
                .image("tiny", "platforms: [linux/amd64]\ninstall:\n  - {go: example.org/prog, to: /usr/bin/prog}\n");
        GoSite modules = new GoSite(site, HOME.resolve("go"));
        PinnedToolchain toolchain = modules.toolchain("go1.26.8");
        PinnedModule program = modules.module("example.org/prog");
        go.lock(new Locks(go)
                .go(
                        toolchain,
                        new PinnedProgram(
                                "example.org/prog", "example.org/prog", "v1.0.0", List.of(program.toString())),
                        program)
                .lock());
        reactor.write();
        Maven.Result locked = maven.run(good, "ness:lock", "-Dness.layers");
        assertThat(locked.exit()).as(locked.text()).isZero();
        assertThat(LockReader.read(good.resolve("ness.lock"), "ness.lock").layers())
                .hasSize(2);
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    void aSelectionIsADevelopmentBuildWhichIsNoRelease() throws Exception {
        Maven.Result whole = maven.run(good, "ness:package");
        assertThat(whole.exit()).as(whole.text()).isZero();
        assertThat(whole.text()).contains("nessnetwork/tiny:1", "linux/amd64, linux/arm64");
        // A second build finds all in the store.
        int requests = site.requests().size();
        Maven.Result part = maven.run(good, "ness:package", "-Dness.platforms=linux/amd64");
        assertRefused(
                part,
                "good",
                "good/target/ness/images.json: it reports a development build: only a part of the images or platforms was"
                        + " built. Next: run mvn ness:package without -Dness.images and -Dness.platforms");
        assertThat(site.requests()).hasSize(requests);
        assertThat(Files.readString(good.resolve("target/ness/images.json"))).contains("\"developmentBuild\" : true");
    }

    /** Layers that were not built are still known. */
    @Test
    void aLockOfASelectionKeepsTheRest() throws Exception {
        byte[] before = Files.readAllBytes(good.resolve("ness.lock"));
        Maven.Result result = maven.run(good, "ness:lock", "-Dness.platforms=linux/arm64");
        assertThat(result.exit()).as(result.text()).isZero();
        assertThat(result.text()).contains("nothing changed");
        assertThat(Files.readAllBytes(good.resolve("ness.lock"))).isEqualTo(before);
    }

    @Test
    void offlineWithoutTheInput() throws Exception {
        int requests = site.requests().size();
        assertRefused(
                maven.run(good.resolveSibling("cold"), "-o", "package"),
                "cold",
                "input hello 1.0 all: it is not in the store " + HOME.resolve("stores/cold")
                        + ", and Maven is offline (-o)."
                        + " Next: run once without -o, or redirect a source to a folder with"
                        + " -Dness.mirror.NAME=URL-PREFIX=FOLDER");
        assertThat(site.requests()).hasSize(requests);
        assertThat(good.resolveSibling("cold").resolve("target/ness")).doesNotExist();
    }

    @Test
    void withoutGoproxyAndGo() throws Exception {
        Maven bare = new Maven(HOME.resolve("bare")).with("GOPROXY", null).with("PATH", pathWithoutGo());
        assertRefused(
                bare.run(good.resolveSibling("go"), "package"),
                "go",
                "GOPROXY: is not set, and no installed Go names a module proxy by \"go env GOPROXY\"."
                        + " Next: set the environment variable GOPROXY to the address of a Go module proxy");
    }

    @Test
    void everyGoalCanBeSkipped() throws Exception {
        List<String> goals = List.of("images", "lock", "load", "prune", "package");
        List<String> line = new ArrayList<>(List.of("-Dness.skip", "-Dness.store=/dev/null"));
        goals.forEach(goal -> line.add("ness:" + goal));
        Maven.Result result = maven.run(good.resolveSibling("cold"), line.toArray(String[]::new));
        assertThat(result.exit()).as(result.text()).isZero();
        // The last one forks the build, in which another one is bound.
        assertThat(result.output().stream().filter(out -> out.endsWith("skipped (ness.skip)")))
                .hasSize(goals.size() + 1);
    }

    private Reactor.Module images(Reactor.Module module) {
        return module.set("store", HOME.resolve("store"))
                .set("debianMirror", site.url("/debian"))
                .set("debianSnapshot", site.url("/snapshot"));
    }

    private static void assertRefused(Maven.Result result, String project, String message) {
        assertThat(result.exit()).isNotZero();
        assertThat(result.failures()).as(result.text()).isEqualTo(Map.of(project, message));
        assertThat(result.traces()).isEmpty();
    }

    private static String pathWithoutGo() throws IOException {
        // Programs of a folder that has a Go are still reached, by links to all but that.
        Path links = Files.createDirectories(HOME.resolve("bin"));
        List<Path> folders = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
        for (Path folder : folders) {
            if (Files.exists(folder.resolve("go"))) {
                try (Stream<Path> programs = Files.list(folder)) {
                    for (Path program : programs.toList()) {
                        Path link = links.resolve(program.getFileName());
                        if (!program.getFileName().toString().equals("go") && Files.notExists(link)) {
                            Files.createSymbolicLink(link, program);
                        }
                    }
                }
            }
        }
        return Stream.concat(folders.stream().filter(folder -> Files.notExists(folder.resolve("go"))), Stream.of(links))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
