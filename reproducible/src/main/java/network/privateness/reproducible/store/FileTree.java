package network.privateness.reproducible.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What is done with whole folders; symbolic links are never followed.
 *
 * @param files number of files below
 * @param bytes sum of their sizes
 */
record FileTree(int files, long bytes) {

    /** Counts files and bytes; what vanishes meanwhile does not count. */
    static FileTree measure(Path root) throws IOException {
        int[] files = {0};
        long[] bytes = {0};
        Files.walkFileTree(root, new Walk() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files[0]++;
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return new FileTree(files[0], bytes[0]);
    }

    /** Deletes the folder or file with all that is below it; fine if it is gone. */
    static void delete(Path root) throws IOException {
        // Go writes its module cache read-only, folders too, and a folder must be writable before it is listed.
        makeWritable(root);
        Files.walkFileTree(root, new Walk() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                try (var children = Files.newDirectoryStream(directory)) {
                    for (Path child : children) {
                        makeWritable(child);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void makeWritable(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private abstract static class Walk extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
