package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeSet;

/**
 * What an unpacked toolchain must consist of, so that one from which a cache cleaner took files is not used: names and
 * sizes, which cost some 50 ms to compare, where hashing 215 MB would cost a second.
 */
final class ToolchainListing {

    private static final String FILE = ".ness-files";

    private ToolchainListing() {}

    static void write(Path root) throws IOException {
        Files.writeString(root.resolve(FILE), list(root));
    }

    static boolean isComplete(Path root) throws IOException {
        try {
            return Files.readString(root.resolve(FILE), StandardCharsets.UTF_8).equals(list(root));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String list(Path root) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = root.relativize(file).toString();
                if (!path.equals(FILE)) {
                    lines.add(path + " " + (attributes.isRegularFile() ? attributes.size() : "other"));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return String.join("\n", lines);
    }
}
