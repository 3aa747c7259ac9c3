package network.privateness.reproducible.compress;

import java.io.IOException;
import java.io.OutputStream;

/** A part of the input with the dictionary before it, and what became of it. One thread at a time has it. */
final class Piece {

    /** Bytes of input per piece. Smaller ones lose matches and time at their borders, larger ones keep cores idle. */
    static final int CAPACITY = 1 << 20;

    private final byte[] bytes = new byte[Symbols.MAX_DISTANCE + CAPACITY + BlockDeflater.PADDING];
    private final BitSink sink = new BitSink(BlockDeflater.maxCompressed(CAPACITY));
    private int from;
    private int to;

    /** Set by the thread that compressed, read by the one that waited for it. */
    private boolean done;

    private Throwable failure;

    /** Empties this piece; its dictionary is the end of the piece before it, or nothing at the stream's begin. */
    void startAfter(Piece previous) {
        int dictionary = 0;
        if (previous != null) {
            dictionary = Math.min(previous.to, Symbols.MAX_DISTANCE);
            System.arraycopy(previous.bytes, previous.to - dictionary, bytes, 0, dictionary);
        }
        from = dictionary;
        to = dictionary;
        done = false;
        failure = null;
    }

    /** Takes input, as much as there is room for, and returns how much that was. */
    int add(byte[] source, int offset, int length) {
        int taken = Math.min(length, from + CAPACITY - to);
        System.arraycopy(source, offset, bytes, to, taken);
        to += taken;
        return taken;
    }

    boolean isFull() {
        return to - from == CAPACITY;
    }

    boolean isEmpty() {
        return to == from;
    }

    void compress(Crew.Work work) {
        sink.clear();
        work.deflate(bytes, from, to, sink);
    }

    /** Ends compression; a reason why it failed, or null, is kept for {@link #writeTo}. */
    void markDone(Throwable reason) {
        failure = reason;
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** Hands the compressed bytes on, or tells why there are none. */
    void writeTo(OutputStream out) throws IOException {
        if (failure != null) {
            throw new IOException("compression failed: " + failure, failure);
        }
        sink.writeTo(out);
    }
}
