package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One toy program of two modules, resolved and built by the Go that is installed; skipped where there is none. */
class RealGoIT {

    private static final String LIB_GO_MOD = "module example.org/Lib\n\ngo 1.21\n";

    @TempDir
    Path folder;

    private FakeToolchain store;
    private GoToolchain toolchain;

    @BeforeEach
    void findGo() throws Exception {
        var go = InstalledGo.onPath(System.getenv());
        assumeTrue(go.isPresent(), "SKIPPED: no Go on PATH, so nothing was built by a real one");
        var root = new GoCommand(go.get().command(), folder, System.getenv(), Duration.ofSeconds(60))
                .run(List.of("env", "GOROOT"));
        store = new FakeToolchain(folder, "exit 1");
        Files.createDirectories(store.store());
        toolchain = new GoToolchain(store.pin(), Path.of(root.output().trim()).toRealPath());
    }

    @Test
    void resolvedThenBuiltElsewhereFromThePinsAlone() throws Exception {
        PinnedModule lib = lib("Hello");
        PinnedModule unused = store.add(
                "example.org/unused", "v1.0.0", Map.of("go.mod", "module example.org/unused\n", "u.go", "package u\n"));
        GoMain.Published main = toy(lib, unused);
        List<GoResolution.Found> found = resolve(main);
        // Of what go.sum lists, only what the program imports; nobody reads the rest.
        assertThat(found).extracting(GoResolution.Found::module).containsExactly(lib);
        assertThat(found.get(0).zip()).hasValueSatisfying(zip -> assertThat(zip).isRegularFile());
        assertThat(found.get(0).goMod()).hasContent(LIB_GO_MOD);

        Path first = build(main, List.of(lib), "first", "cache");
        Path second = build(main, List.of(lib), "second folder/below", "cache");
        assertThat(Sha256.of(first)).isEqualTo(Sha256.of(second));
        String text = Files.readString(first, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text).contains("set by the linker").contains("Hello, linux");
        assertThat(text).doesNotContain(folder.getFileName().toString()).doesNotContain(System.getProperty("user.dir"));
    }

    @Test
    void tamperedAndMissingModulesAreRefused() throws Exception {
        PinnedModule lib = lib("Hello");
        GoMain.Published main = toy(lib, lib);
        PinnedModule tampered = lib("Hullo");
        String where = "example.org/toy@v1.0.0 (. for linux/amd64): ";
        assertThatThrownBy(() -> build(main, List.of(lib), "tampered", "cache"))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        where + "example.org/Lib@v1.2.3 has " + tampered.zip().orElseThrow() + ", go.sum says "
                                + lib.zip().orElseThrow()
                                + ". Next: remove it from the store, then fetch it again or check the module proxy");
        assertThatThrownBy(() -> build(main, List.of(), "missing", "cache"))
                .isInstanceOf(Problem.class)
                .hasMessage(where + "example.org/Lib@v1.2.3 is needed, but not in the lock. Next: run mvn ness:lock");
        PinnedModule withoutZip =
                new PinnedModule(lib.module(), lib.version(), java.util.Optional.empty(), lib.mod(), 0);
        assertThatThrownBy(() -> build(main, List.of(withoutZip), "zipless", "cache"))
                .isInstanceOf(Problem.class)
                .hasMessage(where + "example.org/Lib@v1.2.3 is needed, but not in the lock. Next: run mvn ness:lock");
    }

    @Test
    void aTamperedModuleIsNotPinned() throws Exception {
        PinnedModule lib = lib("Hello");
        GoMain.Published main = toy(lib, lib);
        PinnedModule tampered = lib("Hullo");
        assertThatThrownBy(() -> resolve(main))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/toy@v1.0.0 (. for linux/amd64): example.org/Lib@v1.2.3 has "
                        + tampered.zip().orElseThrow() + ", go.sum says "
                        + lib.zip().orElseThrow()
                        + ". Next: remove it from the store, then fetch it again or check the module proxy");
    }

    @Test
    void aSmallMainOfOursWithoutModules() throws Exception {
        Path ours = Files.createDirectories(folder.resolve("ours"));
        Files.writeString(ours.resolve("go.mod"), "module ours\n\ngo 1.21\n");
        Files.writeString(ours.resolve("main.go"), "package main\n\nfunc main() { println(\"ours\") }\n");
        assertThat(resolve(new GoMain.Local(ours))).isEmpty();
        assertThat(build(new GoMain.Local(ours), List.of(), "ours-built", "cache"))
                .isRegularFile();
        Files.writeString(ours.resolve("go.mod"), "module ours\n\ngo 1.999\n");
        assertThatThrownBy(() -> build(new GoMain.Local(ours), List.of(), "too-old", "cache"))
                .isInstanceOf(Problem.class)
                .hasMessageMatching(".*: needs Go 1\\.999, the lock has Go [0-9.]+\\."
                        + " Next: run mvn ness:lock with a newer Go toolchain");
    }

    private PinnedModule lib(String greeting) throws Exception {
        return store.add(
                "example.org/Lib",
                "v1.2.3",
                Map.of(
                        "go.mod",
                        LIB_GO_MOD,
                        "lib.go",
                        "package lib\n\nconst Greeting = \"" + greeting + ", linux\"\n"));
    }

    private GoMain.Published toy(PinnedModule... modules) throws Exception {
        StringBuilder require = new StringBuilder("module example.org/toy\n\ngo 1.21\n");
        StringBuilder sum = new StringBuilder();
        for (PinnedModule module : Stream.of(modules).distinct().toList()) {
            require.append("\nrequire ").append(module.module()).append(' ').append(module.version());
            sum.append(module.module() + " " + module.version() + " "
                    + module.zip().orElseThrow() + "\n");
            sum.append(module.module() + " " + module.version() + "/go.mod " + module.mod() + "\n");
        }
        String main = """
                package main

                import lib "example.org/Lib"

                var Version = "unset"

                func main() { println(lib.Greeting, Version) }
                """;
        return new GoMain.Published(store.add(
                "example.org/toy",
                "v1.0.0",
                Map.of("go.mod", require + "\n", "go.sum", sum.toString(), "main.go", main)));
    }

    private List<GoResolution.Found> resolve(GoMain main) throws Exception {
        return GoResolution.prepare(
                        toolchain,
                        main,
                        store,
                        GoProxySetting.parse(store.store().toRealPath().toUri().toString()),
                        Map.of(),
                        Files.createTempDirectory(folder, "resolve"),
                        Duration.ofMinutes(5))
                .resolve(List.of(Platform.LINUX_AMD64, Platform.LINUX_ARM64), List.of("."));
    }

    private Path build(GoMain main, List<PinnedModule> modules, String scratch, String cache) throws Exception {
        // The standard library is compiled once per checkout, not once per test.
        Path shared = Path.of("target", "go-build-of-tests", cache);
        GoBuild build = GoBuild.prepare(
                toolchain, main, modules, store, folder.resolve(scratch), shared, Duration.ofMinutes(5));
        Path output = folder.resolve(scratch).resolve("program");
        build.build(Platform.LINUX_AMD64, ".", new TreeMap<>(Map.of("main.Version", "set by the linker")), output);
        return output;
    }
}
