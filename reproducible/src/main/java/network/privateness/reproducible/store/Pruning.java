package network.privateness.reproducible.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what was not used for longest until the rest fits. What was used at or after a given moment stays, even if it
 * does not fit.
 */
final class Pruning {

    private final StoreFolder folder;
    private final Session session;
    private final Instant keepFrom;
    private long files;
    private long freed;

    Pruning(StoreFolder folder, Session session, Instant keepFrom) {
        this.folder = folder;
        this.session = session;
        this.keepFrom = keepFrom;
    }

    /** @param tree files and bytes, where the entry is one of the shared folders */
    private record Entry(Path path, long bytes, Instant used, Optional<FileTree> tree) {}

    PruneReport down(long maxBytes) throws IOException {
        List<Entry> entries = entries();
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::path));
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (total <= maxBytes || !entry.used().isBefore(keepFrom)) {
                break;
            }
            if (delete(entry)) {
                total -= entry.bytes();
                freed += entry.bytes();
                files += entry.tree().map(FileTree::files).orElse(1);
            }
        }
        return new PruneReport(files, freed, total);
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path parent : List.of(folder.blobs(), folder.references())) {
            for (Path directory : children(parent)) {
                for (Path file : children(directory)) {
                    add(entries, file, false);
                }
            }
        }
        for (Path file : children(folder.partial())) {
            if (!file.getFileName().toString().endsWith(ContentStore.LOCK_SUFFIX)) {
                add(entries, file, false);
            }
        }
        for (Path shared : children(folder.folders())) {
            add(entries, shared, true);
        }
        return entries;
    }

    private static void add(List<Entry> entries, Path path, boolean shared) throws IOException {
        try {
            BasicFileAttributes attributes = attributes(path);
            Optional<FileTree> tree = shared ? Optional.of(FileTree.measure(path)) : Optional.empty();
            entries.add(new Entry(
                    path,
                    tree.map(FileTree::bytes).orElse(attributes.size()),
                    attributes.lastModifiedTime().toInstant(),
                    tree));
        } catch (NoSuchFileException e) {
            // Another process was faster.
        }
    }

    private boolean delete(Entry entry) throws IOException {
        if (!entry.path().getParent().equals(folder.partial())) {
            return deleteUnused(entry);
        }
        Optional<HeldFile> lock = HeldFile.create(ContentStore.lockOf(entry.path()));
        if (lock.isEmpty()) {
            return false;
        }
        try {
            return deleteUnused(entry);
        } finally {
            lock.get().close();
        }
    }

    /** Out of sight first, and back again if somebody used it in the meantime. */
    private boolean deleteUnused(Entry entry) throws IOException {
        Path away = folder.scratch().resolve(session.freshName() + "-pruned");
        try {
            if (!attributes(entry.path()).lastModifiedTime().toInstant().equals(entry.used())) {
                return false;
            }
            Files.move(entry.path(), away, StandardCopyOption.ATOMIC_MOVE);
            if (!attributes(away).lastModifiedTime().toInstant().equals(entry.used())) {
                Files.move(away, entry.path(), StandardCopyOption.ATOMIC_MOVE);
                return false;
            }
            FileTree.delete(away);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return children;
    }
}
