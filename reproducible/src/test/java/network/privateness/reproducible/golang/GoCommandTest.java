package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GoCommandTest {

    /** Starts a child that never ends, says its number, and waits for it. */
    private static final String FOREVER = "(while :; do :; done) & echo $! > child.new; /bin/mv child.new child; wait";

    @TempDir
    Path folder;

    @Test
    void bothOutputsAndOnlyTheirEndAreKept() throws Exception {
        GoCommand.Result result =
                command("echo out; echo err >&2; exit 3", Duration.ofMinutes(1)).run(List.of("build"));
        assertThat(result).isEqualTo(new GoCommand.Result(3, "out\nerr\n"));
        result = command("i=0; while [ $i -lt 9000 ]; do echo \"line $i\"; i=$((i+1)); done", Duration.ofMinutes(1))
                .run(List.of("build"));
        assertThat(result.output()).hasSize(1 << 16).endsWith("line 8998\nline 8999\n");
    }

    @Test
    void theWholeEnvironmentIsOurs() throws Exception {
        GoCommand.Result result = command("/usr/bin/env", Duration.ofMinutes(1)).run(List.of("build"));
        // What a shell adds by itself does not count.
        assertThat(result.output().lines())
                .filteredOn(line -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*"))
                .containsExactly("ONLY=this");
    }

    @Test
    @Timeout(60)
    void tooLongIsEnded() throws Exception {
        GoCommand command = command("while :; do :; done", Duration.ofMillis(200));
        assertThatThrownBy(() -> command.run(List.of("build")))
                .isInstanceOf(Problem.class)
                .hasMessage("go build: took longer than 200 ms and was ended."
                        + " Next: try again on a less busy machine, or allow it more time");
    }

    @Test
    @Timeout(60)
    void anInterruptEndsItAndItsChildren() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        GoCommand command = command(FOREVER, Duration.ofMinutes(10));
        Thread builder = new Thread(() -> {
            try {
                command.run(List.of("build"));
            } catch (Exception e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        builder.start();
        Path child = folder.resolve("child");
        while (!Files.exists(child) && builder.isAlive()) {
            Thread.onSpinWait();
        }
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(child).trim())).orElseThrow();
        builder.interrupt();
        builder.join();
        process.onExit().get(30, TimeUnit.SECONDS);
        assertThat(thrown.get())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while go build ran");
        assertThat(flag).isTrue();
    }

    @Test
    void whatCanNotBeStartedIsTold() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no program");
        GoCommand command = new GoCommand(text, folder, Map.of(), Duration.ofMinutes(1));
        assertThatThrownBy(() -> command.run(List.of("build")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(text + ": can't be started: ")
                .hasMessageEndingWith("Next: check that programs may run from this folder (mount option noexec)"
                        + " and fit this machine");
    }

    private GoCommand command(String script, Duration timeout) throws Exception {
        Path go = Files.writeString(folder.resolve("go"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new GoCommand(go, folder, Map.of("ONLY", "this"), timeout);
    }
}
