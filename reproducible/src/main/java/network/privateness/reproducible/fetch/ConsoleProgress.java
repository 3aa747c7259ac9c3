package network.privateness.reproducible.fetch;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Progress for people. On a terminal one line that is written again and again; elsewhere a line now and then, however many
 * items there are, and one with the totals at the end.
 */
public final class ConsoleProgress implements Progress, Closeable {

    private static final Duration REWRITE = Duration.ofMillis(100);

    private final Consumer<String> out;
    private final InstantSource clock;
    private final Duration every;
    private final int columns;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private Instant last;
    private int started;
    private int finished;
    private long doneBytes;
    private boolean lineOpen;
    private boolean told = true;

    private static final class Item {
        private long total;
        private long done;
    }

    private ConsoleProgress(Consumer<String> out, InstantSource clock, Duration every, int columns) {
        this.out = out;
        this.clock = clock;
        this.every = every;
        this.columns = columns;
        this.last = clock.instant();
    }

    /**
     * Plain lines, for CI.
     *
     * @param lines gets each line, without a line end
     * @param every how much time is between two lines at least
     */
    public static ConsoleProgress plain(Consumer<String> lines, InstantSource clock, Duration every) {
        return new ConsoleProgress(lines, clock, every, 0);
    }

    /**
     * One line that is rewritten.
     *
     * @param terminal gets texts to be written as they are, control characters included
     * @param columns the terminal's width, at least 20
     */
    public static ConsoleProgress terminal(Consumer<String> terminal, InstantSource clock, int columns) {
        return new ConsoleProgress(terminal, clock, REWRITE, Math.max(20, columns));
    }

    @Override
    public synchronized void started(String what, long bytes) {
        Item item = new Item();
        item.total = bytes;
        items.put(what, item);
        started++;
        tell();
    }

    @Override
    public synchronized void advanced(String what, long bytes) {
        Item item = items.get(what);
        if (item != null) {
            item.done += bytes;
            doneBytes += bytes;
            tell();
        }
    }

    @Override
    public synchronized void finished(String what) {
        Item item = items.remove(what);
        if (item == null) {
            return;
        }
        finished++;
        if (columns > 0 && items.isEmpty()) {
            // Nothing stays of the line but an empty one.
            out.accept("\r\u001b[K");
            lineOpen = false;
        } else {
            tell();
        }
    }

    /** Tells the totals of what was not told yet. */
    @Override
    public synchronized void close() {
        if (!told && columns == 0) {
            out.accept(totals());
            told = true;
        }
    }

    private void tell() {
        Instant now = clock.instant();
        told = false;
        if (Duration.between(last, now).compareTo(every) < 0 && (columns == 0 || lineOpen)) {
            return;
        }
        last = now;
        told = true;
        if (columns == 0) {
            // The one that began first is the one that takes longest.
            out.accept(totals()
                    + items.entrySet().stream()
                            .findFirst()
                            .map(item -> "; " + Texts.printable(item.getKey()) + percent(item.getValue()))
                            .orElse(""));
            return;
        }
        StringBuilder line = new StringBuilder(totals());
        items.forEach(
                (name, item) -> line.append("; ").append(Texts.printable(name)).append(percent(item)));
        out.accept("\r" + (line.length() < columns ? line : line.substring(0, columns - 1)) + "\u001b[K");
        lineOpen = true;
    }

    private String totals() {
        return finished + " of " + started + " fetched, " + megabytes(doneBytes);
    }

    private static String percent(Item item) {
        return item.total <= 0 ? " " + megabytes(item.done) : " " + 100 * item.done / item.total + " %";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
