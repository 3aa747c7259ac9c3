package network.privateness.it.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.maven.image.JibImages;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.layer.LayerWriter;
import network.privateness.reproducible.oci.ImageConfig;
import network.privateness.reproducible.oci.ImageIndex;
import network.privateness.reproducible.oci.ImageLayer;
import network.privateness.reproducible.oci.OciLayout;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.FolderReader;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;

/**
 * An image of one layer per folder, as the plugin makes it: {@code image THREADS STORE LAYOUT FOLDER...}; or tar and
 * SHA-256 of the folders alone: {@code digest FOLDER...}.
 */
public final class AssembleProgram {

    private static final long EPOCH = 1_700_000_000;

    private AssembleProgram() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("digest")) {
            for (String folder : Arrays.asList(arguments).subList(1, arguments.length)) {
                System.out.println(LayerWriter.diffId(FolderReader.read(Path.of(folder), folder), EPOCH));
            }
            return;
        }
        int threads = Integer.parseInt(arguments[1]);
        List<ImageLayer> layers = new ArrayList<>();
        try (ContentStore store = ContentStore.open(Path.of(arguments[2]))) {
            for (String folder : Arrays.asList(arguments).subList(4, arguments.length)) {
                layers.add(layer(store, folder, threads));
            }
            ImageIndex index = ImageIndex.of(List.of(new JibImages().assemble(config(), layers)), Map.of());
            new OciLayout("benchmark", index).write(Path.of(arguments[3]));
        }
    }

    private static ImageLayer layer(ContentStore store, String folder, int threads) throws IOException {
        try (Pending pending = store.begin()) {
            // Not closed, which would give up what is pending.
            OutputStream out = new BufferedOutputStream(pending, 1 << 16);
            Layer layer = LayerWriter.write(FolderReader.read(Path.of(folder), folder), EPOCH, out, threads);
            out.flush();
            return new ImageLayer(
                    layer,
                    pending.commit(layer.digest()),
                    Path.of(folder).getFileName().toString());
        }
    }

    private static ImageConfig config() {
        return new ImageConfig(
                Platform.LINUX_AMD64,
                Map.of("PATH", "/usr/bin"),
                List.of("/usr/bin/program"),
                List.of(),
                Optional.empty(),
                Optional.of("10001:10001"),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                EPOCH);
    }
}
