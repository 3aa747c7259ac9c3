package network.privateness.reproducible.oci;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the engine asks a container whether it is alive: Docker's extension {@code Healthcheck} of the image
 * configuration (moby image spec 1.2). What is absent is left to the engine: 30 s, 30 s, 0 s, 3.
 *
 * @param test {@code CMD} and the words of a command, or {@code CMD-SHELL} and one line for the image's shell
 * @param interval between two checks, at least 1 ms
 * @param timeout of one check, at least 1 ms
 * @param startPeriod after the start, in which failures don't count, at least 1 ms
 * @param retries failures in a row until the container is unhealthy, at least 1
 */
public record HealthCheck(
        List<String> test,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        OptionalInt retries) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws IllegalArgumentException if a value is outside its range */
    public HealthCheck {
        test = List.copyOf(test);
        boolean command = test.size() >= 2 && test.get(0).equals("CMD");
        boolean shell = test.size() == 2 && test.get(0).equals("CMD-SHELL");
        if (!command && !shell) {
            throw new IllegalArgumentException(
                    "the test of a health check is CMD and a command's words, or CMD-SHELL and one line, not " + test);
        }
        test.forEach(word -> Texts.check("the test of a health check", word));
        check("interval", interval);
        check("timeout", timeout);
        check("start period", startPeriod);
        if (retries.isPresent() && retries.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "the retries of a health check are at least 1, not " + retries.getAsInt());
        }
    }

    private static void check(String what, Optional<Duration> duration) {
        // Engines refuse anything shorter than a millisecond but zero, and zero means absent.
        if (duration.isPresent()
                && (duration.get().compareTo(SHORTEST) < 0 || duration.get().compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "the " + what + " of a health check is between 1 ms and 1 day, not " + duration.get());
        }
    }
}
