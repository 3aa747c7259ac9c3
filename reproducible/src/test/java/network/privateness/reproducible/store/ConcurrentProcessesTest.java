package network.privateness.reproducible.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentProcessesTest {

    @TempDir
    Path folder;

    private Process start(long seed) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(File.pathSeparator, codeOf(StoreProcess.class), codeOf(ContentStore.class)),
                        StoreProcess.class.getName(),
                        folder.toString(),
                        String.valueOf(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts a writer, reads some of the digests that it acknowledges, and kills it with SIGKILL. */
    private Set<String> writeAndKill(long seed, int acknowledgements) throws Exception {
        Process process = start(seed);
        Set<String> acknowledged = new TreeSet<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 0; i < acknowledgements; i++) {
                String line = lines.readLine();
                assertThat(line).as("the writer ended early, seed %d", seed).isNotNull();
                acknowledged.add(line);
            }
            // By its handle: the process itself would close the stream too.
            process.toHandle().destroyForcibly();
            // What it said before it died counts too; the last line may be cut.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() == 64) {
                    acknowledged.add(line);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(128 + 9);
        return acknowledged;
    }

    private static String codeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private List<Path> regularFiles(String part) throws IOException {
        try (var files = Files.walk(folder.resolve(part))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatAnOpenStoreIsAtIsNotTakenForADeadOnes() throws Exception {
        try (ContentStore store = ContentStore.open(folder);
                ContentStore second = ContentStore.open(folder);
                Scratch scratch = store.scratch("work");
                Pending pending = second.begin();
                Pending part = store.resume("part").orElseThrow()) {
            pending.write('x');
            part.write('y');
            // Opened and closed here as well: in the same process that must not let go of a lock.
            ContentStore.open(folder).close();
            Process process = start(-1);
            assertThat(process.inputReader().readLine()).isNull();
            assertThat(process.waitFor()).isZero();
            assertThat(scratch.path()).isEmptyDirectory();
            assertThat(pending.commit()).hasContent("x");
            assertThat(part.commit()).hasContent("y");
        }
    }

    @Test
    void twoWritersOfTheSameAreKilledAndTheStoreIsRight() throws Exception {
        long seed = System.nanoTime() % 1_000_000;
        var random = new Random(seed);
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 3; round++) {
                List<Callable<Set<String>>> writers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    int acknowledgements = 1 + random.nextInt(2 * StoreProcess.CONTENTS);
                    writers.add(() -> writeAndKill(seed, acknowledgements));
                }
                Set<String> acknowledged = new TreeSet<>();
                for (Future<Set<String>> writer : threads.invokeAll(writers)) {
                    acknowledged.addAll(writer.get());
                }
                assertRight(acknowledged, "seed " + seed + ", round " + round);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertRight(Set<String> acknowledged, String where) throws Exception {
        for (Path blob : regularFiles("blobs")) {
            assertThat(Sha256.of(blob).hex())
                    .as(where)
                    .isEqualTo(blob.getFileName().toString());
        }
        try (ContentStore store = ContentStore.open(folder)) {
            for (String digest : acknowledged) {
                assertThat(store.find(new Sha256(digest))).as(where).isPresent();
            }
            for (int i = 0; i < StoreProcess.CONTENTS; i++) {
                assertThat(store.reference("number", String.valueOf(i)).orElse("value of " + i))
                        .as(where)
                        .isEqualTo("value of " + i);
            }
            assertThat(regularFiles("pending")).as(where).isEmpty();
            assertThat(folder.resolve("scratch")).as(where).isEmptyDirectory();
            assertThat(regularFiles("sessions")).as(where).hasSize(1);
            assertThat(regularFiles("references"))
                    .as(where)
                    .allMatch(file -> file.getFileName().toString().length() == 64);
            assertThat(store.resume("part").orElseThrow()).as(where).satisfies(Pending::close);
        }
    }
}
