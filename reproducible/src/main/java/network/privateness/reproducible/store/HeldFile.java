package network.privateness.reproducible.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock file that this process holds; the kernel lets go of it when the process dies, however it dies.
 *
 * <p>POSIX record locks belong to the process and are lost when it closes <em>any</em> descriptor of the file. So a file
 * that is held here must never be opened a second time in this JVM, which is what the static set is for. Setting a file's
 * time opens it too (JDK 17); asking for its attributes does not.
 */
final class HeldFile implements Closeable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** How often a file that is replaced while we lock it is tried again. */
    private static final int TRIES = 20;

    private final Path file;
    private final FileChannel channel;

    private HeldFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Holds the file, which is created; empty when someone else holds it, in this process or another. */
    static Optional<HeldFile> create(Path file) throws IOException {
        return hold(file, true);
    }

    /** Holds the file if it exists; empty when it doesn't or when someone else holds it. */
    static Optional<HeldFile> existing(Path file) throws IOException {
        return hold(file, false);
    }

    private static Optional<HeldFile> hold(Path file, boolean create) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        Optional<HeldFile> held = Optional.empty();
        try {
            held = lock(key, create);
            return held;
        } finally {
            if (held.isEmpty()) {
                HELD.remove(key);
            }
        }
    }

    private static Optional<HeldFile> lock(Path file, boolean create) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            if (create) {
                try {
                    Files.createFile(file);
                } catch (FileAlreadyExistsException e) {
                    // The usual case after a kill.
                }
            }
            FileChannel channel = null;
            boolean locked = false;
            try {
                Object before = key(file);
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    return Optional.empty();
                }
                // A holder deletes its file before it lets go: then our lock is on a file without a name.
                if (Objects.equals(before, key(file))) {
                    locked = true;
                    return Optional.of(new HeldFile(file, channel));
                }
            } catch (NoSuchFileException e) {
                if (!create) {
                    return Optional.empty();
                }
            } finally {
                if (channel != null && !locked) {
                    channel.close();
                }
            }
        }
        return Optional.empty();
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Deletes the file and lets go. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            channel.close();
            HELD.remove(file);
        }
    }
}
