package network.privateness.reproducible.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit is a guard against a hang, not a measurement. */
@Timeout(120)
class FrozenGzipOutputStreamTest {

    private static final String INCOMPLETE = "compression failed before, so the stream is incomplete";

    private final List<Thread> threads = new ArrayList<>();
    private final ThreadFactory recording = task -> {
        var thread = new Thread(task);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    };

    @Test
    void headerAndTrailerAreThoseOfOneMember() throws Exception {
        // CRC-32 and length of nothing are 0; the only block is empty, in fixed codes and the last.
        assertThat(Corpus.compress(new byte[0], 1))
                .isEqualTo(
                        new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 258, 259, 4095, 4096, 32_767, 32_768, 32_769, 65_536})
    void allSizesSurvive(int size) throws Exception {
        byte[] bytes = Corpus.mixed(size, size);
        assertThat(Corpus.decompress(Corpus.compress(bytes, 1))).isEqualTo(bytes);
        byte[] run = new byte[size];
        assertThat(Corpus.decompress(Corpus.compress(run, 1))).isEqualTo(run);
    }

    @Test
    void threadsHaveNoInfluence() throws Exception {
        byte[] bytes = Corpus.mixed(1, 9 * Piece.CAPACITY + 777);
        byte[] one = Corpus.compress(bytes, 1);
        assertThat(Corpus.decompress(one)).isEqualTo(bytes);
        for (int count : new int[] {2, 3, 16, 1000}) {
            assertThat(Corpus.compress(bytes, count)).as("%d threads", count).isEqualTo(one);
        }
    }

