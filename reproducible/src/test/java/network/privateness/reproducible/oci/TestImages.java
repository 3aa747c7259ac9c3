package network.privateness.reproducible.oci;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import network.privateness.reproducible.digest.Sha256;

/** Images written down by hand, with layers that are no gzip files: nothing here opens them. */
final class TestImages {

    private TestImages() {}

    static Path layer(Path folder, String content) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(Sha256.of(content).hex()), content);
    }

    static AssembledImage image(Platform platform, Path... layers) throws IOException {
        byte[] config = bytes("""
                {"architecture":"%s","os":"linux"%s,"rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(
                platform.architecture(),
                platform.variant().map(v -> ",\"variant\":\"" + v + "\"").orElse(""),
                List.of(layers).stream()
                        .map(layer -> "\"" + Sha256.of("plain " + layer.getFileName()) + "\"")
                        .collect(Collectors.joining(","))));
        StringBuilder list = new StringBuilder();
        for (Path layer : layers) {
            list.append(list.isEmpty() ? "" : ",")
                    .append(descriptor(MediaTypes.LAYER, Sha256.of(layer), Files.size(layer)));
        }
        byte[] manifest = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.MANIFEST + "\",\"config\":"
                + descriptor(MediaTypes.CONFIG, Sha256.of(config), config.length) + ",\"layers\":[" + list + "]}");
        Map<Sha256, Path> blobs =
                List.of(layers).stream().collect(Collectors.toMap(TestImages::digest, layer -> layer, (a, b) -> a));
        return AssembledImage.of("test", manifest, config, blobs::get);
    }

    static String descriptor(String mediaType, Sha256 digest, long size) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, size);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Sha256 digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
