package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class BlockDeflaterTest {

    private final BlockDeflater deflater = new BlockDeflater();

    @Test
    void theGreatestDistanceIsUsedAndNoneBeyondIt() throws Exception {
        byte[] near = Corpus.pattern(Corpus.random(1, 32_768), 65_536);
        assertThat(roundTrip(near, 0)).hasSizeBetween(32_768, 34_000);
        byte[] far = Corpus.pattern(Corpus.random(1, 32_769), 65_538);
        assertThat(roundTrip(far, 0)).hasSizeGreaterThan(65_538);
    }

    @Test
    void theDictionaryIsUsedUpToItsFirstByte() throws Exception {
        byte[] twice = Corpus.pattern(Corpus.random(2, 32_768), 65_536);
        assertThat(roundTrip(twice, 32_768)).hasSizeLessThan(1000);
    }

    @Test
    void longRunsTakeTheLongestMatches() throws Exception {
        // 258 bytes in two bits per match, as a zlib of the highest level has it: 1 MiB in about a kilobyte.
        assertThat(roundTrip(new byte[1 << 20], 0)).hasSizeLessThan(1100);
    }

    @Test
    void everyLengthOfRunSurvives() throws Exception {
        for (int length = 0; length < 600; length++) {
            byte[] run = new byte[length + 2];
            run[0] = 1;
            run[length + 1] = 2;
            roundTrip(run, 0);
            roundTrip(run, run.length / 3);
        }
    }

    @Test
    void everyDistanceSurvives() throws Exception {
        byte[] marker = Corpus.random(3, 8);
        for (int distance = 8; distance <= 32_768 + 8; distance += distance < 600 ? 1 : 997) {
            byte[] bytes = Corpus.random(4, distance + 8);
            System.arraycopy(marker, 0, bytes, 0, 8);
            System.arraycopy(marker, 0, bytes, distance, 8);
            roundTrip(bytes, 0);
        }
        for (int bit = 8; bit <= 32_768; bit <<= 1) {
            for (int distance = bit - 1; distance <= bit + 1; distance++) {
                roundTrip(Corpus.pattern(Corpus.random(5, distance), distance + 300), 0);
            }
        }
    }

    @Test
    void incompressibleInputIsStored() throws Exception {
        byte[] bytes = Corpus.random(6, 100_000);
        assertThat(roundTrip(bytes, 0).length - bytes.length).isBetween(1, 100);
    }

    @Test
    void shortInputUsesFixedCodes() throws Exception {
        byte[] one = roundTrip(new byte[] {'a'}, 0);
        // Bits 0 (not last), 01 (fixed), literal 0x91 and 0000000 (end), then an empty stored block up to a byte
        // border.
        assertThat(one).isEqualTo(new byte[] {0x4a, 0x04, 0x00, 0x00, 0x00, (byte) 0xff, (byte) 0xff});
    }

    @Test
    void nothingBecomesNothing() throws Exception {
        assertThat(roundTrip(new byte[0], 0)).isEmpty();
    }

    @Test
    void codesThatWouldBeTooLongAreLimited() throws Exception {
        roundTrip(Corpus.fibonacci(7, 24), 0);
    }

    @Test
    void bytesBehindTheInputAndEarlierPiecesHaveNoInfluence() throws Exception {
        for (int length = 1; length < 3000; length = length * 5 / 4 + 1) {
            byte[] input = Corpus.mixed(length, length);
            byte[] clean = deflate(input, 0, length, (byte) 0, new BlockDeflater());
            for (byte garbage : new byte[] {input[length - 1], input[0], -1}) {
                assertThat(deflate(input, 0, length, garbage, deflater)).isEqualTo(clean);
            }
            // Padding that goes on just as the input would.
            byte[] run = new byte[length];
            assertThat(deflate(run, 0, length, (byte) 0, deflater))
                    .isEqualTo(deflate(run, 0, length, (byte) 1, new BlockDeflater()));
        }
    }

    @Test
    void randomMixturesSurviveAndFitTheirBound() throws Exception {
        long seed = 20_261_121;
        var random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            int length = 1 + random.nextInt(1 << 4 + random.nextInt(14));
            byte[] bytes = random.nextBoolean()
                    ? Corpus.mixed(random.nextLong(), length)
                    : Corpus.fewSymbols(random.nextLong(), length, 1 + random.nextInt(256));
            int from = random.nextInt(1 + Math.min(length, 32_768));
            assertThat(roundTrip(bytes, from).length)
                    .as("seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(BlockDeflater.maxCompressed(length - from));
        }
    }

    /** Compresses what follows a dictionary, checks it with zlib, and returns it. */
    private byte[] roundTrip(byte[] bytes, int from) throws Exception {
        byte[] compressed = deflate(bytes, from, bytes.length, (byte) 0, deflater);
        byte[] back = new byte[bytes.length - from];
        var inflater = new Inflater(true);
        try {
            if (from > 0) {
                inflater.setDictionary(bytes, 0, from);
            }
            inflater.setInput(compressed);
            int size = 0;
            while (size < back.length) {
                int more = inflater.inflate(back, size, back.length - size);
                assertThat(more).as("bytes after %d", size).isPositive();
                size += more;
            }
            assertThat(inflater.inflate(new byte[1])).isZero();
            assertThat(inflater.getRemaining()).isZero();
        } finally {
            inflater.end();
        }
        assertThat(back).isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
        return compressed;
    }

    private static byte[] deflate(byte[] bytes, int from, int to, byte padding, BlockDeflater deflater)
            throws Exception {
        byte[] padded = Arrays.copyOf(bytes, to + BlockDeflater.PADDING);
        Arrays.fill(padded, to, padded.length, padding);
        var sink = new BitSink(BlockDeflater.maxCompressed(to - from));
        deflater.deflate(padded, from, to, sink);
        var out = new ByteArrayOutputStream();
        sink.writeTo(out);
        return out.toByteArray();
    }
}
