package network.privateness.maven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.privateness.maven.image.JibImages;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.build.BuildLog;
import network.privateness.reproducible.build.BuiltImage;
import network.privateness.reproducible.build.ImagesBuilder;
import network.privateness.reproducible.build.Inputs;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.build.Workshop;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.fetch.FetchSettings;
import network.privateness.reproducible.fetch.Fetcher;
import network.privateness.reproducible.fetch.Progress;
import network.privateness.reproducible.golang.GoProxySetting;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.store.ContentStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of images that are made of nothing but files of ours. */
class ImagesReportTest {

    @TempDir
    Path folder;

    private Definitions definitions;

    @BeforeEach
    void write() throws IOException {
        image("one", "platforms: [linux/amd64, linux/arm/v7]\n", "same");
        image("two", "platforms: [linux/amd64]\n", "same");
        image("three", "platforms: [linux/arm64]\n", "other");
        definitions = Definitions.read(folder.resolve("images"));
    }

    @Test
    void jsonIsPrettyEndsItsLineAndIsTheSameTwice() throws Exception {
        Path first = folder.resolve("target/ness/images.json");
        Path second = folder.resolve("again.json");
        ImagesReport report = report(Selection.of(definitions, "registry", List.of(), Set.of()));
        report.write(first);
        String lineEnd = System.setProperty("line.separator", "\r\n");
        try {
            report(Selection.of(definitions, "registry", List.of(), Set.of())).write(second);
        } finally {
            System.setProperty("line.separator", lineEnd);
        }
        String text = Files.readString(first);
        assertThat(Files.readString(second)).isEqualTo(text);
        assertThat(text)
                .startsWith("{\n  \"format\" : 1,\n  \"developmentBuild\" : false,\n  \"layoutVersion\" : 1,\n  \"lock\" : \""
                        + Sha256.of("lock") + "\",\n  \"images\" : [ {\n    \"name\" : \"one\",\n"
                        + "    \"reference\" : \"prefix/one:1.0\",\n    \"layout\" : \"oci/one\",\n    \"index\" : \"sha256:")
                .endsWith("\"leftOut\" : [ ]\n}\n")
                .doesNotContain("\r", folder.toString());
        assertThat(first.resolveSibling("images.json.new")).doesNotExist();
    }

    @Test
    void reportSaysWhatWasLeftOutAndIsReadBack() throws Exception {
        Path file = folder.resolve("images.json");
        Selection selection =
                Selection.of(definitions, "registry", List.of("one"), EnumSet.of(Platform.LINUX_ARM_V7));
        ImagesReport report = report(selection);
        report.write(file);
        assertThat(Files.readString(file))
                .contains("\"platformsLeftOut\" : [ \"linux/amd64\" ]", "\"leftOut\" : [ \"three\", \"two\" ]");
        WrittenReport read = WrittenReport.read(file, "images.json");
        assertThat(read.developmentBuild()).isTrue();
        assertThat(read.images()).singleElement().satisfies(image -> {
            assertThat(image.reference()).isEqualTo("prefix/one:1.0");
            assertThat(image.platforms()).isEqualTo("linux/arm/v7");
            assertThat(image.index()).matches("sha256:[0-9a-f]{64}");
        });
        assertThatThrownBy(() -> read.requireWhole("x/images.json"))
                .isInstanceOf(Problem.class)
                .hasMessage("x/images.json: it reports a development build: only a part of the images or platforms was"
                        + " built. Next: run mvn ness:package without -Dness.images and -Dness.platforms");
        assertThat(report.table())
                .last()
                .isEqualTo("This is a development build: a part was selected. It is not attested, published or packaged.");
    }

    @Test
    void tableCountsSharedLayers() throws Exception {
        List<String> table = report(Selection.of(definitions, "registry", List.of(), Set.of())).table();
        assertThat(table).hasSize(5);
        assertThat(table.get(0)).matches("IMAGE +PLATFORM +MANIFEST +CONFIG \\(IMAGE ID\\) +SIZE +LAYERS");
        assertThat(table.get(1)).matches("one +linux/amd64 +sha256:[0-9a-f]{12} +sha256:[0-9a-f]{12} +0.0 MB +1, 1 shared");
        assertThat(table.get(3)).matches("three +linux/arm64 .* 1, 0 shared");
    }

    @Test
    void whatIsNoReportIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("images.json"), "{\"format\": 1,");
        assertThatThrownBy(() -> WrittenReport.read(file, "images.json"))
                .isInstanceOf(Problem.class)
                .hasMessage("images.json: it is not JSON. Next: build the images again: mvn package");
        Files.writeString(file, "{\"format\": 2, \"developmentBuild\": false}");
        assertThatThrownBy(() -> WrittenReport.read(file, "images.json"))
                .isInstanceOf(Problem.class)
                .hasMessage("images.json: it is not a report of format 1. Next: build the images again: mvn package");
    }

    private ImagesReport report(Selection selection) throws Exception {
        return new ImagesReport("prefix", "1.0", Sha256.of("lock"), 1, selection, definitions, built(selection));
    }

    private List<BuiltImage> built(Selection selection) throws Exception {
        try (ContentStore store = ContentStore.open(folder.resolve("store"));
                Fetcher fetcher = new Fetcher(store, FetchSettings.defaults(), Progress.none())) {
            Inputs inputs = new Inputs(
                    store,
                    fetcher,
                    security -> List.of(),
                    URI.create("https://example.org"),
                    () -> GoProxySetting.find(Map.of()));
            List<PinnedTarget> targets = definitions.images().values().stream()
                    .flatMap(image -> image.platforms().stream()
                            .map(platform -> new PinnedTarget(
                                    PinnedTarget.image(image.name()), platform, List.of(), List.of())))
                    .toList();
            Lock lock = new Lock(
                    1, 0, definitions.digest(), List.of(), List.of(), targets, List.of(), List.of(), List.of(), List.of(),
                    List.of(), Map.of());
            Workshop workshop = new Workshop(
                    definitions,
                    lock,
                    store,
                    inputs,
                    (group, artifact) -> List.of(),
                    () -> {
                        throw new IllegalStateException();
                    },
                    "linux-amd64",
                    1,
                    BuildLog.none());
            return new ImagesBuilder(workshop, new JibImages()).build(selection);
        }
    }

    private void image(String name, String more, String content) throws IOException {
        Path image = folder.resolve("images").resolve(name);
        Files.createDirectories(image.resolve("rootfs/etc"));
        Files.writeString(image.resolve("rootfs/etc/conf"), content);
        Files.writeString(
                image.resolve("image.yaml"),
                "description: x\nversion: 1\nsource: https://example.org\nlicenses: MIT\nuser: \"1:1\"\nentrypoint: [/x]\n"
                        + more);
    }
}
