package network.privateness.reproducible.golang;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import network.privateness.reproducible.Problem;

/** Copies a small Go module of ours. */
final class LocalSource extends SimpleFileVisitor<Path> {

    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_FILES = 10_000;

    private final Path from;
    private final Path to;
    private long bytes;
    private int files;

    private LocalSource(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            throw new Problem(from.toString(), "is not a folder", "name a folder with go.mod, go.sum and sources");
        }
        Files.walkFileTree(from, new LocalSource(from, to));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (!folder.equals(from) && isHidden(folder)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectory(target(folder));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (isHidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        if (!attributes.isRegularFile()) {
            throw new Problem(file.toString(), "is a link or no plain file", "put the file itself there");
        }
        bytes += attributes.size();
        files++;
        if (bytes > MAX_BYTES || files > MAX_FILES) {
            throw new Problem(
                    from.toString(),
                    "has more than " + MAX_BYTES + " bytes or " + MAX_FILES + " files",
                    "leave only go.mod, go.sum and sources in it");
        }
        Files.copy(file, target(file));
        return FileVisitResult.CONTINUE;
    }

    private Path target(Path path) {
        return to.resolve(from.relativize(path).toString());
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
