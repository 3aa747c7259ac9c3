package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static Optional<Duration> read(String value) {
        return RetryAfter.read(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, text) -> true), CLOCK);
    }

    @Test
    void secondsOrADate() {
        assertThat(read("0")).contains(Duration.ZERO);
        assertThat(read(" 120 ")).contains(Duration.ofSeconds(120));
        assertThat(read("Thu, 01 Jan 2026 00:01:00 GMT")).contains(Duration.ofMinutes(1));
        assertThat(read("Wed, 31 Dec 2025 00:00:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    void anythingElseIsIgnored() {
        for (String value : List.of("", "-1", "1.5", "soon", "99999999999", "Fri, 01 Jan 2026 00:01:00 GMT")) {
            assertThat(read(value)).as(value).isEmpty();
        }
    }

    @Test
    void mutatedDatesNeverThrow() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String value = MirrorsTest.mutate("Thu, 01 Jan 2026 00:01:00 GMT", random);
            try {
                assertThat(read(value).orElse(Duration.ZERO).isNegative()).isFalse();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": \"" + value + "\"", e);
            }
        }
    }
}
