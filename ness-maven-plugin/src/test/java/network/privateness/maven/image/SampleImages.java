package network.privateness.maven.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.oci.HealthCheck;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.ImageLayer;
import network.privateness.reproducible.oci.Platform;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small image with a value in every field, and layers that a second tar writer made. */
public final class SampleImages {

    private SampleImages() {}

    public static ImageConfig config(Platform platform) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", "/usr/bin:/bin");
        env.put("B", "second=2");
        env.put("A", "");
        return new ImageConfig(
                platform,
                env,
                List.of("/usr/bin/node", "--quiet"),
                List.of("serve", "<all> \u00e9"),
                Optional.of("/data"),
                Optional.of("10001:10001"),
                new TreeSet<>(List.of("53/udp", "53/tcp", "8053/tcp")),
                new TreeSet<>(List.of("/data", "/var/lib/x")),
                new TreeMap<>(Map.of("org.opencontainers.image.title", "sample", "a", "1")),
                Optional.of("SIGINT"),
                Optional.of(new HealthCheck(
                        List.of("CMD", "/usr/bin/node", "health"),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(Duration.ofMillis(1500)),
                        Optional.empty(),
                        OptionalInt.of(3))),
                1767225600);
    }

    public static ImageConfig bareConfig(Platform platform) {
        return new ImageConfig(
                platform,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** Layers that exist as digests only. */
    public static List<ImageLayer> imaginedLayers() {
        return List.of(
                new ImageLayer(
                        new Layer(new Sha256("1".repeat(64)), new Sha256("2".repeat(64)), 100, 1024),
                        Path.of("base.tar.gz"),
                        "base"),
                new ImageLayer(
                        new Layer(new Sha256("3".repeat(64)), new Sha256("4".repeat(64)), 200, 2048),
                        Path.of("debian.tar.gz"),
                        "debian"));
    }

    /** A layer that gzip can't make smaller. */
    public static ImageLayer randomLayer(Path folder, String description, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        return layer(folder, description, Map.of("random", new String(content, StandardCharsets.ISO_8859_1)));
    }

    public static ImageLayer layer(Path folder, String description, Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : new TreeMap<>(files).entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setModTime(0L);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        byte[] blob = bytes.toByteArray();
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(blob)).readAllBytes();
        Path path = folder.resolve(description + ".tar.gz");
        Files.write(path, blob);
        return new ImageLayer(
                new Layer(Sha256.of(plain), Sha256.of(blob), blob.length, plain.length), path, description);
    }
}
