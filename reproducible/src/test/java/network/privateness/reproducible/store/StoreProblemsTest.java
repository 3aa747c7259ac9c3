package network.privateness.reproducible.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProblemsTest {

    private static final String OTHER = "choose a folder that can be written with -Dness.store=DIR";

    @TempDir
    Path temporary;

    private static void assertRefused(Path folder, String message) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ContentStore.open(folder).close())
                .withMessage(message);
    }

    @Test
    void aNewerVersionsFolderIsLeftAlone() throws Exception {
        Path marker = Files.writeString(temporary.resolve("version"), "ness store 2\n");
        assertRefused(
                temporary,
                marker.toRealPath() + ": the store was written by a newer version (\"ness store 2\", this one knows 1)."
                        + " Next: use that newer version, or choose another folder with -Dness.store=DIR");
        assertThat(temporary.toFile().list()).containsExactly("version");
    }

    @Test
    void aMarkerThatIsNoneIsRefused() throws Exception {
        Path marker = Files.writeString(temporary.resolve("version"), "1.0\u001b[2J");
        assertRefused(
                temporary,
                marker.toRealPath() + ": \"1.0?[2J\" is not the marker of a store (\"ness store 1\")."
                        + " Next: choose another folder with -Dness.store=DIR, or delete this one if nothing else is in it");
    }

    @Test
    void randomMarkersAreAcceptedOnlyIfTheyAreOurs() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] marker = "ness store 1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            marker[random.nextInt(marker.length)] = (byte) random.nextInt();
            Files.write(temporary.resolve("version"), marker);
            boolean ours = new String(marker, java.nio.charset.StandardCharsets.UTF_8)
                    .strip()
                    .equals("ness store 1");
            if (ours) {
                ContentStore.open(temporary).close();
            } else {
                assertThatExceptionOfType(Problem.class)
                        .as("seed %d, round %d", seed, i)
                        .isThrownBy(() -> ContentStore.open(temporary).close());
            }
        }
    }

    @Test
    void aFolderOfSomeoneElseIsNotTakenOver() throws Exception {
        Files.writeString(temporary.resolve("thesis.tex"), "x");
        assertRefused(
                temporary,
                temporary.toRealPath() + ": the folder is not empty (\"thesis.tex\") and not a store."
                        + " Next: choose an empty or new folder with -Dness.store=DIR");
        assertThat(temporary.toFile().list()).containsExactly("thesis.tex");
    }

    @Test
    void aFolderThatAKilledProcessBeganIsTakenOver() throws Exception {
        Files.writeString(temporary.resolve(".version-0"), "ness");
        Files.writeString(temporary.resolve("CACHEDIR.TAG"), "");
        assertThatCode(() -> ContentStore.open(temporary).close()).doesNotThrowAnyException();
    }

    @Test
    void aLinkToAFolderIsAFolder() throws Exception {
        Path target = Files.createDirectory(temporary.resolve("target"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);
        try (ContentStore store = ContentStore.open(link)) {
            assertThat(store.folder()).isEqualTo(target.toRealPath());
        }
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertRefused(
                file,
                file + ": the store needs a folder here, but something else is in the way (" + file + "). Next: "
                        + OTHER);
        Path below = file.resolve("store");
        assertRefused(
                below,
                below + ": the store needs a folder here, but something else is in the way (" + below
                        + ": Not a directory). Next: " + OTHER);
    }

    @Test
    void somethingInTheWayInsideIsNamed() throws Exception {
        try (ContentStore store = ContentStore.open(temporary)) {
            Sha256 digest = Sha256.of("x");
            Path prefix =
                    temporary.toRealPath().resolve("blobs").resolve(digest.hex().substring(0, 2));
            Files.writeString(prefix, "");
            Pending pending = store.begin();
            try (pending) {
                pending.write('x');
                assertThatExceptionOfType(Problem.class)
                        .isThrownBy(pending::commit)
                        .withMessageStartingWith(temporary.toRealPath()
                                + ": the store needs a folder here, but something else is in the way (" + prefix);
            }
        }
    }

    @Test
    void aReadOnlyFolderIsNamed() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("store"));
        mount(folder, "ro,size=1m");
        try {
            assertRefused(
                    folder, folder + ": the store's folder can't be written (Read-only file system). Next: " + OTHER);
        } finally {
            run("umount", folder.toString());
        }
    }

    @Test
    void aFullDiskIsNamedWithWhatIsLeft() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("store"));
        mount(folder, "size=1m");
        try (ContentStore store = ContentStore.open(folder)) {
            Pending pending = store.begin();
            try (pending) {
                assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> {
                            for (int i = 0; i < 32; i++) {
                                pending.write(new byte[1 << 16]);
                            }
                            pending.commit();
                        })
                        .matches(problem -> problem.where().equals(folder.toString())
                                && problem.what().matches("the disk is full \\([0-9]{1,6} bytes free\\)")
                                && problem.next()
                                        .equals("free some space, for example with `mvn ness:prune`, or choose"
                                                + " another folder with -Dness.store=DIR"));
            }
            assertThat(folder.resolve("pending")).isEmptyDirectory();
            try (Pending small = store.begin()) {
                small.write('x');
                assertThat(small.commit()).hasContent("x");
            }
        } finally {
            run("umount", folder.toString());
        }
    }

    private static void mount(Path folder, String options) throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        if (!mounted) {
            System.err.println("SKIPPED: no tmpfs can be mounted here, so a full or read-only disk is not tested");
        }
        assumeTrue(mounted, "mounting a tmpfs needs root");
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
