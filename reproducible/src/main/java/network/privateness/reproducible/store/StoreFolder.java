package network.privateness.reproducible.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import network.privateness.reproducible.Problem;

/**
 * Where things stand in the store's folder, and the marker that says by which version.
 *
 * @param root the folder, as a real path
 */
record StoreFolder(Path root) {

    private static final String MARKER = "version";
    private static final String MARKER_PREFIX = "ness store ";
    private static final int VERSION = 1;

    /** Cache Directory Tagging Specification: backup programs leave folders out that hold this file. */
    private static final String CACHE_TAG = "CACHEDIR.TAG";

    private static final String CACHE_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n";

    /** Creates what is missing, and refuses a folder that is not ours or is a newer version's. */
    static StoreFolder open(Path folder) throws IOException {
        // createDirectories refuses a symbolic link to a folder before JDK 19.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        StoreFolder store = new StoreFolder(folder.toRealPath());
        if (!store.hasMarker()) {
            store.begin();
        }
        for (Path part : List.of(
                store.blobs(),
                store.references(),
                store.pending(),
                store.partial(),
                store.scratch(),
                store.folders(),
                store.sessions())) {
            if (!Files.isDirectory(part)) {
                Files.createDirectories(part);
            }
        }
        return store;
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path references() {
        return root.resolve("references");
    }

    Path pending() {
        return root.resolve("pending");
    }

    Path partial() {
        return root.resolve("partial");
    }

    Path scratch() {
        return root.resolve("scratch");
    }

    Path folders() {
        return root.resolve("folders");
    }

    Path sessions() {
        return root.resolve("sessions");
    }

    private boolean hasMarker() throws IOException {
        Path marker = root.resolve(MARKER);
        byte[] bytes;
        try (var in = Files.newInputStream(marker)) {
            bytes = in.readNBytes(64);
        } catch (NoSuchFileException e) {
            return false;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.equals(MARKER_PREFIX + VERSION)) {
            return true;
        }
        if (text.matches(MARKER_PREFIX + "[1-9][0-9]{0,8}")) {
            throw new Problem(
                    marker.toString(),
                    "the store was written by a newer version (\"" + text + "\", this one knows " + VERSION + ")",
                    "use that newer version, or choose another folder with -Dness.store=DIR");
        }
        throw new Problem(
                marker.toString(),
                "\"" + printable(text) + "\" is not the marker of a store (\"" + MARKER_PREFIX + VERSION + "\")",
                "choose another folder with -Dness.store=DIR, or delete this one if nothing else is in it");
    }

    private void begin() throws IOException {
        try (var children = Files.newDirectoryStream(root)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                // Another process may be doing the same as we.
                if (!name.startsWith("." + MARKER) && !name.equals(CACHE_TAG) && !hasMarker()) {
                    throw new Problem(
                            root.toString(),
                            "the folder is not empty (\"" + printable(name) + "\") and not a store",
                            "choose an empty or new folder with -Dness.store=DIR");
                }
            }
        }
        place(CACHE_TAG, CACHE_TAG_TEXT);
        place(MARKER, MARKER_PREFIX + VERSION + "\n");
    }

    private void place(String name, String text) throws IOException {
        Path beside = root.resolve("." + MARKER + "-" + UUID.randomUUID());
        try {
            Files.writeString(beside, text, StandardOpenOption.CREATE_NEW);
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        sync(root);
    }

    /** Makes names in a folder survive a power cut; not every file system offers that, and then there is nothing to do. */
    static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // A blob that is lost is fetched again: a name that did not reach the disk is no damage.
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
