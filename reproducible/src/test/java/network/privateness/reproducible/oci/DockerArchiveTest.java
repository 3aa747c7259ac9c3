package network.privateness.reproducible.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerArchiveTest {

    private static final ImageName NAME = ImageName.parse("nessnetwork/node:0.1.0");

    @TempDir
    Path folder;

    @Test
    void membersOfTheFile() throws Exception {
        Path one = TestImages.layer(folder, "one");
        AssembledImage image = TestImages.image(Platform.LINUX_ARM_V7, one, TestImages.layer(folder, "two"), one);
        String manifest = image.descriptor().digest().hex();
        String config = image.configDescriptor().digest().hex();

        Map<String, String> members = members(tar(image));
        assertThat(members.keySet())
                .containsExactly(
                        "oci-layout",
                        "index.json",
                        "manifest.json",
                        "blobs/",
                        "blobs/sha256/",
                        "blobs/sha256/" + manifest,
                        "blobs/sha256/" + config,
                        "blobs/sha256/" + Sha256.of("one").hex(),
                        "blobs/sha256/" + Sha256.of("two").hex());
        assertThat(members.get("oci-layout")).isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(members.get("index.json"))
                .isEqualTo("{\"manifests\":[{\"annotations\":{"
                        + "\"io.containerd.image.name\":\"docker.io/nessnetwork/node:0.1.0\","
                        + "\"org.opencontainers.image.ref.name\":\"0.1.0\"},"
                        + "\"digest\":\"sha256:" + manifest + "\",\"mediaType\":\"" + MediaTypes.MANIFEST + "\","
                        + "\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"},"
                        + "\"size\":" + image.manifest().length + "}],"
                        + "\"mediaType\":\"" + MediaTypes.INDEX + "\",\"schemaVersion\":2}");
        String first = "\"blobs/sha256/" + Sha256.of("one").hex() + "\"";
        String second = "\"blobs/sha256/" + Sha256.of("two").hex() + "\"";
        assertThat(members.get("manifest.json"))
                .isEqualTo("[{\"Config\":\"blobs/sha256/" + config + "\",\"Layers\":[" + first + "," + second + ","
                        + first + "],\"RepoTags\":[\"nessnetwork/node:0.1.0\"]}]");
        assertThat(members.get("blobs/sha256/" + config)).isEqualTo(new String(image.config(), StandardCharsets.UTF_8));
        assertThat(members.get("blobs/sha256/" + Sha256.of("two").hex())).isEqualTo("two");
    }

    @Test
    void theSameImageGivesTheSameBytes() throws Exception {
        AssembledImage here = TestImages.image(Platform.LINUX_AMD64, TestImages.layer(folder.resolve("a"), "one"));
        AssembledImage there = TestImages.image(Platform.LINUX_AMD64, TestImages.layer(folder.resolve("b"), "one"));
        // Frozen: peers compare it, and it has no time, owner or path of a machine.
        assertThat(Sha256.of(tar(here))).isEqualTo(Sha256.of(tar(there)));
    }

    @Test
    void aDamagedLayerLeavesTheFileWithoutItsEnd() throws Exception {
        Path layer = TestImages.layer(folder, "one");
        AssembledImage image = TestImages.image(Platform.LINUX_AMD64, layer);
        byte[] whole = tar(image);
        Files.writeString(layer, "One");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new DockerArchive(image, NAME).writeTo(out))
                .withMessage(layer + ": has the digest " + Sha256.of("One") + ", not " + Sha256.of("one")
                        + ". Next: remove it and build again");
        assertThat(out.size()).isLessThan(whole.length - 1024);
    }

    private static byte[] tar(AssembledImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DockerArchive(image, NAME).writeTo(out);
        return out.toByteArray();
    }

    private static Map<String, String> members(byte[] tar) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
                assertThat(entry.getMode() & 0777).isEqualTo(entry.isDirectory() ? 0755 : 0644);
                assertThat(members.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8)))
                        .isNull();
            }
        }
        return members;
    }
}
