package network.privateness.reproducible.compress;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Compresses pieces by several threads. A thread ends as soon as nothing waits, so that none is left when the stream is
 * forgotten rather than closed.
 */
final class Crew {

    /** Compression of one piece, with tables that are used again. */
    @FunctionalInterface
    interface Work {
        void deflate(byte[] bytes, int from, int to, BitSink sink);
    }

    private final int threads;
    private final Supplier<? extends Work> newWork;
    private final ThreadFactory newThread;

    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final Deque<Work> idle = new ArrayDeque<>();
    private final List<Thread> started = new ArrayList<>();

    /** Threads that will look for a waiting piece before they end. */
    private int active;

    Crew(int threads, Supplier<? extends Work> newWork, ThreadFactory newThread) {
        this.threads = threads;
        this.newWork = newWork;
        this.newThread = newThread;
    }

    /** Compresses a piece: now, by the caller, when this is a crew of one, else soon. */
    void submit(Piece piece) {
        if (threads == 1) {
            work(piece);
            return;
        }
        if (!queue(piece)) {
            work(piece);
        }
    }

    /** Leaves a piece to the threads, or returns false when the machine has no thread for it. */
    private synchronized boolean queue(Piece piece) {
        if (active < threads) {
            started.removeIf(thread -> !thread.isAlive());
            Thread thread = newThread.newThread(this::workOn);
            try {
                thread.start();
                started.add(thread);
                active++;
            } catch (OutOfMemoryError e) {
                // Java's way to say that a limit of threads is reached; fewer threads make the same bytes.
                if (active == 0) {
                    return false;
                }
            }
        }
        waiting.add(piece);
        return true;
    }

    /** Waits until a submitted piece is compressed. */
    synchronized void await(Piece piece) throws InterruptedIOException {
        try {
            while (!piece.isDone()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        }
    }

    /** Forgets what waits, and returns when no thread is left; a thread ends after its present piece. */
    void disband() {
        List<Thread> left;
        synchronized (this) {
            waiting.clear();
            left = List.copyOf(started);
        }
        boolean interrupted = false;
        for (Thread thread : left) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        synchronized (this) {
            started.clear();
            idle.clear();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOn() {
        for (Piece piece = take(); piece != null; piece = take()) {
            work(piece);
        }
    }

    private synchronized Piece take() {
        Piece piece = waiting.poll();
        if (piece == null) {
            active--;
        }
        return piece;
    }

    private void work(Piece piece) {
        Throwable failure = null;
        try {
            Work work = takeIdle();
            if (work == null) {
                work = newWork.get();
            }
            piece.compress(work);
            giveBack(work);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        synchronized (this) {
            piece.markDone(failure);
            notifyAll();
        }
    }

    private synchronized Work takeIdle() {
        return idle.poll();
    }

    private synchronized void giveBack(Work work) {
        idle.add(work);
    }
}
