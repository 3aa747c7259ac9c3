package network.privateness.reproducible.definition;

import java.time.Duration;
import java.util.List;

/**
 * How an engine asks whether the container is alive.
 *
 * @param test Docker's form: {@code CMD} and the arguments
 * @param interval between two checks
 * @param timeout of one check
 * @param startPeriod in which failures do not count
 * @param retries failures in a row until the container counts as unhealthy
 */
public record Healthcheck(List<String> test, Duration interval, Duration timeout, Duration startPeriod, int retries) {

    /** @throws IllegalArgumentException if the test has not Docker's form */
    public Healthcheck {
        test = List.copyOf(test);
        if (test.size() < 2 || !test.get(0).equals("CMD")) {
            throw new IllegalArgumentException(
                    "the health check " + test + " must be [CMD, program, arguments...]; a shell is not needed");
        }
    }
}
