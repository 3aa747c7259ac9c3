package network.privateness.reproducible.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void outputAndExitCode() throws Exception {
        assertThat(ChildProcess.run("x", List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 3"), LONG))
                .isEqualTo(new ChildProcess.Result(3, "out\nerr\n"));
    }

    @Test
    void muchOutputIsCutAndDoesNotBlock() throws Exception {
        var result = ChildProcess.run("x", List.of("/bin/sh", "-c", "head -c 1000000 /dev/zero"), LONG);

        assertThat(result.exit()).isZero();
        assertThat(result.output()).hasSize(64 << 10);
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() {
        assertThatThrownBy(() -> ChildProcess.run("x", List.of("/bin/sleep", "600"), Duration.ofSeconds(1)))
                .isInstanceOf(Problem.class)
                .hasMessage("x: /bin/sleep did not end within 1 s. Next: look whether the machine is overloaded or the"
                        + " disk is full, then build again");
    }
}
