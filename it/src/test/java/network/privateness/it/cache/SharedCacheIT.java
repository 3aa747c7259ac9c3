package network.privateness.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.golang.GoToolchain;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockReader;
import network.privateness.reproducible.oci.OciLayoutReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that share a store, and builds that are killed: the next one is right, and nothing of the dead is left. */
final class SharedCacheIT {

    private static final Path IMAGES = Path.of(System.getProperty("ness.root"), "it/images");

    /** Of builds that are never killed; reached only by a failure. */
    private static final long PATIENCE_SECONDS = 300;

    private static final int STORES = 2;
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private Sha256 expected;

    @BeforeEach
    void prepare() throws IOException {
        Lock lock = LockReader.read(IMAGES.resolve(Lock.FILE), Lock.FILE);
        String host = GoToolchain.host(System.getProperty("os.name"), System.getProperty("os.arch"));
        InputFolders.fill(folder.resolve("inputs"), lock, host);
        expected = manifest(IMAGES.resolve("target/ness/oci/tiny"));
    }

    @Test
    void twoBuildsFillOneStoreAtTheSameTime() throws IOException, InterruptedException {
        Path store = folder.resolve("store");
        Process first = start(store, "first");
        Process second = start(store, "second");
        checkRight(first, "first");
        checkRight(second, "second");
        checkNothingLeft(store);
    }

    @Test
    void buildAfterKilledOnesIsRight() throws IOException, InterruptedException {
        long seed = Long.getLong("ness.it.seed", System.nanoTime());
        System.out.println("SharedCacheIT: -Dness.it.seed=" + seed);
        Random random = new Random(seed);
        long started = System.nanoTime();
        checkRight(start(folder.resolve("store-measured"), "measured"), "measured");
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        int killed = 0;
        for (int i = 0; i < STORES; i++) {
            Path store = folder.resolve("store-" + i);
            for (int kill = 0; kill < KILLS; kill++) {
                Process build = start(store, "killed-" + i + "-" + kill);
                // What ends before its time is a build that found everything.
                if (!build.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS)) {
                    build.destroyForcibly().waitFor();
                    killed++;
                }
            }
            String name = "after-" + i;
            checkRight(start(store, name), name);
            checkNothingLeft(store);
        }
        System.out.println("SharedCacheIT: killed " + killed + " builds, each within " + whole + " ms");
        assertThat(killed).as("seed %d", seed).isPositive();
    }

    private Process start(Path store, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TinyBuild.class.getName(),
                        IMAGES.toString(),
                        folder.resolve("inputs").toString(),
                        store.toString(),
                        folder.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
    }

    private void checkRight(Process build, String name) throws IOException, InterruptedException {
        try {
            assertThat(build.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", name)
                    .isTrue();
            assertThat(build.exitValue()).as(Files.readString(log(name))).isZero();
        } finally {
            build.destroyForcibly();
        }
        assertThat(manifest(folder.resolve(name))).as(name).isEqualTo(expected);
    }

    /** A store that is open cleans what dead processes left; one that was closed leaves nothing of its own. */
    private static void checkNothingLeft(Path store) throws IOException {
        for (String kind : List.of("pending", "scratch", "sessions")) {
            try (Stream<Path> left = Files.list(store.resolve(kind))) {
                assertThat(left).as(kind).isEmpty();
            }
        }
    }

    private static Sha256 manifest(Path layout) throws IOException {
        return OciLayoutReader.read(layout)
                .index()
                .require(layout.toString(), TinyBuild.PLATFORM)
                .descriptor()
                .digest();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
