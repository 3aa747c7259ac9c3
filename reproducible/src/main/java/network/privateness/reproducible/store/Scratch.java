package network.privateness.reproducible.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of one's own in the store's file system, deleted on close. That of a process that died is removed by the next
 * one that opens the store.
 */
public final class Scratch implements Closeable {

    private final Path path;

    Scratch(Path path) {
        this.path = path;
    }

    /** The folder, empty at first. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
