package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.golang.FakeToolchain;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.lock.PinnedProgram;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoProgramsTest {

    /** A compiler that writes the header of a program. */
    static final String COMPILER = """
            while [ "$1" != -o ]; do shift; done
            case $GOARCH in
              amd64) printf '\\177ELF\\002\\001\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\076\\0' > "$2" ;;
              arm64) printf '\\177ELF\\002\\001\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\267\\0' > "$2" ;;
              arm) printf '\\177ELF\\001\\001\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\050\\0' > "$2" ;;
            esac
            """;

    private static final Install.Go TOY = install("example.org/toy/cmd/toy", Map.of());

    @TempDir
    Path folder;

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    /** Puts a toolchain with this compiler and a module with a program into the lock and behind the proxy. */
    static void toy(Fixture fixture, Path folder, String compiler) throws IOException {
        FakeToolchain fake = new FakeToolchain(folder.resolve("go"), compiler).serve();
        fixture.toolchains.add(fake.pin());
        PinnedModule module = fake.add(
                "example.org/toy",
                "v1.0.0",
                Map.of("go.mod", "module example.org/toy\n\ngo 1.21\n", "cmd/toy/main.go", "package main\n"));
        fixture.modules.add(module);
        fixture.programs.add(new PinnedProgram(
                "example.org/toy/cmd/toy", "example.org/toy", "v1.0.0", List.of("example.org/toy@v1.0.0")));
    }

    @Test
    void programsAreNamedByImportPathOrByImageAndFolder() {
        assertThat(GoPrograms.name(TOY)).isEqualTo("example.org/toy/cmd/toy");
        assertThat(GoPrograms.name(install("./node", Path.of("images/privateness"), Map.of())))
                .isEqualTo("privateness/node");
        assertThat(GoPrograms.name(install("../privateness/node", Path.of("images/ness-unified"), Map.of())))
                .isEqualTo("privateness/node");
    }

    @ParameterizedTest
    @CsvSource({"/usr/bin/ipfs, ipfs", "/usr/lib/ness/ipfs/start, ipfs-start", "/sbin/x, x", "/opt/a/b, opt-a-b"})
    void licencesStandUnderTheNameOfTheProgram(String to, String name) {
        assertThat(GoPrograms.copyright(new Install.Go("./x", Path.of("images/x"), to, Map.of(), Install.everywhere())))
                .isEqualTo("/usr/share/doc/" + name + "/copyright");
    }

    @Test
    void oneWorkingCopyServesAllPlatformsAndIsGoneAfterwards() throws Exception {
        toy(fixture, folder, COMPILER);
        GoPrograms go = programs();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Path>> builds = List.of(
                    () -> go.build(TOY, Platform.LINUX_AMD64, fixture.scratch()),
                    () -> go.build(TOY, Platform.LINUX_ARM64, fixture.scratch()),
                    () -> go.build(TOY, Platform.LINUX_ARM_V7, fixture.scratch()));
            for (Future<Path> built : threads.invokeAll(builds)) {
                assertThat(built.get()).isRegularFile();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.leftovers()).isEmpty();
        assertThat(fixture.events)
                .containsExactlyInAnyOrder(
                        "compiling example.org/toy/cmd/toy linux/amd64",
                        "compiled example.org/toy/cmd/toy linux/amd64",
                        "compiling example.org/toy/cmd/toy linux/arm64",
                        "compiled example.org/toy/cmd/toy linux/arm64",
                        "compiling example.org/toy/cmd/toy linux/arm/v7",
                        "compiled example.org/toy/cmd/toy linux/arm/v7");
    }

    @Test
    void workingCopyGoesAfterAFailureTooAndTheNextBuildMakesAnother() throws Exception {
        toy(fixture, folder, "test -e " + folder + "/mended || { echo broken; exit 3; }\n" + COMPILER);
        GoPrograms go = programs();
        assertThatThrownBy(() -> go.build(TOY, Platform.LINUX_AMD64, fixture.scratch()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("(./cmd/toy for linux/amd64): go ended with exit code 3: broken");
        assertThat(fixture.leftovers()).isEmpty();
        Files.writeString(folder.resolve("mended"), "");
        assertThat(go.build(TOY, Platform.LINUX_AMD64, fixture.scratch())).isRegularFile();
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void whatTheLockLacksIsTold() throws Exception {
        toy(fixture, folder, COMPILER);
        assertThatThrownBy(() ->
                        programs().describe(new Recipe(), install("example.org/b", Map.of()), Platform.LINUX_AMD64))
                .hasMessage("ness.lock: it does not hold the Go program example.org/b."
                        + " Next: run mvn ness:lock, review the change and commit it");
        fixture.programs.add(
                new PinnedProgram("example.org/other", "example.org/toy", "v1.0.0", List.of("example.org/toy@v1.0.0")));
        assertThatThrownBy(() -> programs()
                        .build(install("example.org/other", Map.of()), Platform.LINUX_AMD64, fixture.scratch()))
                .hasMessage("ness.lock: the program example.org/other is not in its module example.org/toy."
                        + " Next: run mvn ness:lock, review the change and commit it");
        PinnedModule module = fixture.modules.remove(0);
        fixture.modules.add(
                new PinnedModule(module.module(), module.version(), java.util.Optional.empty(), module.mod(), 0));
        assertThatThrownBy(() -> programs().build(TOY, Platform.LINUX_AMD64, fixture.scratch()))
                .hasMessage("ness.lock: it does not hold the Go module example.org/toy@v1.0.0."
                        + " Next: run mvn ness:lock, review the change and commit it");
    }

    @Test
    void recipeOfOurMainHasEverySource() throws Exception {
        toy(fixture, folder, COMPILER);
        Path image = fixture.images().resolve("privateness");
        Install.Go ours = install("./node", image, Map.of());
        fixture.programs.add(new PinnedProgram("privateness/node", "example.org/node", "", List.of()));
        assertThatThrownBy(() -> programs().describe(new Recipe(), ours, Platform.LINUX_AMD64))
                .isInstanceOf(Problem.class)
                .hasMessage(image.resolve("node") + ": there is no such folder. Next: create it with go.mod, go.sum and"
                        + " sources");
        Path source = fixture.write("privateness/node/main.go", "package main\n");
        String before = recipe(ours, Platform.LINUX_AMD64);
        assertThat(recipe(ours, Platform.LINUX_ARM64)).isNotEqualTo(before);
        Files.writeString(source, "package main // changed\n");
        assertThat(recipe(ours, Platform.LINUX_AMD64)).isNotEqualTo(before);
        assertThat(recipe(install("./node", image, Map.of("main.v", "1, main.w=2")), Platform.LINUX_AMD64))
                .isNotEqualTo(
                        recipe(install("./node", image, Map.of("main.v", "1", "main.w", "2")), Platform.LINUX_AMD64));
    }

    private String recipe(Install.Go install, Platform platform) throws IOException {
        return programs().describe(new Recipe(), install, platform).text();
    }

    private GoPrograms programs() throws IOException {
        return new GoPrograms(fixture.lock(), fixture.inputs, fixture.store, "linux-amd64", fixture);
    }

    private static Install.Go install(String target, Map<String, String> variables) {
        return install(target, Path.of("images/node"), variables);
    }

    private static Install.Go install(String target, Path image, Map<String, String> variables) {
        return new Install.Go(target, image, "/usr/bin/toy", variables, Install.everywhere());
    }
}
