package network.privateness.reproducible.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import network.privateness.reproducible.digest.Sha256;

/** The blobs: files named by their SHA-256 in 256 folders, read-only, their time being that of their last use. */
record Blobs(Path directory, Clock clock) {

    private Path path(Sha256 digest) {
        return directory.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    /** The blob, hashed again; a damaged one is deleted and counts as absent. */
    Optional<Path> find(Sha256 digest) throws IOException {
        Path blob = path(digest);
        try {
            BasicFileAttributes before = attributes(blob);
            // Before the hashing, so that a prune of another process sees that it is wanted.
            Files.setLastModifiedTime(blob, FileTime.from(clock.instant()));
            if (before.isRegularFile() && Sha256.of(blob).equals(digest)) {
                return Optional.of(blob);
            }
            // Another process may have found the same damage, and put a good one here since.
            if (Objects.equals(before.fileKey(), attributes(blob).fileKey())) {
                FileTree.delete(blob);
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Moves a complete and synced file of the same file system into place, unless a good blob is there. */
    Path adopt(Path file, Sha256 digest) throws IOException {
        Optional<Path> present = find(digest);
        if (present.isPresent()) {
            Files.delete(file);
            return present.get();
        }
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("r--r--r--"));
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        Path blob = path(digest);
        boolean fresh = !Files.isDirectory(blob.getParent());
        Files.createDirectories(blob.getParent());
        Files.move(file, blob, StandardCopyOption.ATOMIC_MOVE);
        StoreFolder.sync(blob.getParent());
        if (fresh) {
            StoreFolder.sync(directory);
        }
        return blob;
    }

    private static BasicFileAttributes attributes(Path blob) throws IOException {
        return Files.readAttributes(blob, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
