package network.privateness.reproducible.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * A folder of content by its SHA-256, shared by all builds of a user. Safe for threads, for concurrent processes, and
 * after a kill at any moment.
 *
 * <p>Failures that the user can mend (disk full, folder not writable, folder of a newer version) are {@link Problem}s;
 * other failures of the disk stay {@link IOException}s. Close it at the end: that is when a size cap is applied.
 */
public final class ContentStore implements Closeable {

    static final String LOCK_SUFFIX = ".lock";

    /** What was used this recently is never pruned: a process may be about to open it. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final StoreFolder folder;
    private final Session session;
    private final Clock clock;
    private final OptionalLong maxBytes;
    private final StoreErrors errors;
    private final Blobs blobs;
    private final References references;
    private final AtomicBoolean grown = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ContentStore(StoreFolder folder, Session session, Clock clock, OptionalLong maxBytes) {
        this.folder = folder;
        this.session = session;
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.errors = new StoreErrors(folder.root());
        this.blobs = new Blobs(folder.blobs(), clock);
        this.references = new References(folder.references(), folder.pending(), clock);
    }

    /**
     * Opens the store in this folder, which is created, and removes what dead processes left.
     *
     * @param maxBytes the store's size after {@link #close}, when this process added to it; empty for no limit
     * @param clock tells when something was used
     */
    public static ContentStore open(Path folder, OptionalLong maxBytes, Clock clock) throws IOException {
        try {
            StoreFolder opened = StoreFolder.open(folder);
            Session session = Session.begin(opened, clock.instant());
            session.cleanAndFindOldest();
            return new ContentStore(opened, session, clock, maxBytes);
        } catch (IOException e) {
            throw new StoreErrors(folder.toAbsolutePath()).translate(e);
        }
    }

    /** Opens the store in this folder without a limit, on the machine's clock. */
    public static ContentStore open(Path folder) throws IOException {
        return open(folder, OptionalLong.empty(), Clock.systemUTC());
    }

    /**
     * The user's cache folder for this program: {@code ness} in {@code XDG_CACHE_HOME} when that is absolute, else in
     * {@code ~/Library/Caches} on macOS and in {@code ~/.cache} elsewhere.
     */
    public static Path defaultFolder(Map<String, String> environment, String userHome) {
        return defaultFolder(environment, userHome, System.getProperty("os.name", ""));
    }

    static Path defaultFolder(Map<String, String> environment, String userHome, String osName) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        // XDG Base Directory Specification: a relative path is invalid and ignored.
        if (cache.startsWith("/")) {
            return Path.of(cache, "ness");
        }
        return osName.startsWith("Mac")
                ? Path.of(userHome, "Library", "Caches", "ness")
                : Path.of(userHome, ".cache", "ness");
    }

    /** The store's folder. */
    public Path folder() {
        return folder.root();
    }

    /** The content with this digest, hashed again just now; a damaged file is deleted and counts as absent. */
    public Optional<Path> find(Sha256 digest) throws IOException {
        try {
            return blobs.find(digest);
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /**
     * As {@link #find}, for content that must be there.
     *
     * @throws Problem if it is absent or was damaged
     */
    public Path require(Sha256 digest) throws IOException {
        return find(digest)
                .orElseThrow(() -> new Problem(
                        digest.toString(),
                        "is not in the store " + folder.root(),
                        "run the build again with network access, so that it is fetched or built anew"));
    }

    /** Begins new content, which nobody sees before its commit. */
    public Pending begin() throws IOException {
        grown.set(true);
        try {
            return Pending.anonymous(errors, blobs, folder.pending().resolve(session.freshName()));
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /**
     * Begins content, or goes on with it where a process stopped that had begun it under the same identity.
     *
     * @return empty while another process or thread is at it
     */
    public Optional<Pending> resume(String identity) throws IOException {
        grown.set(true);
        try {
            Path file = partial(identity);
            Optional<HeldFile> lock;
            try {
                lock = HeldFile.create(lockOf(file));
            } catch (IOException e) {
                if (errors.explain(e).isPresent()) {
                    throw e;
                }
                // A file system without locks: no resuming, but no harm either.
                return Optional.of(begin());
            }
            return lock.isPresent() ? Optional.of(Pending.resumed(errors, blobs, file, lock.get())) : Optional.empty();
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /** How many bytes there are of content that was begun under this identity; 0 if there is none. */
    public long partialSize(String identity) throws IOException {
        try {
            return Files.size(partial(identity));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private Path partial(String identity) {
        return folder.partial().resolve(Sha256.of(identity).hex());
    }

    static Path lockOf(Path partial) {
        return partial.resolveSibling(partial.getFileName() + LOCK_SUFFIX);
    }

    /** Copies a file into the store. */
    public Path put(Path file) throws IOException {
        try (Pending pending = begin();
                InputStream in = Files.newInputStream(file)) {
            in.transferTo(pending);
            return pending.commit();
        }
    }

    /**
     * A small text that was put under this name; empty if there is none, or if its file is torn or was changed.
     *
     * @param namespace 1 to 100 of a-z, 0-9, dot, hyphen, underscore
     * @param key any text
     */
    public Optional<String> reference(String namespace, String key) throws IOException {
        try {
            return references.get(namespace, key);
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /**
     * Puts a small text under a name, in place of an earlier one; readers see the old or the new one.
     *
     * @param namespace 1 to 100 of a-z, 0-9, dot, hyphen, underscore
     * @param key any text
     * @param value at most 64 KiB in UTF-8
     */
    public void putReference(String namespace, String key, String value) throws IOException {
        grown.set(true);
        try {
            references.put(namespace, key, value, session.freshName());
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /** Removes the text under this name, if there is one. */
    public void removeReference(String namespace, String key) throws IOException {
        references.remove(namespace, key);
    }

    /**
     * A fresh folder for work, deleted on close.
     *
     * @param name for people who look: 1 to 100 of a-z, 0-9, dot, hyphen, underscore
     */
    public Scratch scratch(String name) throws IOException {
        Path path = folder.scratch().resolve(session.freshName() + "-" + Names.check(name));
        try {
            return new Scratch(Files.createDirectory(path));
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /**
     * A folder that stays and that all builds share, for tools that keep their own caches. A prune removes it as a
     * whole, when no open store asked for it.
     *
     * @param namespace 1 to 100 of a-z, 0-9, dot, hyphen, underscore
     */
    public Path folder(String namespace) throws IOException {
        grown.set(true);
        Path shared = folder.folders().resolve(Names.check(namespace));
        try {
            Files.createDirectories(shared);
            Files.setLastModifiedTime(shared, FileTime.from(clock.instant()));
            return shared;
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /**
     * Deletes what was not used for longest, until the store has at most this size. What any open store used since it
     * was opened stays, and what was used in the last ten minutes.
     */
    public PruneReport prune(long wantedBytes) throws IOException {
        try {
            Instant recent = clock.instant().minus(GRACE);
            Instant oldest = session.cleanAndFindOldest();
            return new Pruning(folder, session, recent.isBefore(oldest) ? recent : oldest).down(wantedBytes);
        } catch (IOException e) {
            throw errors.translate(e);
        }
    }

    /** What a failure of a write below the store's folders means for the user, if it means anything to them. */
    public Optional<Problem> explain(IOException e) {
        return errors.explain(e);
    }

    /** Applies the size limit if this process added anything, and ends the protection of what it used. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (maxBytes.isPresent() && grown.get()) {
                prune(maxBytes.getAsLong());
            }
        } finally {
            session.close();
        }
    }
}
