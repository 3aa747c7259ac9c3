package network.privateness.reproducible.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private Path folder;
    private ContentStore store;

    @BeforeEach
    void open() throws IOException {
        folder = temporary.resolve("store");
        store = ContentStore.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Path put(byte[] bytes) throws IOException {
        try (Pending pending = store.begin()) {
            pending.write(bytes);
            return pending.commit();
        }
    }

    private List<String> files(String part) throws IOException {
        try (var files = Files.walk(folder.resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve(part).relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void committedContentIsFoundReadOnlyUnderItsDigest() throws Exception {
        Path blob = put(HELLO);
        Sha256 digest = Sha256.of(HELLO);
        assertThat(store.find(digest)).contains(blob);
        assertThat(store.require(digest)).isEqualTo(blob).hasBinaryContent(HELLO);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(blob)))
                .isEqualTo("r--r--r--");
        assertThat(files("blobs")).containsExactly(digest.hex().substring(0, 2) + "/" + digest.hex());
        assertThat(files("pending")).isEmpty();
    }

    @Test
    void theFolderSaysWhatItIs() {
        assertThat(folder.resolve("version")).hasContent("ness store 1");
        assertThat(folder.resolve("CACHEDIR.TAG")).hasContent("Signature: 8a477f597d28d172789f06886806bc55");
    }

    @Test
    void contentOfSeveralBuffersIsHashedAsWritten() throws Exception {
        byte[] bytes = new byte[1_000_003];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        try (Pending pending = store.begin()) {
            for (int i = 0; i < 3; i++) {
                pending.write(bytes[i]);
            }
            pending.write(bytes, 3, 100_000);
            pending.write(bytes, 100_003, bytes.length - 100_003);
            assertThat(pending.size()).isEqualTo(bytes.length);
            assertThat(pending.commit(Sha256.of(bytes))).hasBinaryContent(bytes);
        }
    }

    @Test
    void whatIsNotCommittedIsNotThere() throws Exception {
        try (Pending pending = store.begin()) {
            pending.write(HELLO);
            pending.flush();
        }
        assertThat(store.find(Sha256.of(HELLO))).isEmpty();
        assertThat(files("pending")).isEmpty();
    }

    @Test
    void otherContentThanExpectedIsRefusedAndDeleted() throws Exception {
        Sha256 expected = Sha256.of("other");
        try (Pending pending = store.begin()) {
            pending.write(HELLO);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> pending.commit(expected))
                    .withMessage(expected + ": other content came (" + Sha256.of(HELLO)
                            + ", 5 bytes). Next: find out what changed: it is never updated on the fly");
        }
        assertThat(files("pending")).isEmpty();
        assertThat(files("blobs")).isEmpty();
    }

    @Test
    void aDamagedBlobIsDeletedAndAbsentAndCanBePutAgain() throws Exception {
        Path blob = put(HELLO);
        Files.delete(blob);
        Files.writeString(blob, "hellO");
        assertThat(store.find(Sha256.of(HELLO))).isEmpty();
        assertThat(blob).doesNotExist();
        assertThat(put(HELLO)).isEqualTo(blob).hasBinaryContent(HELLO);
    }

    @Test
    void aDamagedBlobIsReplacedByAGoodOne() throws Exception {
        Path blob = put(HELLO);
        Files.delete(blob);
        Files.writeString(blob, "");
        assertThat(put(HELLO)).isEqualTo(blob).hasBinaryContent(HELLO);
    }

    @Test
    void aGoodBlobIsNotReplaced() throws Exception {
        Object before = Files.readAttributes(put(HELLO), "unix:ino").get("ino");
        assertThat(Files.readAttributes(put(HELLO), "unix:ino")).containsEntry("ino", before);
        assertThat(files("pending")).isEmpty();
    }

    @Test
    void requiredContentThatIsAbsentIsAProblem() {
        Sha256 absent = Sha256.of("absent");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> store.require(absent))
                .withMessage(absent + ": is not in the store " + store.folder()
                        + ". Next: run the build again with network access, so that it is fetched or built anew");
    }

    @Test
    void aFileIsCopiedIn() throws Exception {
        Path file = Files.write(temporary.resolve("file"), HELLO);
        assertThat(store.put(file)).hasBinaryContent(HELLO).isNotEqualTo(file);
        assertThat(file).exists();
    }

    @Test
    void referencesAreTextsByNamespaceAndKey() throws Exception {
        store.putReference("h1", "h1:a/b+c=", "first");
        store.putReference("h1", "h1:a/b+c=", "second\nline");
        store.putReference("layer", "h1:a/b+c=", "");
        assertThat(store.reference("h1", "h1:a/b+c=")).contains("second\nline");
        assertThat(store.reference("layer", "h1:a/b+c=")).contains("");
        assertThat(store.reference("h1", "other")).isEmpty();
        store.removeReference("h1", "h1:a/b+c=");
        assertThat(store.reference("h1", "h1:a/b+c=")).isEmpty();
    }

    @Test
    void aTornOrChangedOrMovedReferenceDoesNotCount() throws Exception {
        store.putReference("h1", "key", "value");
        Path file = folder.resolve("references").resolve(files("references").get(0));
        String good = Files.readString(file);
        for (int length = 0; length < good.length(); length++) {
            Files.writeString(file, good.substring(0, length));
            assertThat(store.reference("h1", "key")).as("cut to %d", length).isEmpty();
        }
        for (int i = 0; i < good.length(); i++) {
            Files.writeString(file, good.substring(0, i) + (char) (good.charAt(i) ^ 1) + good.substring(i + 1));
            assertThat(store.reference("h1", "key")).as("changed at %d", i).isEmpty();
        }
        Files.writeString(file, good);
        assertThat(store.reference("h1", "key")).contains("value");
        Files.move(file, file.resolveSibling(Sha256.of("other").hex()));
        assertThat(store.reference("h1", "other")).isEmpty();
    }

    @Test
    void referencesAreSmallAndNamespacesPlain() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.putReference("h1", "key", "x".repeat((64 << 10) + 1)))
                .withMessage("a reference has at most 65536 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> store.reference("../h1", "key"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.folder("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.scratch(".."));
    }

    @Test
    void scratchGoesWithAllThatIsReadOnlyInItButNotWithWhatLinksPointTo() throws Exception {
        Path outside = Files.write(temporary.resolve("outside"), HELLO);
        Path path;
        try (Scratch scratch = store.scratch("go-build")) {
            path = scratch.path();
            assertThat(path).isEmptyDirectory();
            Path inner = Files.createDirectories(path.resolve("module/sub"));
            Files.write(inner.resolve("file"), HELLO);
            Files.createSymbolicLink(inner.resolve("link"), outside);
            Files.createSymbolicLink(path.resolve("folder-link"), temporary);
            Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r-x------"));
            Files.setPosixFilePermissions(inner.getParent(), PosixFilePermissions.fromString("---------"));
        }
        assertThat(path).doesNotExist();
        assertThat(outside).hasBinaryContent(HELLO);
    }

    @Test
    void sharedFoldersStay() throws Exception {
        Path cache = store.folder("gocache");
        Files.write(cache.resolve("x"), HELLO);
        store.close();
        store = ContentStore.open(folder);
        assertThat(store.folder("gocache").resolve("x")).hasBinaryContent(HELLO);
    }

    @Test
    void closeRemovesWhatWasLeftOpen() throws Exception {
        Pending pending = store.begin();
        pending.write(HELLO);
        Scratch scratch = store.scratch("left");
        store.close();
        assertThat(files("pending")).isEmpty();
        assertThat(scratch.path()).doesNotExist();
        assertThat(files("sessions")).isEmpty();
        pending.close();
    }

    @Test
    void aPartIsResumedByItsIdentity() throws Exception {
        try (Pending pending = store.resume("sha256:x").orElseThrow()) {
            pending.write('h');
            assertThat(store.resume("sha256:x")).as("while it is held").isEmpty();
        }
        assertThat(store.partialSize("sha256:x")).isEqualTo(1);
        try (ContentStore other = ContentStore.open(folder);
                Pending pending = other.resume("sha256:x").orElseThrow()) {
            assertThat(pending.size()).isEqualTo(1);
            pending.write(HELLO, 1, 4);
            assertThat(pending.commit(Sha256.of(HELLO))).hasBinaryContent(HELLO);
        }
        assertThat(files("partial")).isEmpty();
        assertThat(store.partialSize("sha256:x")).isZero();
    }

    @Test
    void aPartIsRestartedOrDiscarded() throws Exception {
        try (Pending pending = store.resume("x").orElseThrow()) {
            pending.write(new byte[300_000]);
            pending.restart();
            pending.write(HELLO);
            assertThat(pending.digest()).isEqualTo(Sha256.of(HELLO));
            pending.discard();
        }
        assertThat(files("partial")).isEmpty();
    }

    @Test
    void threadsThatPutTheSameAllGetTheOneBlob() throws Exception {
        byte[] bytes = new byte[300_000];
        var barrier = new CyclicBarrier(8);
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Path>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> {
                    Path blob = null;
                    for (int round = 0; round < 10; round++) {
                        barrier.await();
                        bytes[0] = (byte) round;
                        blob = put(bytes.clone());
                        assertThat(store.find(Sha256.parse(blob.getFileName().toString())))
                                .contains(blob);
                        barrier.await();
                    }
                    return blob;
                });
            }
            List<Path> blobs = new ArrayList<>();
            for (Future<Path> future : threads.invokeAll(tasks)) {
                blobs.add(future.get());
            }
            assertThat(blobs).containsOnly(blobs.get(0));
        } finally {
            threads.shutdownNow();
        }
        assertThat(files("blobs")).hasSize(10);
        assertThat(files("pending")).isEmpty();
    }

    @Test
    void defaultFolders() {
        assertThat(ContentStore.defaultFolder(Map.of(), "/home/u", "Linux")).hasToString("/home/u/.cache/ness");
        assertThat(ContentStore.defaultFolder(Map.of("XDG_CACHE_HOME", "/c"), "/home/u", "Linux"))
                .hasToString("/c/ness");
        assertThat(ContentStore.defaultFolder(Map.of("XDG_CACHE_HOME", "c"), "/home/u", "Linux"))
                .hasToString("/home/u/.cache/ness");
        assertThat(ContentStore.defaultFolder(Map.of(), "/Users/u", "Mac OS X"))
                .hasToString("/Users/u/Library/Caches/ness");
    }
}
