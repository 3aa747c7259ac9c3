package network.privateness.reproducible.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.store.ContentStore;
import network.privateness.reproducible.store.Pending;

/**
 * Gets inputs: from the store if they are there, else from the first of their sources that has them, and only if they
 * are exactly what was expected. Everything a user can mend is a {@link Problem}; what is left are failures of the disk.
 */
public final class Fetcher implements Closeable {

    /** How often it is looked whether another process is done with the same download. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ContentStore store;
    private final FetchSettings settings;
    private final Progress progress;
    private final ExecutorService clientThreads;
    private final Line line;
    private final Line.Pause pause;

    /** For all callers together: builds of several images fetch at the same time. */
    private final Semaphore connections;

    /** Takes what is fetched to this store. */
    public Fetcher(ContentStore store, FetchSettings settings, Progress progress) {
        this(store, settings, progress, duration -> Thread.sleep(duration.toMillis()), new Random(), Clock.systemUTC());
    }

    Fetcher(
            ContentStore store,
            FetchSettings settings,
            Progress progress,
            Line.Pause pause,
            RandomGenerator random,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.progress = progress;
        this.pause = pause;
        this.connections = new Semaphore(settings.connections());
        this.clientThreads = Executors.newCachedThreadPool(task -> daemon(task, "ness-http"));
        this.line = new Line(settings, clientThreads, clock, random, pause);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Gets one input.
     *
     * @return a read-only file of the store with exactly the expected content
     * @throws Problem if it is nowhere to be had, or is not what was expected
     */
    public Path fetch(Download download) throws IOException {
        return fetchAll(List.of(download)).get(download);
    }

    /**
     * Gets inputs, several at once. The first failure ends all: what was begun is resumed the next time.
     *
     * @return the file of each, in the given order
     * @throws Problem if one is nowhere to be had, or is not what was expected
     */
    public Map<Download, Path> fetchAll(Collection<Download> downloads) throws IOException {
        Map<String, Download> distinct = new LinkedHashMap<>();
        downloads.forEach(download -> distinct.putIfAbsent(download.check().identity(), download));
        Map<String, Path> files = new LinkedHashMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(settings.connections(), task -> daemon(task, "ness-fetch"));
        try {
            var completion = new ExecutorCompletionService<Path>(threads);
            Map<String, Future<Path>> futures = new LinkedHashMap<>();
            distinct.forEach(
                    (identity, download) -> futures.put(identity, completion.submit(() -> counted(download, false))));
            for (int i = 0; i < futures.size(); i++) {
                result(completion.take());
            }
            for (Map.Entry<String, Future<Path>> future : futures.entrySet()) {
                files.put(future.getKey(), result(future.getValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching");
        } finally {
            end(threads);
        }
        Map<Download, Path> results = new LinkedHashMap<>();
        downloads.forEach(
                download -> results.put(download, files.get(download.check().identity())));
        return results;
    }

    /**
     * What came of trying.
     *
     * @param failures why, by download
     * @param untried how many were neither there nor refused when the time was over
     */
    public record Trial(Map<Download, Problem> failures, int untried) {

        public Trial {
            failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        }
    }

    /**
     * Tries all of them, after one input could not be had, so that a user learns of all at once. Each source is asked
     * once, and none whose host is known to be out of reach; what comes stays in the store.
     *
     * @param limit for all together
     */
    public Trial tryAll(Collection<Download> downloads, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        ExecutorService threads =
                Executors.newFixedThreadPool(settings.connections(), task -> daemon(task, "ness-fetch"));
        Map<Download, Problem> failures = new LinkedHashMap<>();
        int untried = 0;
        try {
            Map<Download, Future<Path>> futures = new LinkedHashMap<>();
            downloads.forEach(download -> futures.put(download, threads.submit(() -> counted(download, true))));
            for (Map.Entry<Download, Future<Path>> future : futures.entrySet()) {
                try {
                    future.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    untried++;
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof Problem problem)) {
                        throw new IOException(e.getCause().getMessage(), e.getCause());
                    }
                    failures.put(future.getKey(), problem);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching");
        } finally {
            end(threads);
        }
        return new Trial(failures, untried);
    }

    private static Path result(Future<Path> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Partial files must not be written to after we return. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path counted(Download download, boolean once) throws IOException, InterruptedException {
        connections.acquire();
        try {
            return one(download, once);
        } finally {
            connections.release();
        }
    }

    private Path one(Download download, boolean once) throws IOException, InterruptedException {
        Optional<Path> present = inStore(download);
        if (present.isPresent()) {
            return present.get();
        }
        List<URI> sources = sources(download);
        Optional<Pending> claimed = Optional.empty();
        long size = -1;
        for (Duration idle = Duration.ZERO; claimed.isEmpty(); idle = idle.plus(LOOK)) {
            claimed = store.resume(download.check().identity());
            if (claimed.isEmpty()) {
                // Another process is at it. One that makes no headway is not waited for.
                long now = store.partialSize(download.check().identity());
                if (now != size) {
                    idle = Duration.ZERO;
                }
                size = now;
                if (idle.compareTo(settings.idleTimeout()) > 0) {
                    claimed = Optional.of(store.begin());
                } else {
                    pause.sleep(LOOK);
                }
            }
        }
        try (Pending target = claimed.get()) {
            present = inStore(download);
            if (present.isPresent()) {
                target.discard();
                return present.get();
            }
            return transfer(download, once, sources, target);
        }
    }

    private Path transfer(Download download, boolean once, List<URI> sources, Pending target)
            throws IOException, InterruptedException {
        progress.started(download.name(), download.size().orElse(-1));
        progress.advanced(download.name(), target.size());
        try {
            return new Transfer(store, line, settings, progress, download, once, target).run(sources);
        } finally {
            progress.finished(download.name());
        }
    }

    private Optional<Path> inStore(Download download) throws IOException {
        if (download.check() instanceof Check.ByDigest byDigest) {
            Optional<String> reference = store.reference(byDigest.namespace(), byDigest.identity());
            return reference.isPresent() ? store.find(Sha256.parse(reference.get())) : Optional.empty();
        }
        return store.find(((Check.BySha256) download.check()).sha256());
    }

    private List<URI> sources(Download download) {
        List<URI> sources = new ArrayList<>();
        for (URI source : download.sources()) {
            URI redirected = settings.mirrors().redirect(source);
            if (!settings.offline() || LocalSource.isLocal(redirected)) {
                sources.add(redirected);
            }
        }
        if (sources.isEmpty()) {
            throw new Unavailable(
                    "input " + download.name(),
                    "it is not in the store " + store.folder() + ", and Maven is offline (-o)",
                    "run once without -o, or redirect a source to a folder with"
                            + " -Dness.mirror.NAME=URL-PREFIX=FOLDER");
        }
        return sources;
    }

    /** Ends the threads of the connections. */
    @Override
    public void close() {
        clientThreads.shutdownNow();
    }
}
