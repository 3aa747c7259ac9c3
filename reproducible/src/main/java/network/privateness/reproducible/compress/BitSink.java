package network.privateness.reproducible.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bits of a Deflate stream on their way into a byte array, lowest bit first (RFC 1951, 3.1.1). */
final class BitSink {

    /** Eight bytes of an array as one number, first byte lowest, whatever the machine's own order. */
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_STORED = 0xffff;

    private final byte[] bytes;
    private int size;
    private long pending;
    private int pendingBits;

    /** @param capacity the most bytes that will be written; the caller answers for it */
    BitSink(int capacity) {
        bytes = new byte[capacity + Long.BYTES];
    }

    /** Forgets all that was written. */
    void clear() {
        size = 0;
        pending = 0;
        pendingBits = 0;
    }

    /** Adds the lowest {@code count} bits of value, count 0 to 56; the bits above them must be 0. */
    void bits(long value, int count) {
        long word = pending | value << pendingBits;
        int filled = pendingBits + count;
        LONG.set(bytes, size, word);
        size += filled >>> 3;
        pending = word >>> (filled & 56);
        pendingBits = filled & 7;
    }

    /** How many bits the next byte already has, 0 to 7. */
    int pendingBits() {
        return pendingBits;
    }

    /** How many bits stored blocks for so many bytes would take here. */
    long storedBits(int length) {
        int blocks = Math.max(1, (length + MAX_STORED - 1) / MAX_STORED);
        // The first block's three bits and padding depend on where it begins, each other one takes a whole byte.
        return (3 + pendingBits + 7 & ~7) - pendingBits + 8L * (blocks - 1) + 32L * blocks + 8L * length;
    }

    /** Stored blocks with these bytes, one empty block for none; leaves the sink on a byte border. */
    void stored(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        do {
            int part = Math.min(left, MAX_STORED);
            bits(0, 3);
            bits(0, -pendingBits & 7);
            bits((long) (~part & 0xffff) << 16 | part, 32);
            System.arraycopy(source, from, bytes, size, part);
            size += part;
            from += part;
            left -= part;
        } while (left > 0);
    }

    /**
     * Writes tokens in the codes of one Huffman block; this is the innermost loop, so it keeps the state in locals.
     *
     * @param literals code of each literal, {@code code << 8 | bits}
     * @param lengths code and extra bits of each match length, {@code code << 8 | bits}
     * @param distances of each distance symbol, {@code base << 32 | code << 16 | all bits << 8 | bits of the code}
     */
    void tokens(int[] tokens, int count, int[] literals, int[] lengths, long[] distances) {
        byte[] to = bytes;
        int at = size;
        long word = pending;
        int filled = pendingBits;
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (token >= 0) {
                int literal = literals[token];
                word |= (long) (literal >>> 8) << filled;
                filled += literal & 0xff;
            } else {
                int distance = token & 0xffff;
                int length = lengths[token >>> 16 & 0x1ff];
                word |= (long) (length >>> 8) << filled;
                filled += length & 0xff;
                long code = distances[Symbols.ofDistance(distance)];
                word |= (code >>> 16 & 0xffff | distance - (code >>> 32) << (code & 0xff)) << filled;
                filled += (int) code >>> 8 & 0xff;
            }
            LONG.set(to, at, word);
            at += filled >>> 3;
            word >>>= filled & 56;
            filled &= 7;
        }
        size = at;
        pending = word;
        pendingBits = filled;
    }

    /** How many whole bytes there are. */
    int size() {
        return size;
    }

    /** Hands the whole bytes on. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }
}
