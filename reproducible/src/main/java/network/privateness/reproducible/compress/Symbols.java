package network.privateness.reproducible.compress;

/** The alphabets of Deflate: which symbol, with how many extra bits, stands for a length or a distance (RFC 1951, 3.2.5). */
final class Symbols {

    /** Literals 0 to 255, end of block 256, lengths 257 to 285. */
    static final int LITERALS_AND_LENGTHS = 286;

    static final int END_OF_BLOCK = 256;
    static final int DISTANCES = 30;
    static final int MIN_LENGTH = 3;
    static final int MAX_LENGTH = 258;
    static final int MAX_DISTANCE = 32768;

    private static final short[] LENGTH_SYMBOL = new short[MAX_LENGTH + 1];
    private static final short[] LENGTH_BASE = new short[LITERALS_AND_LENGTHS];
    private static final byte[] LENGTH_EXTRA = new byte[LITERALS_AND_LENGTHS];

    /** Distances up to 256 directly, above by their upper bits: all symbols above 15 have 7 extra bits or more. */
    private static final byte[] DISTANCE_SYMBOL = new byte[512];

    private static final int[] DISTANCE_BASE = new int[DISTANCES];
    private static final byte[] DISTANCE_EXTRA = new byte[DISTANCES];

    static {
        int length = MIN_LENGTH;
        for (int symbol = 257; symbol < 285; symbol++) {
            int extra = symbol < 265 ? 0 : (symbol - 261) >> 2;
            LENGTH_BASE[symbol] = (short) length;
            LENGTH_EXTRA[symbol] = (byte) extra;
            for (int end = length + (1 << extra); length < end; length++) {
                LENGTH_SYMBOL[length] = (short) symbol;
            }
        }
        LENGTH_BASE[285] = MAX_LENGTH;
        LENGTH_SYMBOL[MAX_LENGTH] = 285;
        int distance = 1;
        for (int symbol = 0; symbol < DISTANCES; symbol++) {
            int extra = symbol < 4 ? 0 : (symbol - 2) >> 1;
            DISTANCE_BASE[symbol] = distance;
            DISTANCE_EXTRA[symbol] = (byte) extra;
            for (int end = distance + (1 << extra); distance < end; distance++) {
                DISTANCE_SYMBOL[index(distance)] = (byte) symbol;
            }
        }
    }

    private Symbols() {}

    private static int index(int distance) {
        return distance <= 256 ? distance - 1 : 256 + (distance - 1 >>> 7);
    }

    static int ofLength(int length) {
        return LENGTH_SYMBOL[length];
    }

    static int lengthBase(int symbol) {
        return LENGTH_BASE[symbol];
    }

    static int lengthExtraBits(int symbol) {
        return LENGTH_EXTRA[symbol];
    }

    static int ofDistance(int distance) {
        return DISTANCE_SYMBOL[index(distance)];
    }

    static int distanceBase(int symbol) {
        return DISTANCE_BASE[symbol];
    }

    static int distanceExtraBits(int symbol) {
        return DISTANCE_EXTRA[symbol];
    }
}
