package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import network.privateness.reproducible.store.Pending;

/** Writes a response's body into a pending file, no more than allowed, and gives up on servers that dawdle. */
final class Body implements Flow.Subscriber<List<ByteBuffer>> {

    /** A server that sends less than this in an idle time is taken for dead; it may be keeping us on purpose. */
    private static final long LEAST_BYTES = 1024;

    private final Pending target;
    private final long limit;
    private final LongConsumer advanced;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private boolean stopped;
    private long received;

    Body(Pending target, long limit, LongConsumer advanced) {
        this.target = target;
        this.limit = limit;
        this.advanced = advanced;
    }

    /** More bytes came than there may be. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The local disk failed, not the server. */
    static final class DiskFailure extends IOException {
        private static final long serialVersionUID = 1L;

        DiskFailure(IOException cause) {
            super(cause);
        }
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (stopped) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        if (stopped) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                write(buffer);
            }
            subscription.request(1);
        } catch (IOException | RuntimeException e) {
            stopped = true;
            subscription.cancel();
            done.completeExceptionally(e);
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        if (length > limit - target.size()) {
            throw new TooLong();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        try {
            target.write(bytes);
        } catch (IOException e) {
            throw new DiskFailure(e);
        }
        received += length;
        advanced.accept(length);
    }

    @Override
    public synchronized void onError(Throwable e) {
        stopped = true;
        done.completeExceptionally(e);
    }

    @Override
    public synchronized void onComplete() {
        stopped = true;
        done.complete(null);
    }

    private synchronized long received() {
        return received;
    }

    /** After this nothing is written any more. */
    synchronized void stop() {
        stopped = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /**
     * Waits for the end.
     *
     * @throws HttpTimeoutException if next to nothing came for the idle time
     */
    void await(Duration idle) throws IOException, InterruptedException {
        try {
            for (long before = 0; ; ) {
                try {
                    done.get(idle.toMillis(), TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    long now = received();
                    if (now - before < LEAST_BYTES) {
                        throw new HttpTimeoutException(
                                "only " + (now - before) + " bytes came in " + Texts.seconds(idle));
                    }
                    before = now;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            stop();
        }
    }
}
