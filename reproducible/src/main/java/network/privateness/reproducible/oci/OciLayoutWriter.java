package network.privateness.reproducible.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * Writes a layout so that the folder is whole at every moment. Where nothing was, all is written beside and renamed. A
 * layout is replaced from within: blobs have the names of their digests, so the new ones can stand beside the old ones
 * until the renaming of {@code index.json} makes them the layout; only then the old ones go.
 */
final class OciLayoutWriter {

    private final OciLayout layout;
    private final Set<String> kept = new HashSet<>();

    OciLayoutWriter(OciLayout layout) {
        this.layout = layout;
    }

    void write(Path folder) throws IOException {
        if (isLayout(folder)) {
            fill(folder);
            sweep(folder.resolve(OciLayout.BLOBS));
            return;
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isEmptyDirectory(folder)) {
            throw new Problem(
                    folder.toString(),
                    "is not an OCI layout, so it is not replaced by one",
                    "remove it, or write to another folder");
        }
        Path partial = folder.resolveSibling("." + folder.getFileName() + ".partial");
        remove(partial);
        Files.createDirectories(partial);
        fill(partial);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void fill(Path folder) throws IOException {
        Path blobs = Files.createDirectories(folder.resolve(OciLayout.BLOBS));
        put(folder.resolve(OciLayout.MARKER), OciLayout.markerJson());
        putBlob(blobs, layout.index().bytes());
        for (AssembledImage image : layout.index().images()) {
            putBlob(blobs, image.manifest());
            putBlob(blobs, image.config());
            for (LayerBlob layer : image.layers()) {
                putLayer(blobs, layer);
            }
        }
        put(folder.resolve(OciLayout.INDEX), layout.indexJson());
    }

    private void putBlob(Path blobs, byte[] content) throws IOException {
        String name = Sha256.of(content).hex();
        kept.add(name);
        put(blobs.resolve(name), content);
    }

    private static void put(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path beside = beside(file);
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void putLayer(Path blobs, LayerBlob layer) throws IOException {
        String name = layer.descriptor().digest().hex();
        layer.checkSize();
        if (kept.add(name) && !isThere(blobs.resolve(name), layer)) {
            Path beside = beside(blobs.resolve(name));
            try {
                // A link to a link would stay a link: the name in the store may be one.
                Files.createLink(beside, layer.file().toRealPath());
            } catch (UnsupportedOperationException | FileSystemException e) {
                try (InputStream in = layer.open()) {
                    Files.copy(in, beside);
                }
            }
            Files.move(beside, blobs.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isThere(Path file, LayerBlob layer) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == layer.descriptor().size()
                && (Files.isSameFile(file, layer.file())
                        || Sha256.of(file).equals(layer.descriptor().digest()));
    }

    /** Where a file is written before it gets its name. What an earlier run left there goes. */
    private static Path beside(Path file) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".partial");
        remove(beside);
        return beside;
    }

    private void sweep(Path blobs) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs)) {
            for (Path file : files) {
                if (!kept.contains(file.getFileName().toString())) {
                    remove(file);
                }
            }
        }
    }

    static boolean removeLayout(Path folder) throws IOException {
        if (!isLayout(folder)) {
            return false;
        }
        // Without its index it is no layout any more, whatever happens to the rest.
        Files.delete(folder.resolve(OciLayout.INDEX));
        remove(folder);
        return true;
    }

    private static boolean isLayout(Path folder) {
        return Files.isRegularFile(folder.resolve(OciLayout.MARKER))
                && Files.isRegularFile(folder.resolve(OciLayout.INDEX));
    }

    private static boolean isEmptyDirectory(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    remove(file);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
