package network.privateness.reproducible.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.golang.PinnedToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockWriter;
import network.privateness.reproducible.lock.PinnedProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoPinsTest {

    private static final String AMD64 = "linux/amd64";
    private static final String TOOL = "example.org/tool/cmd/tool";
    private static final String INSTALL = "go: " + TOOL + ", to: /usr/bin/tool";
    private static final String LIB = "example.org/lib@v1.0.0";
    private static final String ARM = "example.org/arm@v1.0.0";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void build() throws Exception {
        world = new World(folder);
        world.go.toolchain("go1.26.8");
        world.go.module("example.org/lib", "v1.0.0", "package lib\n");
        world.go.module("example.org/arm", "v1.0.0", "package arm\n");
        world.go.program("example.org/tool", "v1.0.0", Map.of("amd64", List.of(LIB), "arm64", List.of(ARM)));
        world.image("x", AMD64, INSTALL);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void firstLockPinsToolchainsProgramAndModules() throws Exception {
        Lock lock = world.lock();
        assertThat(lock.toolchains())
                .extracting(PinnedToolchain::toString)
                .containsExactly(
                        "go1.26.8 for darwin-amd64",
                        "go1.26.8 for darwin-arm64",
                        "go1.26.8 for linux-amd64",
                        "go1.26.8 for linux-arm64");
        assertThat(lock.programs())
                .containsExactly(
                        new PinnedProgram(TOOL, "example.org/tool", "v1.0.0", List.of(LIB, "example.org/tool@v1.0.0")));
        assertThat(lock.modules()).extracting(PinnedModule::toString).containsExactly(LIB, "example.org/tool@v1.0.0");
    }

    @Test
    void withoutChangedWishesTheProxyIsNotAsked() throws Exception {
        Lock lock = world.lock();
        List<String> asked = world.go.asked();
        world.go.program("example.org/tool", "v1.1.0", Map.of("amd64", List.of(LIB)));
        world.go.toolchain("go1.26.9");
        assertThat(LockWriter.write(world.lock(lock, ""))).isEqualTo(LockWriter.write(lock));
        assertThat(world.go.asked()).isEqualTo(asked);
    }

    @Test
    void aProgramMovesByItsNameOrItsModule() throws Exception {
        Lock lock = world.lock();
        world.go.program("example.org/tool", "v1.1.0", Map.of("amd64", List.of(ARM)));
        for (String name : List.of(TOOL, "example.org/tool", "all", TOOL + "@v1.1.0")) {
            Lock next = world.lock(lock, name);
            assertThat(next.programs().get(0).modules()).as(name).containsExactly(ARM, "example.org/tool@v1.1.0");
            assertThat(next.toolchains()).isEqualTo(lock.toolchains());
        }
        assertThat(world.lock(world.lock(lock, TOOL), TOOL + "@v1.0.0")).isEqualTo(lock);
    }

    @Test
    void aProgramHasTheVersionThatTheDefinitionStates() throws Exception {
        world.go.program("example.org/tool", "v1.1.0", Map.of("amd64", List.of(LIB)));
        Lock newest = world.lock();
        assertThat(newest.programs()).extracting(PinnedProgram::version).containsExactly("v1.1.0");
        world.image("x", AMD64, INSTALL + ", version: v1.0.0");
        for (Optional<Lock> old : List.of(Optional.<Lock>empty(), Optional.of(newest))) {
            Lock stated = world.lock(old, "");
            assertThat(stated.programs()).extracting(PinnedProgram::version).containsExactly("v1.0.0");
            assertThat(world.lock(stated, "all")).isEqualTo(stated);
        }
        for (String name : List.of(TOOL, "example.org/tool")) {
            assertThatThrownBy(() -> world.lock(newest, name + "@v1.1.0"))
                    .isInstanceOf(Problem.class)
                    .hasMessage("ness.update: \"v1.1.0\" is asked for, but the \"version\" of " + TOOL
                            + " in image.yaml is v1.0.0. Next: change it there, and run mvn ness:lock");
        }
    }

    @Test
    void aProgramOutsideTheSetStaysAsItWas() throws Exception {
        world.imageWith("x", "set: all\n", AMD64, INSTALL).image("within", AMD64);
        Lock without = world.lock();
        assertThat(without.programs()).isEmpty();
        assertThat(without.modules()).isEmpty();
        assertThat(world.notes)
                .contains("the Go program " + TOOL + " is not locked, because it is outside the set registry; where"
                        + " its source can be reached, mvn ness:lock -Dness.set=all locks it");
        Lock named = world.lock(without, "example.org/tool@v1.0.0");
        assertThat(named.programs()).hasSize(1);
        world.go.program("example.org/tool", "v1.1.0", Map.of("amd64", List.of(LIB)));
        assertThat(world.lock(named, "all")).isEqualTo(named);
        world.set = Selection.ALL;
        assertThat(world.lock(named, "all").programs())
                .extracting(PinnedProgram::version)
                .containsExactly("v1.1.0");
    }

    @Test
    void aNewToolchainIsCheckedByTheOneBefore() throws Exception {
        Lock lock = world.lock();
        world.go.toolchain("go1.26.9").toolchain("go1.27rc1");
        int before = world.go.asked().size();
        Lock next = world.lock(lock, "go");
        assertThat(next.toolchains()).extracting(PinnedToolchain::version).containsOnly("go1.26.9");
        List<String> asked = world.go.asked().subList(before, world.go.asked().size());
        assertThat(asked.stream().filter(line -> line.contains("golang.org/toolchain")))
                .hasSize(4)
                .allMatch(line -> line.startsWith("go1.26.8 mod download "));
        // A newer Go may need other modules: the program stays at its version, and is resolved by the new one.
        assertThat(asked)
                .anyMatch(line -> line.startsWith("go1.26.9 list "))
                .noneMatch(line -> line.startsWith("go1.26.8 list "));
        assertThat(next.programs()).isEqualTo(lock.programs());
        assertThat(world.lock(lock, "go@go1.26.8")).isEqualTo(lock);
    }

    @Test
    void oneMorePlatformMayNeedOtherModules() throws Exception {
        Lock lock = world.lock();
        world.go.program("example.org/tool", "v1.1.0", Map.of("amd64", List.of(LIB)));
        Lock next = world.image("x", "linux/amd64, linux/arm64", INSTALL).lock(lock, "");
        assertThat(next.programs().get(0).modules()).containsExactly(ARM, LIB, "example.org/tool@v1.0.0");
    }

    /** Of a module that one program only reads the go.mod of, another one needs the zip: the lock holds it once. */
    @Test
    void oneModuleIsOneEntry() throws Exception {
        world.go.program("example.org/other", "v1.0.0", Map.of("amd64", List.of(LIB + " mod")));
        String other = "go: example.org/other, to: /usr/bin/other";
        Lock lock = world.image("x", AMD64, INSTALL, other).lock();
        assertThat(lock.modules())
                .extracting(PinnedModule::toString)
                .containsExactly(LIB, "example.org/other@v1.0.0", "example.org/tool@v1.0.0");
        assertThat(lock.modules().get(0).zip()).isPresent();
        Lock alone = world.image("x", AMD64, other).lock();
        assertThat(alone.modules().get(0).zip()).isEmpty();
        assertThat(world.image("x", AMD64, INSTALL, other).lock(alone, "").modules())
                .isEqualTo(lock.modules());
    }

    @Test
    void aModuleThatIsMissingInTheLockIsPinnedAgain() throws Exception {
        Lock lock = world.lock();
        Lock without = new Lock(
                lock.layoutVersion(),
                lock.epoch(),
                lock.definitions(),
                lock.suites(),
                lock.packages(),
                lock.targets(),
                lock.toolchains(),
                lock.programs(),
                lock.modules().subList(1, 2),
                lock.artifacts(),
                lock.archives(),
                lock.layers());
        assertThat(world.lock(without, "")).isEqualTo(lock);
    }

    @Test
    void aVersionWhoseContentChangedIsRefused() throws Exception {
        Lock lock = world.lock();
        PinnedModule changed = world.go.module("example.org/lib", "v1.0.0", "package other\n");
        world.go.program("example.org/tool", "v1.1.0", Map.of("amd64", List.of(LIB)));
        assertThatThrownBy(() -> world.lock(lock, TOOL))
                .isInstanceOf(Problem.class)
                .hasMessage("Go module " + LIB + ": the module proxy serves "
                        + changed.zip().orElseThrow() + ", the lock says "
                        + lock.modules().get(0).zip().orElseThrow()
                        + ". Next: do not use this proxy: set GOPROXY to another one");
    }

    @Test
    void aProgramThatNoProxyKnowsIsRefused() throws Exception {
        world.image("x", AMD64, "go: example.org/none/cmd/none, to: /usr/bin/none");
        assertThatThrownBy(() -> world.lock())
                .isInstanceOf(Problem.class)
                .hasMessageMatching(
                        "example.org/none/cmd/none: no module proxy knows a module of this import path; first"
                                + " answer: file:\\S+/example.org/none/cmd/none/@v/list is not there\\. Next: correct \"go\" in"
                                + " image.yaml, or name a module proxy that has it in GOPROXY");
    }

    @Test
    void wrongVersionsAreRefused() throws Exception {
        Lock lock = world.lock();
        assertThatThrownBy(() -> world.lock(lock, "go@1.26.9"))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.update: \"1.26.9\" is not a Go version like go1.26.8."
                        + " Next: write -Dness.update=go@go1.X.Y");
        assertThatThrownBy(() -> world.lock(lock, TOOL + "@latest"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("ness.update: the version \"latest\" ")
                .hasMessageEndingWith(". Next: name a version such as v1.2.3");
        assertThatThrownBy(() -> world.lock(lock, TOOL + "@v9.0.0"))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageMatching("file:\\S+/example.org/tool/@v/v9.0.0.mod is not there");
    }

    @Test
    void aMainOfOursIsPinnedByItsModules() throws Exception {
        Path ours = Files.createDirectories(world.images.resolve("x/node"));
        PinnedModule lib = world.go.module("example.org/lib", "v1.0.0", "package lib\n");
        Files.writeString(ours.resolve("go.mod"), "module ours\n\nrequire example.org/lib v1.0.0\n");
        Files.writeString(
                ours.resolve("go.sum"),
                "example.org/lib v1.0.0 " + lib.zip().orElseThrow() + "\nexample.org/lib v1.0.0/go.mod " + lib.mod()
                        + "\n");
        Files.writeString(ours.resolve("needs.amd64"), LIB + "\n");
        Lock lock = world.image("x", AMD64, "go: ./node, to: /usr/bin/node").lock();
        assertThat(lock.programs()).containsExactly(new PinnedProgram("x/node", "ours", "", List.of(LIB)));
        Files.delete(ours.resolve("go.mod"));
        assertThatThrownBy(() -> world.lock(Optional.of(lock), ""))
                .isInstanceOf(Problem.class)
                .hasMessage("x/node: the folder has no go.mod."
                        + " Next: add one: it says which modules the program is made of");
    }
}
