package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.Directory;
import network.privateness.reproducible.rootfs.RegularFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStoreTest {

    private static final LayerName NAME = new LayerName("image:x", "own", Platform.LINUX_AMD64);

    @TempDir
    Path folder;

    private Fixture fixture;
    private LayerStore layers;
    private int made;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        layers = new LayerStore(fixture.store, Fixture.EPOCH, 2, fixture);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void aRecipeIsFollowedOnce() throws Exception {
        BuiltLayer first = layer("1", Optional.empty());
        BuiltLayer second = layer("1", Optional.empty());
        assertThat(made).isEqualTo(1);
        assertThat(first.reused()).isFalse();
        assertThat(second.reused()).isTrue();
        assertThat(second.layer()).isEqualTo(first.layer());
        assertThat(second.blob()).isEqualTo(first.blob());
        assertThat(second.listing()).isEqualTo(first.listing());
        assertThat(Sha256.of(second.blob())).isEqualTo(second.layer().digest());
        assertThat(fixture.events).containsExactly("built " + NAME, "reused " + NAME);
    }

    @Test
    void anotherRecipeEpochOrLayerBelowMakesItAgain() throws Exception {
        layer("1", Optional.empty());
        layer("2", Optional.empty());
        assertThat(made).isEqualTo(2);
        BuiltLayer open = directory(0755);
        BuiltLayer shut = directory(0700);
        BuiltLayer onOpen = layer("1", Optional.of(open));
        BuiltLayer onShut = layer("1", Optional.of(shut));
        assertThat(made).isEqualTo(4);
        assertThat(onOpen.layer()).isNotEqualTo(onShut.layer());
        layers = new LayerStore(fixture.store, Fixture.EPOCH + 1, 2, fixture);
        layer("1", Optional.empty());
        assertThat(made).isEqualTo(5);
    }

    @Test
    void damagedBlobIsMadeAgain() throws Exception {
        BuiltLayer first = layer("1", Optional.empty());
        damage(first.blob());
        BuiltLayer second = layer("1", Optional.empty());
        assertThat(made).isEqualTo(2);
        assertThat(second.layer()).isEqualTo(first.layer());
        assertThat(Sha256.of(second.blob())).isEqualTo(first.layer().digest());
    }

    @Test
    void layerWithoutItsListingIsMadeAgain() throws Exception {
        BuiltLayer first = layer("1", Optional.empty());
        Files.delete(fixture.store.find(first.listing()).orElseThrow());
        assertThat(layer("1", Optional.empty()).reused()).isFalse();
        assertThat(layer("1", Optional.empty()).reused()).isTrue();
    }

    @Test
    void whatAnotherVersionWroteIsNotUnderstoodAndNotUsed() {
        Layer layer = new Layer(Sha256.of("a"), Sha256.of("b"), 1, 2);
        StoredLayer stored = new StoredLayer(layer, Sha256.of("c"));
        assertThat(StoredLayer.parse(stored.text())).contains(stored);
        for (String text : new String[] {"", "x", stored.text() + " 1", stored.text().replace(" 2 ", " -2 "), "a b c d e"}) {
            assertThat(StoredLayer.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void scratchGoesWithTheLayerAndAfterAFailure() throws Exception {
        Path[] seen = new Path[2];
        layers.layer(NAME, false, new Recipe(), Optional.empty(), (tree, scratch) -> {
            seen[0] = Files.writeString(scratch.resolve("big"), "x");
            tree.add("/big", RegularFile.made(Content.of(seen[0]), 0644, "test"));
        });
        assertThatThrownBy(() -> layers.layer(
                        NAME, false, new Recipe().rule("x", "y"), Optional.empty(), (tree, scratch) -> {
                            seen[1] = Files.writeString(scratch.resolve("big"), "x");
                            throw new Problem("here", "is wrong", "mend it");
                        }))
                .hasMessage("here: is wrong. Next: mend it");
        assertThat(seen[0].getParent()).doesNotExist();
        assertThat(seen[1].getParent()).doesNotExist();
        assertThat(blobs()).as("a failed layer leaves nothing").isEqualTo(2);
    }

    private BuiltLayer layer(String rule, Optional<BuiltLayer> below) throws Exception {
        return layers.layer(NAME, false, new Recipe().rule("rule", rule), below, (tree, scratch) -> {
            made++;
            tree.add("/etc/file", RegularFile.made(Content.of("content " + rule), 0644, "test"));
        });
    }

    private BuiltLayer directory(int mode) throws Exception {
        LayerName name = new LayerName("base:x", "base", Platform.LINUX_AMD64);
        return layers.layer(name, true, new Recipe().rule("mode", mode), Optional.empty(), (tree, scratch) ->
                tree.add("/etc", new Directory(mode, 0, 0, 0, "base")));
    }

    private static void damage(Path blob) throws IOException {
        Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-r--r--"));
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
    }

    private long blobs() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("store/blobs"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
