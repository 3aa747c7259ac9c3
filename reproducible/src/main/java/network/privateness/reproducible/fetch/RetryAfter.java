package network.privateness.reproducible.fetch;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> read(HttpHeaders headers, Clock clock) {
        return headers.firstValue("Retry-After").flatMap(text -> parse(text.strip(), clock));
    }

    private static Optional<Duration> parse(String text, Clock clock) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
