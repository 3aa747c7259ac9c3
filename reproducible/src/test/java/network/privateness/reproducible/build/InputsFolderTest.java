package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Mirrors;
import network.privateness.reproducible.fetch.Progress;
import network.privateness.reproducible.golang.FakeToolchain;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.golang.PinnedModule;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsFolderTest {

    private static final URI URL = URI.create("https://example.org:444/v1/tool.tar.xz");

    @TempDir
    Path folder;

    @Test
    void allInputsComeFromTheFolderAlone() throws Exception {
        Path mirror = folder.resolve("exported");
        PinnedPackage debian;
        PinnedModule module;
        FakeToolchain toolchain = new FakeToolchain(folder.resolve("machine/go"), "exit 0").serve();
        PinnedArchive archive = new PinnedArchive("tool", List.of(URL), 4, Sha256.of(Fixture.bytes("tool")));
        try (Fixture fixture = new Fixture(folder.resolve("machine"))) {
            debian = fixture.debian("a", new TestDeb().file("a", "a"));
            module = toolchain.add("example.org/Toy", "v1.0.0", Map.of("go.mod", "module example.org/Toy\n"));
            fixture.toolchains.add(toolchain.pin());
            fixture.modules.add(module);
            put(fixture.store, "tool");
            InputsFolder export = new InputsFolder(mirror, fixture.inputs);
            Lock lock = withArchive(fixture.lock(), archive);
            assertThat(export.export(lock)).isEqualTo(8);
            assertThat(export.export(lock)).as("again").isEqualTo(8);
        }
        assertThat(names(mirror))
                .containsExactly(
                        "archives/example.org/v1/tool.tar.xz",
                        "debian/pool/a_1_amd64.deb",
                        "go/example.org/!toy/@v/v1.0.0.info",
                        "go/example.org/!toy/@v/v1.0.0.mod",
                        "go/example.org/!toy/@v/v1.0.0.zip",
                        "go/golang.org/toolchain/@v/v0.0.1-go1.26.8.linux-amd64.info",
                        "go/golang.org/toolchain/@v/v0.0.1-go1.26.8.linux-amd64.zip",
                        "settings");
        assertThat(mirror.resolve("settings"))
                .content()
                .contains("#   GOPROXY=file://DIR/go mvn -o package -Dness.debian.mirror=DIR/debian"
                        + " -Dness.debian.security=DIR/debian"
                        + " -Dness.mirror.1=https://example.org:444=DIR/archives/example.org\n");

        try (ContentStore store = ContentStore.open(folder.resolve("other"));
                Fetcher fetcher = new Fetcher(store, settings(mirror), Progress.none())) {
            Inputs alone = new Inputs(
                    store,
                    fetcher,
                    security -> List.of(mirror.resolve("debian").toUri()),
                    folder.resolve("none").toUri(),
                    () -> GoProxySetting.find(
                            Map.of("GOPROXY", mirror.resolve("go").toUri().toString())));
            assertThat(alone.debian(List.of(debian)).get(0))
                    .hasDigest("SHA-256", debian.sha256().hex());
            assertThat(alone.goMod(module)).hasContent("module example.org/Toy\n");
            assertThat(alone.zip(module)).hasSameBinaryContentAs(toolchain.zip(module));
            assertThat(alone.toolchain(toolchain.pin())).hasSameBinaryContentAs(toolchain.zip());
            assertThat(alone.archive(archive)).hasContent("tool");
        }
    }

    private static FetchSettings settings(Path mirror) {
        LinkedHashMap<String, String> rules = new LinkedHashMap<>();
        rules.put(
                "https://example.org:444",
                mirror.resolve("archives/example.org").toString());
        return FetchSettings.defaults().withMirrors(Mirrors.of(rules)).withOffline(true);
    }

    private static void put(ContentStore store, String content) throws IOException {
        try (Pending pending = store.begin()) {
            pending.write(Fixture.bytes(content), 0, content.length());
            pending.commit();
        }
    }

    private static Lock withArchive(Lock lock, PinnedArchive archive) {
        return new Lock(
                lock.layoutVersion(),
                lock.epoch(),
                lock.definitions(),
                lock.suites(),
                lock.packages(),
                lock.targets(),
                lock.toolchains(),
                lock.programs(),
                lock.modules(),
                lock.artifacts(),
                List.of(archive),
                lock.layers());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
