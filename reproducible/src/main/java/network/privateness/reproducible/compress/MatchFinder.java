package network.privateness.reproducible.compress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds earlier occurrences of the bytes at a position.
 *
 * <p>Positions whose next four bytes have the same hash form a chain over the last 32 KiB, nearest first. For matches of
 * three bytes only the last such position is kept: they pay at short distances only.
 */
final class MatchFinder {

    /** How many bytes from a position on must be input for that position to be made known. */
    static final int HASHED = 4;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** 256 KiB of heads: larger is faster where the cache is large, slower where it is not. */
    private static final int HASH_BITS = 16;

    private static final int SHORT_HASH_BITS = 14;

    /** Fibonacci hashing: 2^32 divided by the golden ratio. */
    private static final int HASH_FACTOR = 0x9E3779B1;

    /** The greatest distance at which three bytes as a match are taken rather than three literals. */
    private static final int SHORT_MATCH_DISTANCE = 1024;

    /** From this length on a match is good enough to stop looking. */
    private static final int NICE_LENGTH = 128;

    private static final int MASK = Symbols.MAX_DISTANCE - 1;

    /** Farther than any match may be, from any position. */
    private static final int NOWHERE = -0x10000;

    private final int[] head = new int[1 << HASH_BITS];

    /** How far before a position the previous one with the same hash is; 65535 for at least that far. */
    private final char[] back = new char[Symbols.MAX_DISTANCE];

    private final int[] shortHead = new int[1 << SHORT_HASH_BITS];

    /** Forgets all positions. */
    void clear() {
        Arrays.fill(head, NOWHERE);
        Arrays.fill(shortHead, NOWHERE);
    }

    private static int hash(int word) {
        return word * HASH_FACTOR >>> Integer.SIZE - HASH_BITS;
    }

    /** Makes positions known, from one up to another, which is not included; empty when {@code to <= from}. */
    void insert(byte[] bytes, int from, int to) {
        int[] heads = head;
        char[] backs = back;
        for (int at = from; at < to; at++) {
            int slot = hash((int) INT.get(bytes, at));
            backs[at & MASK] = (char) Math.min(at - heads[slot], 0xffff);
            heads[slot] = at;
        }
    }

    /**
     * Makes a position known and finds the longest match there, the nearest one of equal length.
     *
     * @param bytes the input, with 16 readable bytes behind it, which have no influence
     * @param best only matches longer than this count: 2, or 3 to most
     * @param most the longest allowed match, at least 4
     * @param tries how many positions of the chain may be looked at, at least 1
     * @return {@code length << 16 | distance}, or 0 when there is none
     */
    int find(byte[] bytes, int at, int best, int most, int tries) {
        int word = (int) INT.get(bytes, at);
        int slot = hash(word);
        int candidate = head[slot];
        char[] backs = back;
        head[slot] = at;
        backs[at & MASK] = (char) Math.min(at - candidate, 0xffff);
        int found = best == 2 ? findShort(bytes, at, word << 8) : 0;
        int lowest = at - Symbols.MAX_DISTANCE;
        if (candidate < lowest) {
            return found;
        }
        int longest = Math.max(best, Symbols.MIN_LENGTH);
        int left = tries;
        // The four bytes that end one byte beyond the best match: a longer match must have them too.
        int tail = (int) INT.get(bytes, at + longest - 3);
        do {
            if ((int) INT.get(bytes, candidate + longest - 3) == tail && (int) INT.get(bytes, candidate) == word) {
                int length = Math.min(commonLength(bytes, candidate, at, most), most);
                if (length > longest) {
                    longest = length;
                    found = length << 16 | at - candidate;
                    if (length >= NICE_LENGTH || length == most) {
                        break;
                    }
                    tail = (int) INT.get(bytes, at + longest - 3);
                }
            }
            candidate -= backs[candidate & MASK];
        } while (candidate >= lowest && --left > 0);
        return found;
    }

    /** How many bytes are equal at two positions, of which four are known to be; may go up to 7 beyond most. */
    private static int commonLength(byte[] bytes, int one, int other, int most) {
        int length = HASHED;
        while (length < most) {
            long difference = (long) LONG.get(bytes, one + length) ^ (long) LONG.get(bytes, other + length);
            if (difference != 0) {
                return length + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            length += Long.BYTES;
        }
        return length;
    }

    /** As find, for three bytes, which stand in the upper part of the word. */
    private int findShort(byte[] bytes, int at, int word) {
        int slot = word * HASH_FACTOR >>> Integer.SIZE - SHORT_HASH_BITS;
        int candidate = shortHead[slot];
        shortHead[slot] = at;
        if (at - candidate <= SHORT_MATCH_DISTANCE && (int) INT.get(bytes, candidate) << 8 == word) {
            return Symbols.MIN_LENGTH << 16 | at - candidate;
        }
        return 0;
    }
}
