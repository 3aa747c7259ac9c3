package network.privateness.reproducible.golang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts as Go 1.26.8 writes them; {@link RealGoIT} has some from a real one. */
class GoFailureTest {

    private static final String WHERE = "example.org/toy@v1.0.0 (. for linux/amd64): ";

    @Test
    void missingInTheLock() {
        String output = "main.go:3:8: example.org/lib@v1.2.3: reading file:///x/y.zip: open /x/y.zip:"
                + " no such file or directory\n";
        assertThat(build(output))
                .isEqualTo("example.org/lib@v1.2.3 is needed, but not in the lock. Next: run mvn ness:lock");
        assertThat(download(output))
                .isEqualTo("example.org/lib@v1.2.3 could not be fetched: open /x/y.zip: no such file or directory."
                        + " Next: name a module proxy that has it in GOPROXY");
    }

    @Test
    void refusedByAProxy() {
        assertThat(download("go: downloading example.org/lib v1.2.3\n"
                        + "main.go:3:8: example.org/lib@v1.2.3: reading https://goproxy.example.org/lib/@v/v1.2.3.zip:"
                        + " 403 Forbidden\n\tserver response: no\n"))
                .isEqualTo("example.org/lib@v1.2.3 could not be fetched: 403 Forbidden."
                        + " Next: name a module proxy that has it in GOPROXY");
    }

    @Test
    void tampered() {
        assertThat(build("verifying example.org/lib@v1.2.3/go.mod: checksum mismatch\n"
                        + "\tdownloaded: h1:a=\n\tgo.sum:     h1:b=\n\nSECURITY ERROR\n"))
                .isEqualTo("example.org/lib@v1.2.3/go.mod has h1:a=, go.sum says h1:b=."
                        + " Next: remove it from the store, then fetch it again or check the module proxy");
        assertThat(download("verifying example.org/lib@v1.2.3: checksum mismatch\n"
                        + "\tdownloaded: h1:a=\n\tsum.example.org: h1:b=\n"))
                .isEqualTo("example.org/lib@v1.2.3 has h1:a=, sum.example.org says h1:b=."
                        + " Next: remove it from the store, then fetch it again or check the module proxy");
    }

    @Test
    void tooOldAndIncomplete() {
        assertThat(build("go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)\n"))
                .isEqualTo("needs Go 1.99, the lock has Go 1.26.8."
                        + " Next: run mvn ness:lock with a newer Go toolchain");
        assertThat(build("main.go:3:8: missing go.sum entry for module providing package example.org/lib\n"))
                .isEqualTo("its go.sum is not complete: missing go.sum entry for module providing package"
                        + " example.org/lib. Next: run go mod tidy in the module's folder");
    }

    @Test
    void everythingElseIsToldAsItIs() {
        assertThat(build("./main.go:3:1: syntax error\n"))
                .isEqualTo("go ended with exit code 1: ./main.go:3:1: syntax error."
                        + " Next: read Go's message; it names the file or module");
        assertThat(build("x".repeat(3000) + "\nlast\n"))
                .isEqualTo("go ended with exit code 1: ..." + "x".repeat(1995)
                        + "\nlast. Next: read Go's message; it names the file or module");
    }

    /** The whole tail of Go's output is searched: the patterns must not try each text in ever more ways. */
    @Test
    @Timeout(30)
    void noTextIsSearchedForLong() {
        for (String output : new String[] {
            "a".repeat(1 << 16), "a@v".repeat(1 << 14), "example.org/a@v1".repeat(1 << 12) + ": reading ".repeat(100)
        }) {
            assertThat(build(output)).startsWith("go ended with exit code 1: ");
            assertThat(download(output)).startsWith("go ended with exit code 1: ");
        }
    }

    private static String build(String output) {
        return text(GoFailure.of("example.org/toy@v1.0.0", ". for linux/amd64", new GoCommand.Result(1, output))
                .getMessage());
    }

    private static String download(String output) {
        return text(GoFailure.ofDownload("example.org/toy@v1.0.0", ". for linux/amd64", new GoCommand.Result(1, output))
                .getMessage());
    }

    private static String text(String message) {
        assertThat(message).startsWith(WHERE);
        return message.substring(WHERE.length());
    }
}
