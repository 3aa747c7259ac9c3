package network.privateness.reproducible.compress;

import java.util.Arrays;

/**
 * Literals and matches on their way into Deflate blocks; decides where a block ends.
 *
 * <p>They come in parts. A part joins the block before it unless two blocks, each with codes of its own, are expected to
 * be smaller than one.
 */
final class Tokens {

    /** Tokens of a part; a part is ended by the first token from here on that does not belong to a better match. */
    static final int PART = 4096;

    private static final int PARTS_PER_BLOCK = 16;

    /** What one more block costs: its header, in bits, as Entropy counts. */
    private static final long BLOCK_COST = 900L << Entropy.SCALE;

    /** A match with all that it replaced, or left out positions, may stand behind a part that is almost full. */
    private static final int SLACK = Symbols.MAX_LENGTH;

    private final BlockWriter writer = new BlockWriter();

    /** Literals as 0 to 255, matches as {@code 1 << 31 | length << 16 | distance}. */
    private final int[] tokens = new int[(PARTS_PER_BLOCK + 1) * (PART + SLACK)];

    private final int[] literals = new int[Symbols.LITERALS_AND_LENGTHS];
    private final int[] distances = new int[Symbols.DISTANCES];
    private final int[] partLiterals = new int[Symbols.LITERALS_AND_LENGTHS];
    private final int[] partDistances = new int[Symbols.DISTANCES];

    private byte[] bytes;
    private int blockFrom;
    private int partFrom;
    private int size;
    private int partStart;
    private int parts;

    /** Begins with input of which the first block starts at a position. */
    void start(byte[] input, int from) {
        bytes = input;
        blockFrom = from;
        partFrom = from;
        size = 0;
        partStart = 0;
        parts = 0;
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
        Arrays.fill(partLiterals, 0);
        Arrays.fill(partDistances, 0);
    }

    void literal(byte value) {
        int literal = value & 0xff;
        tokens[size++] = literal;
        partLiterals[literal]++;
    }

    /** @param match {@code length << 16 | distance} */
    void match(int match) {
        tokens[size++] = 1 << 31 | match;
        partLiterals[Symbols.ofLength(match >>> 16)]++;
        partDistances[Symbols.ofDistance(match & 0xffff)]++;
    }

    boolean isPartFull() {
        return size - partStart >= PART;
    }

    /** Ends a part, whose input goes up to a position; this may write the block before it. */
    void endPart(BitSink sink, int to) {
        if (parts == PARTS_PER_BLOCK || parts > 0 && bitsApart() < bitsTogether()) {
            writer.write(sink, tokens, partStart, literals, distances, bytes, blockFrom, partFrom);
            System.arraycopy(tokens, partStart, tokens, 0, size - partStart);
            size -= partStart;
            blockFrom = partFrom;
            parts = 0;
            Arrays.fill(literals, 0);
            Arrays.fill(distances, 0);
        }
        join(literals, partLiterals);
        join(distances, partDistances);
        partFrom = to;
        partStart = size;
        parts++;
    }

    private long bitsTogether() {
        return Entropy.bits(literals, partLiterals) + Entropy.bits(distances, partDistances);
    }

    private long bitsApart() {
        return Entropy.bits(literals)
                + Entropy.bits(distances)
                + Entropy.bits(partLiterals)
                + Entropy.bits(partDistances)
                + BLOCK_COST;
    }

    private static void join(int[] frequencies, int[] part) {
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] += part[i];
            part[i] = 0;
        }
    }

    /** Writes what is left, after the last part's end. */
    void finish(BitSink sink, int to) {
        if (size > 0) {
            writer.write(sink, tokens, size, literals, distances, bytes, blockFrom, to);
        }
        bytes = null;
    }
}
