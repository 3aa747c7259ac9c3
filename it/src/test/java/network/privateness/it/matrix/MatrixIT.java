package network.privateness.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The determinism matrix over the images of {@code it/images}; {@code -Pmatrix} runs it over all images. */
final class MatrixIT {

    /** Shared, so that the disturbed sources are compiled once. */
    @TempDir
    static Path work;

    @Test
    void oneSetOfDigests() throws IOException, InterruptedException {
        String set = Boolean.getBoolean("ness.it.matrix.all") ? "--all" : "--fixtures";
        assertThat(MatrixScript.run(List.of(set))).isZero();
    }

    /** A matrix that can't fail proves nothing: each broken rule must make it differ, and only a broken one. */
    @ParameterizedTest
    @CsvSource({"none, 0", "clock, 1", "order, 1", "umask, 1", "manifest, 1"})
    void catchesDisturbance(String disturbance, int exit) throws IOException, InterruptedException {
        assertThat(MatrixScript.run(List.of("--disturb", disturbance, "--work", work.toString())))
                .isEqualTo(exit);
    }
}
