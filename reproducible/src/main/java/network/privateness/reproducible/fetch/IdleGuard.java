package network.privateness.reproducible.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Ends the reading of a stream on which nothing came for a while: a blocked read has no time limit of its own. */
final class IdleGuard extends FilterInputStream {

    private final ScheduledExecutorService clock;
    private final AtomicLong reads = new AtomicLong();
    private final Duration idle;
    private volatile boolean ended;
    private long before = -1;

    IdleGuard(InputStream in, Duration idle) {
        super(in);
        this.idle = idle;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ness-idle");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(this::look, idle.toMillis(), idle.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = reads.get();
        if (now == before || before < 0 && now == 0) {
            ended = true;
            try {
                in.close();
            } catch (IOException e) {
                // The reader is told in any case.
            }
        }
        before = now;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw ended ? timeout() : e;
        }
        if (ended) {
            throw timeout();
        }
        reads.incrementAndGet();
        return read;
    }

    private HttpTimeoutException timeout() {
        return new HttpTimeoutException("nothing came for " + Texts.seconds(idle));
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        super.close();
    }
}
