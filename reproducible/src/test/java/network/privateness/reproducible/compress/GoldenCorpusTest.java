package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.digest.Sha256;
import org.junit.jupiter.api.Test;

/**
 * Compressed bytes never change.
 *
 * <p>Each line of {@code golden.txt} has an input's name, size and digest, then its compressed form's size and digest. The
 * input's digest is there to tell a changed generator from a changed compressor.
 */
class GoldenCorpusTest {

    @Test
    void compressedBytesAreThoseOfLayoutVersion1() throws Exception {
        List<String> golden;
        try (var in = getClass().getResourceAsStream("golden.txt")) {
            golden = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (String line : golden) {
            names.add(line.substring(0, line.indexOf(' ')));
        }
        Map<String, byte[]> inputs = Corpus.golden();
        assertThat(inputs.keySet()).containsExactlyElementsOf(names);
        for (String line : golden) {
            String name = line.substring(0, line.indexOf(' '));
            byte[] input = inputs.get(name);
            byte[] compressed = Corpus.compress(input, 2);
            assertThat(Corpus.decompress(compressed)).as(name).isEqualTo(input);
            assertThat(line).as("the generator of input %s has changed", name).startsWith(name + " " + describe(input));
            assertThat(name + " " + describe(input) + " " + describe(compressed))
                    .as(
                            "layoutVersion 1 is frozen, but the compressed bytes of %s have changed, and with them every"
                                    + " layer digest ever published: take the change back, or make it a new layoutVersion"
                                    + " beside this one",
                            name)
                    .isEqualTo(line);
        }
    }

    private static String describe(byte[] bytes) {
        return bytes.length + " " + Sha256.of(bytes).hex();
    }
}
