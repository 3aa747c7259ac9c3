package network.privateness.reproducible.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {

    @TempDir
    Path folder;

    private Path store;
    private Path target;

    @BeforeEach
    void folders() {
        store = folder.resolve("store");
        target = folder.resolve("target/image");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        OciLayout layout = layout("base", "debian");
        layout.write(target);

        OciLayout read = OciLayoutReader.read(target);
        assertThat(read.refName()).isEqualTo("0.1.0");
        assertThat(read.index().descriptor()).isEqualTo(layout.index().descriptor());
        assertThat(read.index().images()).hasSize(2);
        for (AssembledImage image : layout.index().images()) {
            AssembledImage again = read.index().require("layout", image.platform());
            assertThat(again.descriptor()).isEqualTo(image.descriptor());
            assertThat(again.configDescriptor()).isEqualTo(image.configDescriptor());
            assertThat(again.layers())
                    .extracting(LayerBlob::descriptor, LayerBlob::diffId)
                    .containsExactlyElementsOf(image.layers().stream()
                            .map(blob -> tuple(blob.descriptor(), blob.diffId()))
                            .toList());
        }
    }

    @Test
    void theFolderHasThreeKindsOfFiles() throws Exception {
        OciLayout layout = layout("base");
        layout.write(target);
        Map<String, String> files = files(target);
        assertThat(files.get("oci-layout")).isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(files.get("index.json"))
                .isEqualTo("{\"manifests\":[{\"annotations\":{\"org.opencontainers.image.ref.name\":\"0.1.0\"},"
                        + "\"digest\":\"" + layout.index().descriptor().digest()
                        + "\",\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"size\":"
                        + layout.index().bytes().length
                        + "}],\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"schemaVersion\":2}");
        // One layer, two manifests, two configurations, one index.
        assertThat(files.keySet())
                .filteredOn(name -> name.startsWith("blobs/sha256/"))
                .hasSize(6);
        files.forEach((name, content) -> {
            if (name.startsWith("blobs/")) {
                assertThat(name).isEqualTo("blobs/sha256/" + Sha256.of(content).hex());
            }
        });
        assertThat(files).hasSize(8);
    }

    @Test
    void layersAreLinked() throws Exception {
        layout("base").write(target);
        Path blob = target.resolve("blobs/sha256").resolve(Sha256.of("base").hex());
        assertThat(Files.isSameFile(blob, store.resolve(Sha256.of("base").hex())))
                .isTrue();
    }

    /** The other file system is the one for shared memory; a machine without it skips this. */
    @Test
    void layersOfAnotherFileSystemAreCopiedAndChecked() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)));
        store = Files.createTempDirectory(memory, "ness");
        Path layer = store.resolve(Sha256.of("base").hex());
        try {
            OciLayout layout = layout("base");
            layout.write(target);
            Path blob = target.resolve("blobs/sha256").resolve(Sha256.of("base").hex());
            assertThat(blob).hasContent("base");
            var before = Files.readAttributes(blob, BasicFileAttributes.class).fileKey();
            layout.write(target);
            assertThat(Files.readAttributes(blob, BasicFileAttributes.class).fileKey())
                    .isEqualTo(before);

            Files.writeString(layer, "BASE");
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> layout.write(folder.resolve("second")))
                    .withMessage(layer + ": has the digest " + Sha256.of("BASE") + ", not " + Sha256.of("base")
                            + ". Next: remove it and build again");
        } finally {
            Files.deleteIfExists(layer);
            Files.delete(store);
        }
    }

    @Test
    void aSecondWriteLeavesOnlyTheNewImage() throws Exception {
        layout("base", "old").write(target);
        Files.writeString(target.resolve("blobs/sha256/.abc.partial"), "left by a killed run");
        layout("base", "new").write(target);

        Path fresh = folder.resolve("fresh");
        layout("base", "new").write(fresh);
        assertThat(files(target)).isEqualTo(files(fresh));
    }

    @Test
    void aFailureLeavesWhatWasThere() throws Exception {
        OciLayout broken = layout("base", "lost");
        Path lost = store.resolve(Sha256.of("lost").hex());
        Files.delete(lost);
        String message = lost + ": is not there, but a manifest names it as a layer. Next: build again";

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> broken.write(target))
                .withMessage(message);
        assertThat(target).doesNotExist();

        OciLayout old = layout("base", "old");
        old.write(target);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> broken.write(target))
                .withMessage(message);
        assertThat(OciLayoutReader.read(target).index().descriptor())
                .isEqualTo(old.index().descriptor());

        Files.writeString(lost, "lost");
        broken.write(target);
        Path fresh = folder.resolve("fresh");
        broken.write(fresh);
        assertThat(files(target)).isEqualTo(files(fresh));
    }

    @Test
    void whatAKilledRunLeftIsNoObstacle() throws Exception {
        Path partial = Files.createDirectories(folder.resolve("target/.image.partial/blobs/sha256"));
        Files.writeString(partial.resolve("abc"), "half");
        layout("base").write(target);
        assertThat(folder.resolve("target")).isDirectoryNotContaining(path -> path.equals(partial));
        assertThat(files(folder.resolve("target"))).hasSize(8);
    }

    @Test
    void aDamagedBlobIsReplaced() throws Exception {
        OciLayout layout = layout("base");
        layout.write(target);
        for (String name : files(target).keySet()) {
            Path file = target.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            bytes[0] ^= 1;
            // Not in place: the layer is the same file as the store's.
            Files.delete(file);
            Files.write(file, bytes);
        }
        layout.write(target);
        Path fresh = folder.resolve("fresh");
        layout.write(fresh);
        assertThat(files(target)).isEqualTo(files(fresh));
    }

    @Test
    void otherFoldersAreLeftAlone() throws Exception {
        Files.createDirectories(target);
        layout("base").write(target);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("letter.txt"), "dear");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> layout("base").write(other))
                .withMessage(other + ": is not an OCI layout, so it is not replaced by one."
                        + " Next: remove it, or write to another folder");
        Path file = other.resolve("letter.txt");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> layout("base").write(file))
                .withMessageStartingWith(file + ": is not an OCI layout");
        assertThat(file).hasContent("dear");
    }

    @Test
    void aLinkInTheStoreIsFollowed() throws Exception {
        OciLayout layout = layout("base");
        Path name = store.resolve(Sha256.of("base").hex());
        Path real = Files.move(name, store.resolve("real"));
        Files.createSymbolicLink(name, real);
        layout.write(target);
        Path blob = target.resolve("blobs/sha256").resolve(Sha256.of("base").hex());
        assertThat(Files.isSymbolicLink(blob)).isFalse();
        assertThat(blob).hasContent("base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", ".a", "a..b", "a/", "\u00e9"})
    void namesInALayout(String name) throws Exception {
        ImageIndex index = layout("base").index();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OciLayout(name, index))
                .withMessage("the name of an image in a layout is letters and digits, separated by single"
                        + " - . _ : @ + or /, not \"" + name + "\"");
        assertThat(new OciLayout("nessnetwork/node:0.1.0-SNAPSHOT--x", index).refName())
                .endsWith("x");
    }

    private OciLayout layout(String... layers) throws IOException {
        Path[] files = new Path[layers.length];
        for (int i = 0; i < layers.length; i++) {
            files[i] = TestImages.layer(store, layers[i]);
        }
        return new OciLayout(
                "0.1.0",
                ImageIndex.of(
                        List.of(
                                TestImages.image(Platform.LINUX_ARM_V7, files),
                                TestImages.image(Platform.LINUX_AMD64, files)),
                        Map.of("org.opencontainers.image.title", "sample")));
    }

    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}
