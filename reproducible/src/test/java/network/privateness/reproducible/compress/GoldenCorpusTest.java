package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private static final String SMALL = "small-inputs";

    @Test
    void compressedBytesAreThoseOfLayoutVersion1() throws Exception {
        Map<String, String> golden = golden();
        Map<String, byte[]> inputs = Corpus.golden();
        List<String> names = new ArrayList<>(inputs.keySet());
        names.add(SMALL);
        assertThat(golden.keySet()).containsExactlyElementsOf(names);
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            byte[] compressed = Corpus.compress(input.getValue(), 2);
            assertThat(Corpus.decompress(compressed)).as(input.getKey()).isEqualTo(input.getValue());
            check(golden, input.getKey(), input.getValue(), compressed);
        }
    }

    @Test
    void choicesBetweenBlocksOfLikeSizeAreThoseOfLayoutVersion1() throws Exception {
        List<byte[]> inputs = Corpus.small();
        var joined = new ByteArrayOutputStream();
        for (byte[] input : inputs) {
            joined.write(input);
        }
        check(golden(), SMALL, joined.toByteArray(), Corpus.deflate(inputs));
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        try (var in = GoldenCorpusTest.class.getResourceAsStream("golden.txt")) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .forEach(line -> lines.put(line.substring(0, line.indexOf(' ')), line));
        }
        return lines;
    }

    private static void check(Map<String, String> golden, String name, byte[] input, byte[] compressed) {
        String made = name + " " + describe(input);
        assertThat(golden.get(name))
                .as("the generator of input %s has changed", name)
                .startsWith(made);
        assertThat(made + " " + describe(compressed))
                .as(
                        "layoutVersion 1 is frozen, but the compressed bytes of %s have changed, and with them every layer"
                                + " digest ever published: take the change back, or make it a new layoutVersion beside"
                                + " this one",
                        name)
                .isEqualTo(golden.get(name));
    }

    private static String describe(byte[] bytes) {
        return bytes.length + " " + Sha256.of(bytes).hex();
    }
}
