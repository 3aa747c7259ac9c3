package network.privateness.reproducible.compress;

import java.util.Arrays;

/** Writes Deflate blocks in whichever of the three forms of RFC 1951 is smallest. */
final class BlockWriter {

    private static final int MAX_BITS = 15;
    private static final int MAX_LENGTH_CODE_BITS = 7;
    /** The order in which the lengths of the code lengths' own codes stand (RFC 1951, 3.2.7). */
    private static final byte[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final HuffmanCode FIXED_LITERALS = fixedLiterals();
    private static final HuffmanCode FIXED_DISTANCES = fixedDistances();

    private final HuffmanCode literalCode = new HuffmanCode(Symbols.LITERALS_AND_LENGTHS, MAX_BITS);
    private final HuffmanCode distanceCode = new HuffmanCode(Symbols.DISTANCES, MAX_BITS);
    private final HuffmanCode lengthCode = new HuffmanCode(ORDER.length, MAX_LENGTH_CODE_BITS);
    private final int[] lengthFrequencies = new int[ORDER.length];
    /** Symbols of the length code, {@code extra bits' value << 8 | symbol}. */
    private final int[] runs = new int[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];

    private final int[] codeLengths = new int[runs.length];
    private int runCount;
    private int literalsSent;
    private int distancesSent;
    private int lengthsSent;

    private final int[] literalEntries = new int[256];
    private final int[] lengthEntries = new int[Symbols.MAX_LENGTH + 1];
    private final long[] distanceEntries = new long[Symbols.DISTANCES];

    private static HuffmanCode fixedLiterals() {
        int[] lengths = new int[288];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
        }
        return HuffmanCode.ofLengths(lengths);
    }

    private static HuffmanCode fixedDistances() {
        int[] lengths = new int[32];
        Arrays.fill(lengths, 5);
        return HuffmanCode.ofLengths(lengths);
    }

    void write(BitSink sink, int[] tokens, int count, int[] literals, int[] distances, byte[] bytes, int from, int to) {
        literals[Symbols.END_OF_BLOCK] = 1;
        literalCode.build(literals);
        distanceCode.build(distances);
        describeCodes();
        long extra = extraBits(literals, distances);
        long dynamic = extra + headerBits() + literalCode.cost(literals) + distanceCode.cost(distances);
        long fixed = extra + FIXED_LITERALS.cost(literals) + FIXED_DISTANCES.cost(distances);
        long stored = sink.storedBits(to - from);
        if (stored <= 3 + Math.min(dynamic, fixed)) {
            sink.stored(bytes, from, to - from);
        } else if (fixed <= dynamic) {
            sink.bits(1 << 1, 3);
            writeTokens(sink, tokens, count, FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            sink.bits(2 << 1, 3);
            writeHeader(sink);
            writeTokens(sink, tokens, count, literalCode, distanceCode);
        }
    }

    private static long extraBits(int[] literals, int[] distances) {
        long bits = 0;
        for (int symbol = Symbols.END_OF_BLOCK + 1; symbol < literals.length; symbol++) {
            bits += (long) literals[symbol] * Symbols.lengthExtraBits(symbol);
        }
        for (int symbol = 0; symbol < distances.length; symbol++) {
            bits += (long) distances[symbol] * Symbols.distanceExtraBits(symbol);
        }
        return bits;
    }

    private void describeCodes() {
        literalsSent = literalCode.used(257);
        distancesSent = distanceCode.used(1);
        int all = 0;
        for (int symbol = 0; symbol < literalsSent; symbol++) {
            codeLengths[all++] = literalCode.length(symbol);
        }
        for (int symbol = 0; symbol < distancesSent; symbol++) {
            codeLengths[all++] = distanceCode.length(symbol);
        }
        Arrays.fill(lengthFrequencies, 0);
        runCount = 0;
        for (int at = 0; at < all; ) {
            int length = codeLengths[at];
            int end = at + 1;
            while (end < all && codeLengths[end] == length) {
                end++;
            }
            int run = end - at;
            at = end;
            if (length == 0) {
                for (; run >= 11; run -= Math.min(run, 138)) {
                    run(18, Math.min(run, 138) - 11);
                }
                if (run >= 3) {
                    run(17, run - 3);
                    run = 0;
                }
            } else {
                run(length, 0);
                run--;
                for (; run >= 3; run -= Math.min(run, 6)) {
                    run(16, Math.min(run, 6) - 3);
                }
            }
            for (; run > 0; run--) {
                run(length, 0);
            }
        }
        lengthCode.build(lengthFrequencies);
        lengthsSent = ORDER.length;
        while (lengthsSent > 4 && lengthCode.length(ORDER[lengthsSent - 1]) == 0) {
            lengthsSent--;
        }
    }

    private void run(int symbol, int extra) {
        runs[runCount++] = extra << 8 | symbol;
        lengthFrequencies[symbol]++;
    }

    private static int runExtraBits(int symbol) {
        return symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
    }

    private long headerBits() {
        long bits = 5 + 5 + 4 + 3L * lengthsSent + lengthCode.cost(lengthFrequencies);
        for (int symbol = 16; symbol < ORDER.length; symbol++) {
            bits += (long) lengthFrequencies[symbol] * runExtraBits(symbol);
        }
        return bits;
    }

    private void writeHeader(BitSink sink) {
        sink.bits(literalsSent - 257, 5);
        sink.bits(distancesSent - 1, 5);
        sink.bits(lengthsSent - 4, 4);
        for (int i = 0; i < lengthsSent; i++) {
            sink.bits(lengthCode.length(ORDER[i]), 3);
        }
        for (int i = 0; i < runCount; i++) {
            int symbol = runs[i] & 0xff;
            sink.bits(lengthCode.code(symbol), lengthCode.length(symbol));
            sink.bits(runs[i] >>> 8, runExtraBits(symbol));
        }
    }

    private void writeTokens(BitSink sink, int[] tokens, int count, HuffmanCode literals, HuffmanCode distances) {
        for (int symbol = 0; symbol < literalEntries.length; symbol++) {
            literalEntries[symbol] = literals.code(symbol) << 8 | literals.length(symbol);
        }
        for (int length = Symbols.MIN_LENGTH; length <= Symbols.MAX_LENGTH; length++) {
            int symbol = Symbols.ofLength(length);
            int bits = literals.length(symbol);
            int code = literals.code(symbol) | length - Symbols.lengthBase(symbol) << bits;
            lengthEntries[length] = code << 8 | bits + Symbols.lengthExtraBits(symbol);
        }
        for (int symbol = 0; symbol < distanceEntries.length; symbol++) {
            long bits = distances.length(symbol);
            distanceEntries[symbol] = (long) Symbols.distanceBase(symbol) << 32
                    | (long) distances.code(symbol) << 16
                    | bits + Symbols.distanceExtraBits(symbol) << 8
                    | bits;
        }
        sink.tokens(tokens, count, literalEntries, lengthEntries, distanceEntries);
        sink.bits(literals.code(Symbols.END_OF_BLOCK), literals.length(Symbols.END_OF_BLOCK));
    }
}
