package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Go command is given, and what its failures become; {@link RealGoIT} builds with a real one. */
class GoBuildTest {

    /** Writes what it was given beside the home folder, and the header of a program. */
    private static final String RECORD = """
            /usr/bin/env > "$HOME/../environment"
            pwd > "$HOME/../folder"
            printf '%s\\n' "$@" > "$HOME/../arguments"
            while [ "$1" != -o ]; do shift; done
            case $GOARCH in
              amd64) printf '\\177ELF\\002\\001\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\076\\0' > "$2" ;;
              arm64) printf '\\177ELF\\002\\001\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\267\\0' > "$2" ;;
              arm) printf '\\177ELF\\001\\001\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\050\\0' > "$2" ;;
            esac
            """;

    private static final SortedMap<String, String> NONE = new TreeMap<>();

    @TempDir
    Path folder;

    private Path real;
    private PinnedToolchain pin;

    @Test
    void environmentAndFlags() throws Exception {
        Path scratch = prepare(RECORD, (build, output) -> {
            SortedMap<String, String> values = new TreeMap<>();
            values.put("main.Version", "1.0 of today");
            values.put("example.org/toy/build.Name", "a=b");
            build.build(Platform.LINUX_ARM_V7, "./cmd/toy", values, output);
        });
        // What a shell adds by itself does not count.
        assertThat(Files.readAllLines(scratch.resolve("environment")))
                .filteredOn(line -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*"))
                .containsExactlyInAnyOrder(
                        "CGO_ENABLED=0",
                        "GO111MODULE=on",
                        "GOAMD64=v1",
                        "GOARCH=arm",
                        "GOARM=7",
                        "GOARM64=v8.0",
                        "GOCACHE=" + real + "/cache/go1.26.8-" + pin.zip().hex().substring(0, 16),
                        "GOENV=off",
                        "GOEXPERIMENT=",
                        "GOFLAGS=",
                        "GOMODCACHE=" + scratch + "/modcache",
                        "GOOS=linux",
                        "GOPATH=" + scratch + "/home/go",
                        "GOPROXY=file://" + scratch + "/proxy/",
                        "GOSUMDB=off",
                        "GOTELEMETRY=off",
                        "GOTOOLCHAIN=local",
                        "GOWORK=off",
                        "HOME=" + scratch + "/home",
                        "LC_ALL=C",
                        "PATH=" + real + "/unpacked/go1.26.8.linux-amd64-"
                                + pin.zip().hex() + "/bin",
                        "TMPDIR=" + scratch + "/tmp",
                        "TZ=UTC");
        assertThat(scratch.resolve("arguments")).hasContent("""
                build
                -trimpath
                -buildvcs=false
                -mod=readonly
                -modcacherw
                -ldflags=-buildid= -s -w -X 'example.org/toy/build.Name=a=b' -X 'main.Version=1.0 of today'
                -o
                %s/output
                ./cmd/toy
                """.formatted(real));
        assertThat(scratch.resolve("folder")).hasContent(scratch + "/src\n");
        assertThat(scratch.resolve("home/.config/go/telemetry/mode")).hasContent("off");
        assertThat(scratch.resolve("src/cmd/toy/main.go")).hasContent("package main\n");
    }

    @Test
    void everyPlatformFromOneWorkingCopy() throws Exception {
        prepare(RECORD, (build, output) -> {
            for (Platform platform : Platform.values()) {
                build.build(platform, "./cmd/toy", NONE, output);
                assertThat(output).isRegularFile();
            }
        });
    }

    @Test
    void anOutputForAnotherMachineIsRefused() {
        String lying = RECORD.replace("case $GOARCH", "case amd64");
        assertThatThrownBy(() ->
                        prepare(lying, (build, output) -> build.build(Platform.LINUX_ARM64, "./cmd/toy", NONE, output)))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/toy@v1.0.0 (./cmd/toy for linux/arm64): is not a program for linux/arm64."
                        + " Next: name a package with a function main");
        assertThat(folder.resolve("output")).doesNotExist();
        assertThatThrownBy(() ->
                        prepare("exit 0", (build, output) -> build.build(Platform.LINUX_AMD64, ".", NONE, output)))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/toy@v1.0.0 (. for linux/amd64): go ended well but wrote no program."
                        + " Next: name a package with a function main");
    }

    @Test
    void theMainModuleIsCheckedByUs() throws Exception {
        FakeToolchain fake = new FakeToolchain(folder, RECORD);
        PinnedModule pinned = fake.add("example.org/toy", "v1.0.0", main(""));
        PinnedModule tampered = fake.add("example.org/toy", "v1.0.0", main("// more\n"));
        assertThatThrownBy(() -> GoBuild.prepare(
                        fake.unpack(),
                        new GoMain.Published(pinned),
                        List.of(),
                        fake,
                        folder.resolve("scratch"),
                        folder.resolve("cache"),
                        GoBuild.DEFAULT_TIMEOUT))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/toy@v1.0.0: the zip has "
                        + tampered.zip().orElseThrow() + ", the lock says "
                        + pinned.zip().orElseThrow()
                        + ". Next: remove it from the store, then fetch it again or check the module proxy");
    }

    @Test
    void pinsMustBeThoseOfGoSum() throws Exception {
        FakeToolchain fake = new FakeToolchain(folder, RECORD);
        PinnedModule main = fake.add("example.org/toy", "v1.0.0", main(""));
        PinnedModule lib = fake.add("example.org/lib", "v1.2.3", Map.of("go.mod", "module example.org/lib\n"));
        assertThatThrownBy(() -> GoBuild.prepare(
                        fake.unpack(),
                        new GoMain.Published(main),
                        List.of(lib),
                        fake,
                        folder.resolve("scratch"),
                        folder.resolve("cache"),
                        GoBuild.DEFAULT_TIMEOUT))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/lib@v1.2.3/go.mod: is pinned as " + lib.mod()
                        + ", but example.org/toy@v1.0.0/go.sum says nothing."
                        + " Next: run mvn ness:lock, and find out why it changed");
    }

    @Test
    void foldersOfOurs() throws Exception {
        FakeToolchain fake = new FakeToolchain(folder, RECORD);
        Path ours = Files.createDirectories(folder.resolve("node/.git"));
        Files.writeString(ours.resolve("HEAD"), "not copied");
        ours = ours.getParent();
        assertLocal(
                fake,
                ours,
                ours + ": has no go.mod. Next: use a module that has one: it says which modules the"
                        + " program is made of");
        Files.writeString(ours.resolve("go.mod"), "module node\n\nrequire example.org/lib v1.2.3\n");
        assertLocal(
                fake,
                ours,
                ours + ": has no go.sum. Next: use a module that has one: it says which modules the"
                        + " program is made of");
        Files.createSymbolicLink(ours.resolve("main.go"), Path.of("/etc/hostname"));
        assertLocal(
                fake,
                ours,
                ours.resolve("main.go") + ": is a link or no plain file." + " Next: put the file itself there");
        Files.delete(ours.resolve("main.go"));
        Files.writeString(ours.resolve("main.go"), "package main\n");
        assertLocal(
                fake,
                ours.resolve("main.go"),
                ours.resolve("main.go") + ": is not a folder. Next: name a folder with go.mod, go.sum and sources");
        Files.writeString(ours.resolve("go.mod"), "module node\n");
        Path scratch = folder.resolve("scratch-good");
        GoBuild.prepare(
                fake.unpack(),
                new GoMain.Local(ours),
                List.of(),
                fake,
                scratch,
                folder.resolve("cache"),
                GoBuild.DEFAULT_TIMEOUT);
        assertThat(scratch.resolve("src")).isDirectoryNotContaining("glob:**/.git");
        assertThat(scratch.resolve("src/main.go")).hasContent("package main\n");
    }

    @Test
    void whatCanNotStandOnACommandLineIsRefused() throws Exception {
        prepare(RECORD, (build, output) -> {
            for (String pattern : List.of("", "./...", "../x", "./a/../b", "-o", "./-x/..", "fmt", "./a b")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> build.build(Platform.LINUX_AMD64, pattern, NONE, output))
                        .withMessage("\"" + pattern + "\" is not a package like . or ./cmd/name");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> build.build(
                            Platform.LINUX_AMD64, ".", new TreeMap<>(Map.of("main.Version", "a' -X 'b")), output))
                    .withMessage("the value of main.Version has quotes or control characters,"
                            + " or more than 1000 characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> build.build(Platform.LINUX_AMD64, ".", new TreeMap<>(Map.of("Version", "1")), output))
                    .withMessage("\"Version\" is not a variable like main.Version");
        });
    }

    private interface Use {
        void use(GoBuild build, Path output) throws Exception;
    }

    private Path prepare(String script, Use use) throws Exception {
        real = folder.toRealPath();
        FakeToolchain fake = new FakeToolchain(real, script);
        PinnedModule main = fake.add("example.org/toy", "v1.0.0", main(""));
        Path scratch = real.resolve("scratch");
        Folders.delete(scratch);
        pin = fake.pin();
        GoBuild build = GoBuild.prepare(
                fake.unpack(),
                new GoMain.Published(main),
                List.of(),
                fake,
                scratch,
                real.resolve("cache"),
                GoBuild.DEFAULT_TIMEOUT);
        use.use(build, real.resolve("output"));
        return scratch;
    }

    private void assertLocal(FakeToolchain fake, Path ours, String message) {
        assertThatThrownBy(() -> GoBuild.prepare(
                        fake.unpack(),
                        new GoMain.Local(ours),
                        List.of(),
                        fake,
                        Files.createTempDirectory(folder, "scratch"),
                        folder.resolve("cache"),
                        GoBuild.DEFAULT_TIMEOUT))
                .isInstanceOf(Problem.class)
                .hasMessage(message);
    }

    private static Map<String, String> main(String extra) {
        return Map.of("go.mod", "module example.org/toy\n\ngo 1.21\n", "cmd/toy/main.go", "package main\n" + extra);
    }
}
