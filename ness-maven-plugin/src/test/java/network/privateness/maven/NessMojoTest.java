package network.privateness.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import network.privateness.reproducible.Problem;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NessMojoTest {

    @ParameterizedTest
    @ValueSource(strings = {"Windows 11", "windows server 2025", "Windows NT (unknown)"})
    void windowsIsRefused(String name) {
        assertThatThrownBy(() -> NessMojo.refuseWindows(name))
                .isInstanceOf(Problem.class)
                .hasMessage("build host: Windows can't hold the files that images are made of (links, modes, case)."
                        + " Next: run the build on Linux or macOS, for instance in WSL 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Darwin", ""})
    void othersAreNot(String name) {
        assertThatCode(() -> NessMojo.refuseWindows(name)).doesNotThrowAnyException();
    }

    /** Locales turn the I of WINDOWS into another letter. */
    @Test
    void theUsersLanguageDoesNotCount() {
        java.util.Locale before = java.util.Locale.getDefault();
        java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
        try {
            assertThatThrownBy(() -> NessMojo.refuseWindows("WINDOWS")).isInstanceOf(Problem.class);
        } finally {
            java.util.Locale.setDefault(before);
        }
    }

    @Test
    void problemsAreToldInOneLineWithoutTheirTrace() {
        assertFailure(
                () -> {
                    throw new Problem("a.yaml:3:1", "unknown key \"x\"", "remove it", new IOException("cause"));
                },
                "a.yaml:3:1: unknown key \"x\". Next: remove it");
    }

    @Test
    void failuresOfTheDiskAreToldAsProblems() {
        assertFailure(
                () -> {
                    throw new IOException("/store/blob: No space left on device");
                },
                "input or output: the disk is full. Next: free some space (mvn ness:prune shrinks the store) or move the"
                        + " store with -Dness.store=DIR");
        assertFailure(
                () -> {
                    throw new AccessDeniedException("/images/target");
                },
                "/images/target: the file can't be written or read."
                        + " Next: correct its permissions, or set -Dness.store=DIR");
        assertFailure(
                () -> {
                    throw new NoSuchFileException("/images/x");
                },
                "/images/x: the file is missing. Next: restore it and run the command again");
        assertFailure(
                () -> {
                    throw new IOException("connection reset");
                },
                "input or output: connection reset. Next: run the command again with -X for the details");
    }

    @Test
    void whatIsInTheWayIsTold() {
        assertFailure(
                () -> {
                    throw new java.nio.file.FileAlreadyExistsException("/images/target/ness");
                },
                "/images/target/ness: something else is in its place."
                        + " Next: remove it, or choose another folder for the goal");
        assertFailure(
                () -> {
                    throw new java.nio.file.DirectoryNotEmptyException("/images/target");
                },
                "/images/target: DirectoryNotEmptyException. Next: run the command again with -X for the details");
        assertFailure(
                () -> {
                    throw new java.io.UncheckedIOException(new NoSuchFileException("/images/x"));
                },
                "/images/x: the file is missing. Next: restore it and run the command again");
    }

    @Test
    void skippedGoalDoesNothing() throws Exception {
        NessMojo mojo = new NessMojo() {
            @Override
            void run() {
                throw new AssertionError("it ran");
            }
        };
        var skip = NessMojo.class.getDeclaredField("skip");
        skip.setAccessible(true);
        skip.set(mojo, true);
        assertThatCode(mojo::execute).doesNotThrowAnyException();
    }

    @Test
    void anInterruptedGoalStaysInterrupted() {
        assertFailure(
                () -> {
                    throw new InterruptedException();
                },
                "interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void assertFailure(Callable<Void> work, String message) {
        NessMojo mojo = new NessMojo() {
            @Override
            void run() throws IOException, InterruptedException {
                try {
                    work.call();
                } catch (IOException | InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
        // Traces go to the debug log, which this test's own output need not show.
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void debug(Throwable error) {}
        });
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(message)
                .hasNoCause();
    }
}
