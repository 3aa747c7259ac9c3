package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {

    @Test
    void moreFrequentSymbolsHaveShorterCodes() {
        var code = new HuffmanCode(4, 15);
        code.build(new int[] {1, 10, 2, 5});
        assertThat(lengths(code, 4)).containsExactly(3, 1, 3, 2);
        // Canonical 10 for symbol 3 and 110, 111 for 0 and 2, each with its first bit lowest.
        assertThat(new int[] {code.code(0), code.code(1), code.code(2), code.code(3)})
                .containsExactly(0b011, 0b0, 0b111, 0b01);
    }

    @Test
    void equalFrequenciesAreOrderedBySymbol() {
        var code = new HuffmanCode(3, 15);
        code.build(new int[] {1, 1, 1});
        assertThat(lengths(code, 3)).containsExactly(2, 2, 1);
    }

    @Test
    void thereAreAlwaysTwoCodes() {
        var code = new HuffmanCode(5, 7);
        code.build(new int[5]);
        assertThat(lengths(code, 5)).containsExactly(1, 1, 0, 0, 0);
        code.build(new int[] {0, 0, 9, 0, 0});
        assertThat(lengths(code, 5)).containsExactly(1, 0, 1, 0, 0);
        code.build(new int[] {3, 0, 0, 0, 0});
        assertThat(lengths(code, 5)).containsExactly(1, 1, 0, 0, 0);
    }

    @Test
    void fibonacciFrequenciesMeetTheLimit() {
        for (int limit : new int[] {7, 15}) {
            int symbols = limit == 7 ? 19 : 30;
            int[] frequencies = new int[symbols];
            for (int symbol = 0; symbol < symbols; symbol++) {
                frequencies[symbol] = symbol < 2 ? 1 : frequencies[symbol - 1] + frequencies[symbol - 2];
            }
            var code = new HuffmanCode(symbols, limit);
            code.build(frequencies);
            assertThat(longest(code, symbols)).isEqualTo(limit);
            assertPrefixCode(code, symbols);
        }
    }

    @Test
    void randomCodesAreCompleteAndAsShortAsHuffmans() {
        long seed = 4711;
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int symbols = 2 + random.nextInt(285);
            int[] frequencies = new int[symbols];
            int used = 0;
            for (int symbol = 0; symbol < symbols; symbol++) {
                frequencies[symbol] = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1 << random.nextInt(16));
                used += frequencies[symbol] == 0 ? 0 : 1;
            }
            if (used < 2) {
                continue;
            }
            var code = new HuffmanCode(symbols, 15);
            code.build(frequencies);
            assertPrefixCode(code, symbols);
            long best = huffmanCost(frequencies);
            if (longest(code, symbols) < 15) {
                assertThat(code.cost(frequencies))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(best);
            } else {
                assertThat(code.cost(frequencies))
                        .as("seed %d, round %d", seed, round)
                        .isBetween(best, best * 102 / 100);
            }
        }
    }

    private static long huffmanCost(int[] frequencies) {
        var queue = new PriorityQueue<Long>();
        for (int frequency : frequencies) {
            if (frequency != 0) {
                queue.add((long) frequency);
            }
        }
        long cost = 0;
        while (queue.size() > 1) {
            long joined = queue.remove() + queue.remove();
            cost += joined;
            queue.add(joined);
        }
        return cost;
    }

    private static int[] lengths(HuffmanCode code, int symbols) {
        int[] lengths = new int[symbols];
        for (int symbol = 0; symbol < symbols; symbol++) {
            lengths[symbol] = code.length(symbol);
        }
        return lengths;
    }

    private static int longest(HuffmanCode code, int symbols) {
        int longest = 0;
        for (int length : lengths(code, symbols)) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** Every bit pattern has exactly one meaning: marks all 15-bit words that begin with each code. */
    private static void assertPrefixCode(HuffmanCode code, int symbols) {
        int[] meanings = new int[1 << 15];
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = code.length(symbol);
            for (int rest = 0; length > 0 && rest < 1 << 15 - length; rest++) {
                meanings[rest << length | code.code(symbol)]++;
            }
        }
        assertThat(Arrays.stream(meanings).allMatch(count -> count == 1)).isTrue();
    }
}