    @Test
    void sizesOfCallsHaveNoInfluence() throws Exception {
        byte[] bytes = Corpus.mixed(2, 2 * Piece.CAPACITY + 333);
        byte[] whole = Corpus.compress(bytes, 1);
        var singly = new ByteArrayOutputStream();
        try (var gzip = new FrozenGzipOutputStream(singly, 2)) {
            for (byte b : bytes) {
                gzip.write(b);
            }
        }
        assertThat(singly.toByteArray()).isEqualTo(whole);
        long seed = 99;
        var random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            var out = new ByteArrayOutputStream();
            try (var gzip = new FrozenGzipOutputStream(out, 1 + round)) {
                for (int at = 0; at < bytes.length; ) {
                    int length = Math.min(bytes.length - at, random.nextInt(1 << 4 + random.nextInt(18)));
                    gzip.write(bytes, at, length);
                    at += length;
                    if (random.nextInt(10) == 0) {
                        gzip.flush();
                    }
                }
            }
            assertThat(out.toByteArray()).as("seed %d, round %d", seed, round).isEqualTo(whole);
        }
    }

    @Test
    void aMatchMayReachBackOverTheBorderOfPieces() throws Exception {
        byte[] bytes = Corpus.matchOverBorder(3);
        // 32,768 bytes that come again cost next to nothing, all others are random and stored.
        assertThat(Corpus.compress(bytes, 2)).hasSizeLessThan(bytes.length - 32_000);
    }

    @Test
    void finishLeavesTheStreamBelowOpenAndCloseClosesIt() throws Exception {
        var out = new Recorder(Integer.MAX_VALUE);
        var gzip = new FrozenGzipOutputStream(out, 2);
        gzip.write('x');
        gzip.finish();
        assertThat(out.closed).isZero();
        int size = out.size();
        gzip.finish();
        assertThatIOException().isThrownBy(() -> gzip.write('y')).withMessage("the stream is finished");
        gzip.close();
        gzip.close();
        assertThat(out.closed).isEqualTo(1);
        assertThat(out.size()).isEqualTo(size);
        assertThatIOException().isThrownBy(() -> gzip.write('y')).withMessage("the stream is finished");
        assertThat(Corpus.decompress(out.toByteArray())).containsExactly('x');
    }

    @Test
    void noThreadOutlivesClose() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = gzip(out, 4, BlockDeflater::new)) {
            gzip.write(new byte[12 * Piece.CAPACITY]);
        }
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }

    @Test
    @SuppressWarnings("resource")
    void aForgottenStreamsThreadsEndByThemselves() throws Exception {
        gzip(new ByteArrayOutputStream(), 3, BlockDeflater::new).write(new byte[7 * Piece.CAPACITY]);
        assertThat(threads).isNotEmpty();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    @SuppressWarnings("resource")
    void aSmallStreamStartsNoThread() throws Exception {
        gzip(new ByteArrayOutputStream(), 3, BlockDeflater::new).write(new byte[Piece.CAPACITY - 1]);
        assertThat(threads).isEmpty();
    }

    @Test
    void tablesAreMadeOncePerThreadAndAtMost16Times() throws Exception {
        for (int count : new int[] {1, 2, 1000}) {
            var made = new AtomicInteger();
            try (var gzip = gzip(OutputStream.nullOutputStream(), count, () -> {
                made.incrementAndGet();
                return new BlockDeflater();
            })) {
                gzip.write(new byte[40 * Piece.CAPACITY]);
            }
            assertThat(made.get()).isBetween(1, Math.min(count, FrozenGzipOutputStream.MAX_THREADS));
        }
    }

    @Test
    void withoutThreadsTheCallerCompresses() throws Exception {
        byte[] bytes = Corpus.mixed(4, 3 * Piece.CAPACITY + 5);
        var out = new ByteArrayOutputStream();
        ThreadFactory none = task -> new Thread(task) {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        try (var gzip = new FrozenGzipOutputStream(out, 4, BlockDeflater::new, none)) {
            gzip.write(bytes);
        }
        assertThat(out.toByteArray()).isEqualTo(Corpus.compress(bytes, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void aFailureOfCompressionIsAnIOException(int count) {
        var cause = new IllegalStateException("table");
        Crew.Work failing = (bytes, from, to, sink) -> {
            throw cause;
        };
        assertFails(count, () -> failing, cause, "compression failed: java.lang.IllegalStateException: table");
        var noMemory = new OutOfMemoryError("heap");
        assertFails(
                count,
                () -> {
                    throw noMemory;
                },
                noMemory,
                "compression failed: java.lang.OutOfMemoryError: heap");
    }

    private void assertFails(int count, Supplier<Crew.Work> work, Throwable cause, String message) {
        var out = new Recorder(Integer.MAX_VALUE);
        var gzip = gzip(out, count, work);
        assertThatIOException()
                .isThrownBy(() -> gzip.write(new byte[30 * Piece.CAPACITY]))
                .withMessage(message)
                .withCause(cause);
        assertIncomplete(gzip, out);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void aFailureBelowComesThroughAndLeavesNoTrailer(int count) {
        for (int room : new int[] {0, 10, 5000}) {
            var out = new Recorder(room);
            var gzip = gzip(out, count, BlockDeflater::new);
            assertThatIOException()
                    .isThrownBy(() -> gzip.write(new byte[30 * Piece.CAPACITY]))
                    .withMessage("disk full");
            assertIncomplete(gzip, out);
        }
    }

    private void assertIncomplete(FrozenGzipOutputStream gzip, Recorder out) {
        int size = out.size();
        assertThatIOException().isThrownBy(() -> gzip.write(0)).withMessage(INCOMPLETE);
        assertThatIOException().isThrownBy(gzip::flush).withMessage(INCOMPLETE);
        assertThatIOException().isThrownBy(gzip::finish).withMessage(INCOMPLETE);
        assertThatIOException().isThrownBy(gzip::close).withMessage(INCOMPLETE);
        assertThat(out.size()).isEqualTo(size);
        assertThat(out.closed).isEqualTo(1);
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        var gate = new CountDownLatch(1);
        var out = new Recorder(Integer.MAX_VALUE);
        var gzip = gzip(out, 2, () -> (bytes, from, to, sink) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> gzip.write(new byte[30 * Piece.CAPACITY]))
                .withMessage("interrupted while compressing");
        gate.countDown();
        assertIncomplete(gzip, out);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void threadsBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrozenGzipOutputStream(OutputStream.nullOutputStream(), 0))
                .withMessage("threads must be at least 1, but is 0");
    }

    private FrozenGzipOutputStream gzip(OutputStream out, int count, Supplier<? extends Crew.Work> work) {
        return new FrozenGzipOutputStream(out, count, work, recording);
    }

    /** Takes so many bytes and no more. */
    private static final class Recorder extends ByteArrayOutputStream {

        private final int room;
        private int closed;

        Recorder(int room) {
            this.room = room;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > room - count) {
                throw sneaky(new IOException("disk full"));
            }
            super.write(bytes, offset, length);
        }

        /** ByteArrayOutputStream declares no IOException. */
        @SuppressWarnings("unchecked")
        private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
            throw (E) e;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
