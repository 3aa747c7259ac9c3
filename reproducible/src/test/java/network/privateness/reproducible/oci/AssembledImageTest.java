package network.privateness.reproducible.oci;

import static network.privateness.reproducible.oci.TestImages.bytes;
import static network.privateness.reproducible.oci.TestImages.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssembledImageTest {

    @TempDir
    Path folder;

    private AssembledImage image;

    @BeforeEach
    void image() throws Exception {
        image = TestImages.image(
                Platform.LINUX_ARM_V7, TestImages.layer(folder, "one"), TestImages.layer(folder, "two"));
    }

    @Test
    void whatItKnowsIsReadFromItsBytes() {
        assertThat(image.platform()).isEqualTo(Platform.LINUX_ARM_V7);
        assertThat(image.descriptor())
                .isEqualTo(Descriptor.of(MediaTypes.MANIFEST, image.manifest()).withPlatform(Platform.LINUX_ARM_V7));
        assertThat(image.layers()).extracting(LayerBlob::file).containsExactly(file("one"), file("two"));
        assertThat(image.layers().get(1).descriptor()).isEqualTo(new Descriptor(MediaTypes.LAYER, Sha256.of("two"), 3));
    }

    @Test
    void itsBytesCantBeChanged() {
        image.manifest()[0] = 'x';
        image.config()[0] = 'x';
        assertThat(image.manifest()[0]).isEqualTo((byte) '{');
        assertThat(image.config()[0]).isEqualTo((byte) '{');
    }

    @Test
    void anotherConfiguration() {
        byte[] other = bytes("{}");
        refused(
                image.manifest(),
                other,
                "x manifest: names another configuration than " + Sha256.of(other) + ". Next: build or fetch it again");
    }

    @Test
    void anotherNumberOfLayers() {
        String config = text(image.config());
        String fewer = config.replaceFirst(",\"sha256:[0-9a-f]{64}\"", "");
        refused(
                manifestFor(fewer),
                bytes(fewer),
                "x config: has 1 diff_ids, but the manifest has 2 layers. Next: build or fetch it again");
    }

    @Test
    void digestsOfAnotherForm() {
        String config = text(image.config()).replace("sha256:", "sha256:F").replaceAll("[0-9a-f]\"", "\"");
        refused(
                manifestFor(config),
                bytes(config),
                "x config rootfs diff_ids[0]: is not sha256: and 64 lower-case hexadecimal digits."
                        + " Next: build or fetch it again");
    }

    @Test
    void damagedDocumentsAreProblems() {
        long seed = 11;
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] config = image.config();
            byte[] manifest = image.manifest();
            if (i % 2 == 0) {
                manifest = Mutation.of(manifest, random);
            } else {
                config = Mutation.of(config, random);
                manifest = manifestFor(new String(config, StandardCharsets.ISO_8859_1));
            }
            try {
                AssembledImage.of("x", manifest, config, digest -> folder);
            } catch (Problem e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", run " + i, e);
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void anIndexHasItsPlatformsInOneOrder() throws Exception {
        AssembledImage amd64 = TestImages.image(Platform.LINUX_AMD64, file("one"));
        ImageIndex index = ImageIndex.of(List.of(image, amd64), Map.of("b", "2", "a", "1"));
        assertThat(text(index.bytes()))
                .isEqualTo("{\"annotations\":{\"a\":\"1\",\"b\":\"2\"},\"manifests\":["
                        + "{\"digest\":\"" + amd64.descriptor().digest() + "\",\"mediaType\":\"" + MediaTypes.MANIFEST
                        + "\",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"},\"size\":"
                        + amd64.manifest().length + "},"
                        + "{\"digest\":\"" + image.descriptor().digest() + "\",\"mediaType\":\"" + MediaTypes.MANIFEST
                        + "\",\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"},\"size\":"
                        + image.manifest().length + "}],"
                        + "\"mediaType\":\"" + MediaTypes.INDEX + "\",\"schemaVersion\":2}");
        assertThat(index.require("x", Platform.LINUX_AMD64)).isSameAs(amd64);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> index.require("node", Platform.LINUX_ARM64))
                .withMessage("node: has no image for linux/arm64, only for [linux/amd64, linux/arm/v7]."
                        + " Next: add linux/arm64 to its platforms and build again");
    }

    @Test
    void anIndexOfNothingOrOfTwins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageIndex.of(List.of(), Map.of()))
                .withMessage("an image needs at least one platform");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageIndex.of(List.of(image, image), Map.of()))
                .withMessage("an image has at most one linux/arm/v7");
    }

    private byte[] manifestFor(String config) {
        byte[] content = config.getBytes(StandardCharsets.ISO_8859_1);
        return bytes(text(image.manifest())
                .replace(
                        descriptor(MediaTypes.CONFIG, image.configDescriptor().digest(), image.config().length),
                        descriptor(MediaTypes.CONFIG, Sha256.of(content), content.length)));
    }

    private void refused(byte[] manifest, byte[] config, String message) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> AssembledImage.of("x", manifest, config, digest -> folder))
                .withMessage(message);
    }

    private Path file(String content) {
        return folder.resolve(Sha256.of(content).hex());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
