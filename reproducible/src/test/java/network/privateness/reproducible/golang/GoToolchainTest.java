package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoToolchainTest {

    @TempDir
    Path folder;

    private FakeToolchain fake;

    @BeforeEach
    void make() throws Exception {
        fake = new FakeToolchain(folder, "echo fake");
    }

    @Test
    void programsRunAndModuleFilesHaveTheirNames() throws Exception {
        GoToolchain toolchain = fake.unpack();
        assertThat(toolchain.command()).isExecutable();
        assertThat(toolchain.root().resolve("pkg/tool/linux_amd64/link")).isExecutable();
        assertThat(Files.isExecutable(toolchain.root().resolve("src/fmt/print.go")))
                .isFalse();
        assertThat(toolchain.root().resolve("src/go.mod")).hasContent("module std\n");
        assertThat(toolchain.root().resolve("src/_go.mod")).doesNotExist();
        assertThat(toolchain.pin()).isEqualTo(fake.pin());
    }

    @Test
    void whatIsCompleteIsUsedAgainAndWhatIsNotIsReplaced() throws Exception {
        Path print = fake.unpack().root().resolve("src/fmt/print.go");
        AtomicInteger asked = new AtomicInteger();
        ModuleSource counting = source(asked);
        GoToolchain.unpack(fake.pin(), counting, folder.resolve("unpacked"));
        assertThat(asked).hasValue(0);

        Files.writeString(print, "package fmt // longer\n");
        GoToolchain.unpack(fake.pin(), counting, folder.resolve("unpacked"));
        assertThat(asked).hasValue(1);
        assertThat(print).hasContent("package fmt\n");

        Files.delete(print);
        GoToolchain.unpack(fake.pin(), counting, folder.resolve("unpacked"));
        assertThat(asked).hasValue(2);
        assertThat(print).hasContent("package fmt\n");
    }

    @Test
    void whatAKilledBuildLeftIsRemoved() throws Exception {
        Path root = fake.unpack().root();
        Path beside = root.resolveSibling(root.getFileName() + ".new");
        Files.move(root, beside);
        Files.writeString(beside.resolve("left"), "over");
        assertThat(fake.unpack().root().resolve("left")).doesNotExist();
        assertThat(beside).doesNotExist();
    }

    @Test
    void anotherContentIsRefusedAndNothingIsLeft() throws Exception {
        H1 pinned = fake.pin().zip();
        FakeToolchain other = new FakeToolchain(folder.resolve("other"), "echo other");
        Path unpacked = folder.resolve("unpacked");
        assertThatThrownBy(() -> GoToolchain.unpack(fake.pin(), other, unpacked))
                .isInstanceOf(Problem.class)
                .hasMessage("golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64: the zip has "
                        + other.pin().zip() + ", the lock says " + pinned
                        + ". Next: remove it from the store, then fetch it again or check the module proxy");
        try (Stream<Path> left = Files.list(unpacked)) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void severalBuildsAtOnceUnpackOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Path>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> GoToolchain.unpack(fake.pin(), source(asked), folder.resolve("many"))
                        .root());
            }
            List<Path> roots = new ArrayList<>();
            for (Future<Path> root : threads.invokeAll(tasks)) {
                roots.add(root.get());
            }
            assertThat(roots.stream().distinct()).hasSize(1);
            assertThat(asked).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64"
    })
    void hosts(String osName, String osArch, String host) {
        assertThat(GoToolchain.host(osName, osArch)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
    void otherHostsAreRefused(String osName, String osArch) {
        assertThatThrownBy(() -> GoToolchain.host(osName, osArch))
                .isInstanceOf(Problem.class)
                .hasMessage("this machine: " + osName + " on " + osArch
                        + " is not a build host. Next: build on Linux or macOS, on amd64 or arm64");
    }

    private ModuleSource source(AtomicInteger asked) {
        return new ModuleSource() {
            @Override
            public Path zip(PinnedModule module) {
                throw new AssertionError(module);
            }

            @Override
            public Path goMod(PinnedModule module) {
                throw new AssertionError(module);
            }

            @Override
            public Path toolchain(PinnedToolchain toolchain) {
                asked.incrementAndGet();
                return fake.zip();
            }
        };
    }
}
