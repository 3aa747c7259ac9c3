package network.privateness.reproducible.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One open store in one process: a held file whose time is the beginning. What a process leaves unfinished carries its
 * session's name, so that others know whether it is still wanted.
 */
final class Session implements Closeable {

    private static final Duration LONGEST_BUILD = Duration.ofDays(7);

    private static final int TRIES = 20;

    private final StoreFolder folder;
    private final String id;
    private final Instant begin;
    private final Optional<HeldFile> held;
    private final AtomicLong names = new AtomicLong();

    private Session(StoreFolder folder, String id, Instant begin, Optional<HeldFile> held) {
        this.folder = folder;
        this.id = id;
        this.begin = begin;
        this.held = held;
    }

    static Session begin(StoreFolder folder, Instant now) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            // Empty when a process that cleans took the new file for a dead one's before it was held.
            Optional<Session> session = tryBegin(folder, now);
            if (session.isPresent()) {
                return session.get();
            }
        }
        throw new IOException("no session file stays in " + folder.sessions());
    }

    private static Optional<Session> tryBegin(StoreFolder folder, Instant now) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Path file = folder.sessions().resolve(id);
        Files.createFile(file);
        try {
            // Before it is held: this opens and closes the file on JDK 17, which would let go of the lock.
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return HeldFile.existing(file).map(held -> new Session(folder, id, now, Optional.of(held)));
        } catch (IOException e) {
            // A file system without locks: nobody can hold it, so nobody takes it for dead either.
            return Optional.of(new Session(folder, id, now, Optional.empty()));
        }
    }

    /** A name that no other session and no other call gives. */
    String freshName() {
        return id + "-" + names.incrementAndGet();
    }

    Instant begin() {
        return begin;
    }

    /** Removes what dead processes left, and tells when the oldest live session began. */
    Instant cleanAndFindOldest() throws IOException {
        Instant oldest = begin;
        try (var files = Files.newDirectoryStream(folder.sessions())) {
            for (Path file : files) {
                Instant other = cleanIfDead(file).orElse(begin);
                oldest = other.isBefore(oldest) ? other : oldest;
            }
        }
        return oldest;
    }

    /** The beginning of the session, if it is alive. */
    private Optional<Instant> cleanIfDead(Path file) throws IOException {
        try {
            Instant other = Files.getLastModifiedTime(file).toInstant();
            Optional<HeldFile> dead;
            try {
                dead = HeldFile.existing(file);
            } catch (IOException e) {
                // A file system without locks: age is all there is to go by.
                return other.isBefore(begin.minus(LONGEST_BUILD)) ? Optional.empty() : Optional.of(other);
            }
            if (dead.isEmpty()) {
                return Files.exists(file) ? Optional.of(other) : Optional.empty();
            }
            // Its leavings go first: if we are killed too, the session file still leads the next one to them.
            try {
                removeLeavings(file.getFileName().toString());
                return Optional.empty();
            } finally {
                dead.get().close();
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void removeLeavings(String ofSession) throws IOException {
        for (Path directory : List.of(folder.pending(), folder.scratch())) {
            try (var leavings = Files.newDirectoryStream(directory, ofSession + "-*")) {
                for (Path leaving : leavings) {
                    FileTree.delete(leaving);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        removeLeavings(id);
        if (held.isPresent()) {
            held.get().close();
        } else {
            Files.deleteIfExists(folder.sessions().resolve(id));
        }
    }
}
