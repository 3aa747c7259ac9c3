package network.privateness.it.benchmark;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Images of one layer per folder by Jib's public API, as OCI tar files: {@code CACHE (TAR FOLDER... --)...}. Jib knows no
 * links: it follows them, so there should be none.
 */
public final class JibProgram {

    private JibProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        List<String> words = Arrays.asList(arguments);
        for (int at = 1; at < words.size(); ) {
            int end = at + words.subList(at, words.size()).indexOf("--");
            image(cache, Path.of(words.get(at)), words.subList(at + 1, end));
            at = end + 1;
        }
    }

    private static void image(Path cache, Path tar, List<String> folders) throws Exception {
        JibContainerBuilder image = Jib.fromScratch().setFormat(ImageFormat.OCI).setEntrypoint("/usr/bin/program");
        for (String folder : folders) {
            FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(folder);
            try (Stream<Path> children = Files.list(Path.of(folder))) {
                for (Path child : children.sorted().toList()) {
                    layer.addEntryRecursive(child, AbsoluteUnixPath.get("/" + child.getFileName()));
                }
            }
            image.addFileEntriesLayer(layer.build());
        }
        image.containerize(Containerizer.to(TarImage.at(tar).named("benchmark"))
                .setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("layers"))
                .setToolName("benchmark"));
    }
}
