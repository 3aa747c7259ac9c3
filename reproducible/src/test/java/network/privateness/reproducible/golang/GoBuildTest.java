package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Go command is given, and what its failures become; {@link RealGoTest} builds with a real one. */
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
        Path scratch = prepare(RECORD, "", (build, output) -> {
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
        prepare(RECORD, "", (build, output) -> {
            for (Platform platform : Platform.values()) {
                build.build(platform, "./cmd/toy", NONE, output);
                assertThat(output).isRegularFile();
            }
        });
    }

    @Test
    void anOutputForAnotherMachineIsRefused() {
        String lying = RECORD.replace("case $GOARCH", "case amd64");
        assertThatThrownBy(() -> prepare(
                        lying, "", (build, output) -> build.build(Platform.LINUX_ARM64, "./cmd/toy", NONE, output)))
                .isInstanceOf(Problem.class)
                .hasMessage("example.org/toy@v1.0.0 (./cmd/toy for linux/arm64): is not a program for linux/arm64."
                        + " Next: name a package with a function main");
        assertThat(folder.resolve("output")).doesNotExist();
        failure("exit 0", "go ended well but wrote no program. Next: name a package with a function main");
    }

    @Test
    void goSaysWhatIsWrong() {
        failure("""
                echo 'main.go:3:8: example.org/lib@v1.2.3: reading file:///x/y.zip: open /x/y.zip: no such file or directory'
                exit 1""", "example.org/lib@v1.2.3 is needed, but not in the lock. Next: run mvn ness:lock");
        failure(
                """
                printf 'verifying example.org/lib@v1.2.3: checksum mismatch\\n\\tdownloaded: h1:a=\\n\\tgo.sum:     h1:b=\\n' >&2
                exit 1""",
                "example.org/lib@v1.2.3 has h1:a=, go.sum says h1:b=."
                        + " Next: remove it from the store, then fetch it again or check the module proxy");
        failure(
                "echo 'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)'; exit 1",
                "needs Go 1.99, the lock has Go 1.26.8. Next: run mvn ness:lock with a newer Go toolchain");
        failure(
                "echo 'main.go:3:8: missing go.sum entry for module providing package example.org/lib'; exit 1",
                "its go.sum is not complete: missing go.sum entry for module providing package example.org/lib."
                        + " Next: run go mod tidy in the module's folder");
        failure(
                "echo './main.go:3:1: syntax error'; exit 2",
                "go ended with exit code 2: ./main.go:3:1: syntax error."
                        + " Next: read Go's message; it names the file or module");
        failure(
                "i=0; while [ $i -lt 3000 ]; do echo \"line of output $i\"; i=$((i+1)); done; echo last; exit 1",
                text -> assertThat(text)
                        .startsWith("go ended with exit code 1: ...")
                        .hasSizeLessThan(2100)
                        .contains("line of output 2999\nlast. Next:"));
    }

    @Test
    void tooLongIsEnded() {
        assertThatThrownBy(() -> prepare(
                        "while :; do :; done",
                        "",
                        Duration.ofMillis(200),
                        (build, output) -> build.build(Platform.LINUX_AMD64, ".", NONE, output)))
                .isInstanceOf(Problem.class)
                .hasMessage("go build: took longer than 200 ms and was ended."
                        + " Next: try again on a less busy machine, or allow it more time");
    }

    @Test
    @Timeout(60)
    void anInterruptEndsGoAndItsChildren() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread builder = new Thread(() -> {
            try {
                prepare(
                        "(while :; do :; done) & echo $! > \"$HOME/../child.new\";"
                                + " /bin/mv \"$HOME/../child.new\" \"$HOME/../child\"; wait",
                        "",
                        (build, output) -> build.build(Platform.LINUX_AMD64, ".", NONE, output));
            } catch (Exception e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        builder.start();
        Path child = folder.toRealPath().resolve("scratch/child");
        while (!Files.exists(child) && builder.isAlive()) {
            Thread.onSpinWait();
        }
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(child).trim())).orElseThrow();
        builder.interrupt();
        builder.join();
        process.onExit().get(30, TimeUnit.SECONDS);
        assertThat(thrown.get())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while go build ran");
        assertThat(flag.get()).isTrue();
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
        prepare(RECORD, "", (build, output) -> {
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

    private Path prepare(String script, String extra, Use use) throws Exception {
        return prepare(script, extra, GoBuild.DEFAULT_TIMEOUT, use);
    }

    private Path prepare(String script, String extra, Duration timeout, Use use) throws Exception {
        real = folder.toRealPath();
        FakeToolchain fake = new FakeToolchain(real, script);
        PinnedModule main = fake.add("example.org/toy", "v1.0.0", main(extra));
        Path scratch = real.resolve("scratch");
        Folders.delete(scratch);
        pin = fake.pin();
        GoBuild build = GoBuild.prepare(
                fake.unpack(), new GoMain.Published(main), List.of(), fake, scratch, real.resolve("cache"), timeout);
        use.use(build, real.resolve("output"));
        return scratch;
    }

    private void failure(String script, String message) {
        failure(script, text -> assertThat(text).isEqualTo(message));
    }

    private void failure(String script, java.util.function.Consumer<String> check) {
        assertThatThrownBy(() -> prepare(
                        script, "", (build, output) -> build.build(Platform.LINUX_AMD64, "./cmd/toy", NONE, output)))
                .isInstanceOf(Problem.class)
                .message()
                .satisfies(text -> {
                    String where = "example.org/toy@v1.0.0 (./cmd/toy for linux/amd64): ";
                    assertThat(text).startsWith(where);
                    check.accept(text.substring(where.length()));
                });
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
