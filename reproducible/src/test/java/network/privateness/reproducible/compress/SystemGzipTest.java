package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GNU gzip, which has an inflate of its own, reads what we write and finds nothing wrong or left over. */
class SystemGzipTest {

    @Test
    void gzipReadsAllGoldenInputs(@TempDir Path folder) throws Exception {
        for (Map.Entry<String, byte[]> input : Corpus.golden().entrySet()) {
            Path file = folder.resolve("x.gz");
            Files.write(file, Corpus.compress(input.getValue(), 2));
            assertThat(gzip(folder, "-t", file)).as(input.getKey()).isEmpty();
            assertThat(gzip(folder, "-dc", file)).as(input.getKey()).isEqualTo(input.getValue());
        }
    }

    private static byte[] gzip(Path folder, String option, Path file) throws Exception {
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        Process process;
        try {
            process = new ProcessBuilder(List.of("gzip", option, file.toString()))
                    .redirectOutput(out.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            return abort("SKIPPED: this machine has no gzip program, so its reading of our bytes is not checked: " + e);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("gzip ends").isTrue();
        assertThat(Files.readString(errors)).isEmpty();
        assertThat(process.exitValue()).isZero();
        return Files.readAllBytes(out);
    }
}
