package network.privateness.reproducible.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Compresses into one gzip member (RFC 1952) whose bytes depend on the input alone: not on the machine, the Java
 * runtime, the number of threads, nor on how the input is cut into calls. The bytes are those of {@code layoutVersion 1}
 * for ever.
 *
 * <p>The header is {@code 1f 8b 08 00 00 00 00 00 00 ff}: no name, no time, unknown system. Input is compressed in pieces
 * of 1 MiB, each with the 32 KiB before it as dictionary, by as many threads as allowed. The stream holds up to
 * three more pieces than threads, 2.1 MiB each, and 0.8 MiB of tables per thread: 12 MiB with 2 threads, 52 MiB with 16.
 * Threads start with the first whole piece and end when nothing is to be done, so a stream that is forgotten leaks none.
 *
 * <p>A failure, be it of the stream below or of a compressing thread, is an {@link IOException}; from then on every call
 * fails, and no trailer is written, so that nobody takes the rest for a whole. Not for use by several threads at once.
 */
public final class FrozenGzipOutputStream extends OutputStream {

    /** More threads than these are not used: they would cost memory, and the writer could not feed them. */
    static final int MAX_THREADS = 16;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** The last Deflate block, empty and in fixed codes: no piece needs to know that it is the last one. */
    private static final byte[] LAST_BLOCK = {3, 0};

    private final OutputStream out;
    private final Crew crew;
    private final int mostInFlight;
    private final CRC32 crc = new CRC32();
    private final Deque<Piece> inFlight = new ArrayDeque<>();
    private final Deque<Piece> free = new ArrayDeque<>();

    private Piece filling = new Piece();
    private int size;
    private boolean started;

    /** True also while a call is under way, so that one that does not return normally leaves it so. */
    private boolean broken;

    private boolean finished;
    private boolean closed;

    /**
     * @param out receives the compressed bytes, in the calling thread only
     * @param threads how many threads may compress, at least 1; with 1 it is the calling thread that compresses
     */
    public FrozenGzipOutputStream(OutputStream out, int threads) {
        this(out, threads, BlockDeflater::new, FrozenGzipOutputStream::newThread);
    }

    FrozenGzipOutputStream(
            OutputStream out, int threads, Supplier<? extends Crew.Work> newWork, ThreadFactory newThread) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
        }
        this.out = Objects.requireNonNull(out, "out");
        int used = Math.min(threads, MAX_THREADS);
        crew = new Crew(used, newWork, newThread);
        mostInFlight = used == 1 ? 0 : used + 1;
        filling.startAfter(null);
    }

    private static Thread newThread(Runnable task) {
        var thread = new Thread(task, "frozen-gzip");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checkSound();
        if (finished) {
            throw new IOException("the stream is finished");
        }
        broken = true;
        crc.update(bytes, offset, length);
        size += length;
        for (int at = offset, end = offset + length; at < end; ) {
            at += filling.add(bytes, at, end - at);
            if (filling.isFull()) {
                submit();
            }
        }
        broken = false;
    }

    /** Flushes the stream below. What waits for a whole piece stays: to cut it here would change the bytes. */
    @Override
    public void flush() throws IOException {
        checkSound();
        out.flush();
    }

    /** Writes all that is left and the trailer, and leaves the stream below open. A second call does nothing. */
    public void finish() throws IOException {
        checkSound();
        if (finished) {
            return;
        }
        broken = true;
        if (!filling.isEmpty()) {
            submit();
        }
        while (!inFlight.isEmpty()) {
            writeOldest();
        }
        start();
        out.write(LAST_BLOCK);
        out.write(littleEndian((int) crc.getValue()));
        out.write(littleEndian(size));
        release();
        broken = false;
        finished = true;
    }

    /** Finishes, waits for the last thread's end, and closes the stream below, even after a failure. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            finish();
        } finally {
            release();
        }
    }

    private void checkSound() throws IOException {
        if (broken) {
            throw new IOException("compression failed before, so the stream is incomplete");
        }
    }

    private void submit() throws IOException {
        Piece full = filling;
        Piece next = free.isEmpty() ? new Piece() : free.remove();
        next.startAfter(full);
        filling = next;
        inFlight.add(full);
        crew.submit(full);
        while (inFlight.size() > mostInFlight) {
            writeOldest();
        }
    }

    private void writeOldest() throws IOException {
        start();
        Piece oldest = inFlight.remove();
        crew.await(oldest);
        oldest.writeTo(out);
        free.add(oldest);
    }

    private void start() throws IOException {
        if (!started) {
            started = true;
            out.write(HEADER);
        }
    }

    /** Ends all threads and lets go of all memory. */
    private void release() {
        crew.disband();
        inFlight.clear();
        free.clear();
        filling = null;
    }

    private static byte[] littleEndian(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
    }
}
