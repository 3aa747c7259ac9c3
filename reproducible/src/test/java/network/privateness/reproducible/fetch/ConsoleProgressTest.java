package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final List<String> out = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final InstantSource clock = () -> now;

    @Test
    void plainLinesNowAndThenAndTotalsAtTheEnd() {
        ConsoleProgress progress = ConsoleProgress.plain(out::add, clock, Duration.ofSeconds(10));
        progress.started("a.deb", 3_000_000);
        progress.started("b\u001b.zip", -1);
        progress.advanced("a.deb", 1_250_000);
        now = now.plusSeconds(9);
        progress.advanced("b\u001b.zip", 50_000);
        assertThat(out).isEmpty();
        now = now.plusSeconds(1);
        progress.advanced("a.deb", 1_750_000);
        progress.finished("a.deb");
        now = now.plusSeconds(9);
        progress.advanced("b\u001b.zip", 1);
        progress.finished("b\u001b.zip");
        progress.finished("unknown");
        progress.advanced("unknown", 1);
        assertThat(out).containsExactly("0 of 2 fetched, 3.1 MB; a.deb 100 %");
        now = now.plusSeconds(1);
        progress.started("c.zip", 10);
        progress.finished("c.zip");
        progress.close();
        progress.close();
        assertThat(out)
                .containsExactly(
                        "0 of 2 fetched, 3.1 MB; a.deb 100 %",
                        "2 of 3 fetched, 3.1 MB; c.zip 0 %",
                        "3 of 3 fetched, 3.1 MB");
    }

    @Test
    void manyItemsAreFewLines() {
        ConsoleProgress progress = ConsoleProgress.plain(out::add, clock, Duration.ofSeconds(5));
        for (int item = 0; item < 250; item++) {
            now = now.plusMillis(100);
            progress.started("module " + item, 1_000_000);
            progress.advanced("module " + item, 1_000_000);
            progress.finished("module " + item);
        }
        progress.close();
        assertThat(out).hasSize(6).last().isEqualTo("250 of 250 fetched, 250.0 MB");
    }

    @Test
    void nothingFetchedNothingTold() {
        ConsoleProgress.plain(out::add, clock, Duration.ofSeconds(5)).close();
        assertThat(out).isEmpty();
    }

    @Test
    void oneLineIsRewrittenOnATerminal() {
        Progress progress = ConsoleProgress.terminal(out::add, clock, 60);
        progress.started("a.deb", 3_000_000);
        now = now.plusMillis(99);
        progress.advanced("a.deb", 1_000_000);
        now = now.plusMillis(1);
        progress.advanced("a.deb", 500_000);
        progress.started("b.zip", -1);
        now = now.plusMillis(100);
        progress.finished("a.deb");
        progress.finished("b.zip");
        assertThat(out)
                .containsExactly(
                        "\r0 of 1 fetched, 0.0 MB; a.deb 0 %\u001b[K",
                        "\r0 of 1 fetched, 1.5 MB; a.deb 50 %\u001b[K",
                        "\r1 of 2 fetched, 1.5 MB; b.zip 0.0 MB\u001b[K",
                        "\r\u001b[K");
    }

    @Test
    void theLineNeverBreaks() {
        Progress progress = ConsoleProgress.terminal(out::add, clock, 30);
        progress.started("a-name-that-is-longer-than-the-terminal", 10);
        assertThat(out).containsExactly("\r0 of 1 fetched, 0.0 MB; a-nam\u001b[K");
        assertThat(out.get(0).replaceAll("\r|\u001b\\[K", "")).hasSize(29);
    }
}
