package network.privateness.reproducible.oci;

import static network.privateness.reproducible.oci.TestImages.bytes;
import static network.privateness.reproducible.oci.TestImages.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutReaderTest {

    private static final String NEXT = ". Next: build or fetch it again";

    @TempDir
    Path folder;

    private Path layout;
    private AssembledImage image;
    private ImageIndex index;

    @BeforeEach
    void write() throws IOException {
        layout = folder.resolve("layout");
        image = TestImages.image(Platform.LINUX_AMD64, TestImages.layer(folder.resolve("store"), "layer"));
        index = ImageIndex.of(List.of(image), Map.of());
        new OciLayout("1", index).write(layout);
    }

    @Test
    void noLayout() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> OciLayoutReader.read(empty))
                .withMessage(empty + "/oci-layout: is not there: " + empty + " is not an OCI layout" + NEXT);
    }

    @Test
    void anotherVersion() throws Exception {
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        refused(layout.resolve("oci-layout") + ": has another imageLayoutVersion than 1.0.0");
    }

    @Test
    void documentsThatAreTooLarge() throws Exception {
        String json = Files.readString(layout.resolve("index.json"));
        Files.writeString(layout.resolve("index.json"), json + " ".repeat((4 << 20) - json.length()));
        assertThat(OciLayoutReader.read(layout).index().descriptor()).isEqualTo(index.descriptor());
        Files.writeString(layout.resolve("index.json"), json + " ".repeat((4 << 20) - json.length() + 1));
        refused(layout.resolve("index.json") + ": is larger than 4194304 bytes, the most for a document");
    }

    @Test
    void documentsThatAreNotTheirDigests() throws Exception {
        Path manifest = blob(image.descriptor().digest());
        byte[] changed = Files.readAllBytes(manifest);
        changed[10] ^= 1;
        Files.write(manifest, changed);
        refused(manifest + ": has the digest " + Sha256.of(changed) + ", which is not its name");
        Files.write(manifest, new byte[3]);
        refused(manifest + ": has 3 bytes, not the " + image.descriptor().size() + " of its descriptor");
        Files.delete(manifest);
        refused(manifest + ": is not there: the layout names it");
    }

    @Test
    void aLayerOfAnotherSize() throws Exception {
        Path blob = blob(image.layers().get(0).descriptor().digest());
        Files.delete(blob);
        refusedWithAnyNext(blob + ": is not there, but a manifest names it as a layer. Next: build again");
        Files.writeString(blob, "layers");
        refusedWithAnyNext(blob + ": has 6 bytes, not the 5 of its descriptor. Next: remove it and build again");
    }

    @Test
    void aLayerWithOtherContentIsRefusedWhenItIsRead() throws Exception {
        Path blob = blob(image.layers().get(0).descriptor().digest());
        Files.delete(blob);
        Files.writeString(blob, "Layer");
        LayerBlob layer =
                OciLayoutReader.read(layout).index().images().get(0).layers().get(0);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> {
                    try (var in = layer.open()) {
                        in.readAllBytes();
                    }
                })
                .withMessage(blob + ": has the digest " + Sha256.of("Layer") + ", not " + Sha256.of("layer")
                        + ". Next: remove it and build again");
    }

    @Test
    void otherMediaTypes() throws Exception {
        String manifest = new String(image.manifest(), StandardCharsets.UTF_8);
        String zstd = manifest.replace("tar+gzip", "tar+zstd");
        Sha256 digest = replaceManifest(zstd);
        refused(blob(digest) + " manifest layers[0]: has the media type"
                + " \"application/vnd.oci.image.layer.v1.tar+zstd\", but only"
                + " application/vnd.oci.image.layer.v1.tar+gzip is read here");
    }

    @Test
    void anotherPlatformInTheIndex() throws Exception {
        String json = new String(index.bytes(), StandardCharsets.UTF_8);
        Sha256 digest = replaceIndex(json.replace("amd64", "arm64"));
        refused(blob(digest) + " manifests[0]: is not for the platform of its configuration, linux/amd64");
        digest = replaceIndex(json.replace("amd64", "mips"));
        refused(blob(digest) + " manifests[0] platform: names a platform that is not ours: \"linux/mips\" is not one of"
                + " linux/amd64, linux/arm64, linux/arm/v7");
    }

    @Test
    void twoImagesForOnePlatformAndNone() throws Exception {
        String json = new String(index.bytes(), StandardCharsets.UTF_8);
        String entry = json.substring(json.indexOf('[') + 1, json.indexOf(']'));
        Sha256 digest = replaceIndex(json.replace(entry, entry + "," + entry));
        refused(blob(digest) + ": has two images for linux/amd64");
        digest = replaceIndex(json.replace(entry, ""));
        refused(blob(digest) + ": has no image");
        digest = replaceIndex(json.replace(entry, entry + ("," + entry).repeat(64)));
        refused(blob(digest) + ": has more than 64 images");
    }

    @Test
    void severalImagesInTheFolder() throws Exception {
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.INDEX + "\",\"manifests\":[]}");
        refused(layout.resolve("index.json") + ": names 0 images, but one is read here");
    }

    @Test
    void doubledMembersAndOtherCharacterSets() throws Exception {
        Path file = layout.resolve("oci-layout");
        Files.writeString(file, "{\"imageLayoutVersion\":\"1.0.0\",\"imageLayoutVersion\":\"1.0.0\"}");
        refused(file + " line 1, column 51: is not JSON: Duplicate field 'imageLayoutVersion'");
        Files.write(file, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_16LE));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> OciLayoutReader.read(layout));
        Files.write(file, new byte[] {'"', (byte) 0xff, '"'});
        refused(file + ": is not UTF-8");
        Files.writeString(file, "[]");
        refused(file + ": is not an object");
        Files.writeString(file, "");
        refused(file + ": is not an object");
    }

    /** Whatever the documents say, a reader tells it as a problem, or reads an image. */
    @Test
    void damagedDocumentsAreProblems() throws Exception {
        long seed = 20260101;
        Random random = new Random(seed);
        byte[] root = Files.readAllBytes(layout.resolve("index.json"));
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            switch (i % 3) {
                case 0 -> Files.write(layout.resolve("index.json"), Mutation.of(root, random));
                case 1 -> replaceIndex(Mutation.of(index.bytes(), random));
                default -> replaceManifest(Mutation.of(image.manifest(), random));
            }
            try {
                OciLayoutReader.read(layout);
            } catch (Problem e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", run " + i, e);
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    private Sha256 replaceManifest(String manifest) throws IOException {
        return replaceManifest(bytes(manifest));
    }

    private Sha256 replaceManifest(byte[] manifest) throws IOException {
        Sha256 digest = put(manifest);
        replaceIndex(new String(index.bytes(), StandardCharsets.UTF_8)
                .replace(image.descriptor().digest().hex(), digest.hex())
                .replace("\"size\":" + image.manifest().length, "\"size\":" + manifest.length));
        return digest;
    }

    private Sha256 replaceIndex(String json) throws IOException {
        return replaceIndex(bytes(json));
    }

    private Sha256 replaceIndex(byte[] json) throws IOException {
        Sha256 digest = put(json);
        String entry = descriptor(MediaTypes.INDEX, digest, json.length);
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.INDEX + "\",\"manifests\":["
                        + entry.substring(0, entry.length() - 1) + ",\"annotations\":{\"" + OciLayout.REF_NAME
                        + "\":\"1\"}}]}");
        return digest;
    }

    private Sha256 put(byte[] content) throws IOException {
        Sha256 digest = Sha256.of(content);
        Files.write(blob(digest), content);
        return digest;
    }

    private Path blob(Sha256 digest) {
        return layout.resolve("blobs/sha256").resolve(digest.hex());
    }

    private void refused(String message) {
        refusedWithAnyNext(message + NEXT);
    }

    private void refusedWithAnyNext(String message) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> OciLayoutReader.read(layout))
                .withMessage(message);
    }
}
