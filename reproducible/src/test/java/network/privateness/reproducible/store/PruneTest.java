package network.privateness.reproducible.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();

    private ContentStore open() throws IOException {
        return ContentStore.open(folder, OptionalLong.empty(), clock);
    }

    private static Sha256 put(ContentStore store, int length) throws IOException {
        try (Pending pending = store.begin()) {
            pending.write(new byte[length]);
            Sha256 digest = pending.digest();
            pending.commit();
            return digest;
        }
    }

    /** In a session of its own, an hour before whatever comes next. */
    private Sha256 putEarlier(int length) throws IOException {
        try (ContentStore store = open()) {
            return put(store, length);
        } finally {
            clock.forward(LONG);
        }
    }

    @Test
    void theLeastRecentlyUsedGoFirst() throws Exception {
        Sha256 first = putEarlier(1000);
        Sha256 second = putEarlier(2000);
        Sha256 third = putEarlier(4000);
        try (ContentStore store = open()) {
            store.require(first);
        }
        clock.forward(LONG);
        try (ContentStore store = open()) {
            assertThat(store.prune(7000)).isEqualTo(new PruneReport(0, 0, 7000));
            assertThat(store.prune(5000)).isEqualTo(new PruneReport(1, 2000, 5000));
            assertThat(store.prune(4999)).isEqualTo(new PruneReport(1, 4000, 1000));
            assertThat(store.find(second)).isEmpty();
            assertThat(store.find(third)).isEmpty();
            assertThat(store.find(first)).isPresent();
        }
    }

    @Test
    void whatThisSessionUsedStays() throws Exception {
        Sha256 used = putEarlier(1000);
        Sha256 unused = putEarlier(2000);
        try (ContentStore store = open()) {
            store.require(used);
            Sha256 fresh = put(store, 3000);
            clock.forward(LONG);
            assertThat(store.prune(0)).isEqualTo(new PruneReport(1, 2000, 4000));
            assertThat(store.find(used)).isPresent();
            assertThat(store.find(fresh)).isPresent();
            assertThat(store.find(unused)).isEmpty();
        }
    }

    @Test
    void whatAnotherOpenStoreUsedStays() throws Exception {
        Sha256 used = putEarlier(1000);
        ContentStore other = open();
        other.require(used);
        clock.forward(LONG);
        try (ContentStore store = open()) {
            assertThat(store.prune(0)).isEqualTo(new PruneReport(0, 0, 1000));
            other.close();
            assertThat(store.prune(0)).isEqualTo(new PruneReport(1, 1000, 0));
        }
    }

    @Test
    void whatWasUsedInTheLastTenMinutesStays() throws Exception {
        try (ContentStore store = open()) {
            put(store, 1000);
        }
        clock.forward(Duration.ofMinutes(10));
        try (ContentStore store = open()) {
            assertThat(store.prune(0).files()).isZero();
            clock.forward(Duration.ofSeconds(1));
            assertThat(store.prune(0).files()).isEqualTo(1);
        }
    }

    @Test
    void referencesGoToo() throws Exception {
        try (ContentStore store = open()) {
            store.putReference("h1", "old", "value");
            clock.forward(LONG);
            store.putReference("h1", "used", "value");
        }
        clock.forward(LONG);
        try (ContentStore store = open()) {
            assertThat(store.reference("h1", "used")).isPresent();
            assertThat(store.prune(0)).isEqualTo(new PruneReport(1, 70, 70));
            assertThat(store.reference("h1", "old")).isEmpty();
            assertThat(store.reference("h1", "used")).isPresent();
        }
    }

    @Test
    void partsGoUnlessTheyAreHeld() throws Exception {
        try (ContentStore store = open()) {
            for (String identity : new String[] {"a", "b"}) {
                try (Pending part = store.resume(identity).orElseThrow()) {
                    part.write(new byte[100]);
                }
            }
        }
        // The parts have the file system's time.
        clock.forward(Duration.ofDays(365_000));
        try (ContentStore store = open()) {
            Pending held = store.resume("b").orElseThrow();
            try (held) {
                assertThat(store.prune(0)).isEqualTo(new PruneReport(1, 100, 100));
                assertThat(store.partialSize("a")).isZero();
                assertThat(held.size()).isEqualTo(100);
            }
            assertThat(store.prune(0)).isEqualTo(new PruneReport(1, 100, 0));
        }
    }

    @Test
    void sharedFoldersGoAsAWhole() throws Exception {
        try (ContentStore store = open()) {
            Path cache = store.folder("gocache");
            Files.createDirectories(cache.resolve("00"));
            Files.write(cache.resolve("00/a"), new byte[10]);
            Files.write(cache.resolve("b"), new byte[20]);
            store.folder("gocache");
            Files.write(store.folder("toolchain").resolve("go"), new byte[40]);
            store.folder("toolchain");
        }
        clock.forward(LONG);
        try (ContentStore store = open()) {
            Path toolchain = store.folder("toolchain");
            assertThat(store.prune(0)).isEqualTo(new PruneReport(2, 30, 40));
            assertThat(toolchain.resolve("go")).exists();
            assertThat(store.folder("gocache")).isEmptyDirectory();
        }
    }

    @Test
    void theLimitIsAppliedAtTheEndIfAnythingWasAdded() throws Exception {
        Sha256 old = putEarlier(1000);
        try (ContentStore store = ContentStore.open(folder, OptionalLong.of(1500), clock)) {
            assertThat(store.folder()).isEqualTo(folder.toRealPath());
        }
        try (ContentStore store = ContentStore.open(folder, OptionalLong.of(500), clock)) {
            assertThat(store.reference("h1", "none")).isEmpty();
        }
        assertThat(blob(old)).exists();
        try (ContentStore store = ContentStore.open(folder, OptionalLong.of(1500), clock)) {
            put(store, 501);
        }
        assertThat(blob(old)).doesNotExist();
    }

    private Path blob(Sha256 digest) {
        return folder.resolve("blobs").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }
}
