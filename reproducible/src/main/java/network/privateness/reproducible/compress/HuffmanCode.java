package network.privateness.reproducible.compress;

import java.util.Arrays;

/** A prefix code with limited code lengths, made from frequencies; equal frequencies are ordered by symbol. */
final class HuffmanCode {

    private static final int SYMBOL_BITS = 9;
    private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

    private final int maxLength;
    private final long[] byFrequency;
    private final int[] tree;
    private final int[] perLength;
    private final int[] lengths;
    private final int[] codes;

    /**
     * @param symbols the size of the alphabet, at most 512
     * @param maxLength the longest code in bits, at most 15, and enough for that alphabet
     */
    HuffmanCode(int symbols, int maxLength) {
        this.maxLength = maxLength;
        byFrequency = new long[symbols];
        tree = new int[symbols];
        perLength = new int[symbols + maxLength];
        lengths = new int[symbols];
        codes = new int[symbols];
    }

    /** The canonical code with these lengths, one per symbol. */
    static HuffmanCode ofLengths(int[] lengths) {
        var code = new HuffmanCode(lengths.length, 15);
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            code.lengths[symbol] = lengths[symbol];
            code.perLength[lengths[symbol]]++;
        }
        code.assignCodes();
        return code;
    }

    /** Makes the code for these frequencies, one per symbol; 0 means that the symbol needs no code. */
    void build(int[] frequencies) {
        int used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            lengths[symbol] = 0;
            if (frequencies[symbol] != 0) {
                byFrequency[used++] = (long) frequencies[symbol] << SYMBOL_BITS | symbol;
            }
        }
        // Two codes at least: some decoders refuse a code that leaves bit patterns without a meaning.
        for (int symbol = 0; used < 2; symbol++) {
            if (frequencies[symbol] == 0) {
                byFrequency[used++] = symbol;
            }
        }
        Arrays.sort(byFrequency, 0, used);
        countLengths(used);
        limitLengths();
        int next = 0;
        for (int length = maxLength; length > 0; length--) {
            for (int i = perLength[length]; i > 0; i--) {
                lengths[(int) byFrequency[next++] & SYMBOL_MASK] = length;
            }
        }
        assignCodes();
    }

    /** How many codes of each length Huffman's algorithm gives; in place, two queues in one array. */
    private void countLengths(int used) {
        // tree[i] is first the weight of inner node i, then, once that has a parent, the parent's index.
        int leaf = 0;
        int inner = 0;
        for (int made = 0; made < used - 1; made++) {
            long weight = 0;
            for (int child = 0; child < 2; child++) {
                if (inner == made || leaf < used && byFrequency[leaf] >> SYMBOL_BITS <= tree[inner]) {
                    weight += byFrequency[leaf++] >> SYMBOL_BITS;
                } else {
                    weight += tree[inner];
                    tree[inner++] = made;
                }
            }
            tree[made] = (int) weight;
        }
        Arrays.fill(perLength, 0);
        // From the root down: an inner node's depth, then two places one deeper, taken back for each inner child.
        int root = used - 2;
        tree[root] = 0;
        perLength[1] = 2;
        for (int node = root - 1; node >= 0; node--) {
            int depth = tree[tree[node]] + 1;
            tree[node] = depth;
            perLength[depth]--;
            perLength[depth + 1] += 2;
        }
    }

    /** Moves codes that are too long up to the limit, and pays for their room by lengthening others. */
    private void limitLengths() {
        int room = 0;
        for (int length = maxLength + 1; length < perLength.length; length++) {
            perLength[maxLength] += perLength[length];
            perLength[length] = 0;
        }
        for (int length = 1; length <= maxLength; length++) {
            room += perLength[length] << maxLength - length;
        }
        for (; room > 1 << maxLength; room--) {
            int length = maxLength - 1;
            while (perLength[length] == 0) {
                length--;
            }
            // One code goes one deeper and takes one code of the greatest length as its sibling.
            perLength[length]--;
            perLength[length + 1] += 2;
            perLength[maxLength]--;
        }
    }

    /** Canonical codes (RFC 1951, 3.2.2), each with its bits reversed, as the stream wants them. */
    private void assignCodes() {
        int[] next = new int[maxLength + 2];
        for (int length = 1; length <= maxLength; length++) {
            next[length + 1] = next[length] + perLength[length] << 1;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length == 0) {
                codes[symbol] = 0;
            } else {
                codes[symbol] = Integer.reverse(next[length]++) >>> Integer.SIZE - length;
            }
        }
    }

    /** The code's length in bits, 0 for a symbol without one. */
    int length(int symbol) {
        return lengths[symbol];
    }

    /** The code, first bit lowest. */
    int code(int symbol) {
        return codes[symbol];
    }

    /** The number of symbols up to the last one that has a code, but at least {@code least}. */
    int used(int least) {
        int used = lengths.length;
        while (used > least && lengths[used - 1] == 0) {
            used--;
        }
        return used;
    }

    /** How many bits all symbols take together, without extra bits. */
    long cost(int[] frequencies) {
        long bits = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            bits += (long) frequencies[symbol] * lengths[symbol];
        }
        return bits;
    }
}
