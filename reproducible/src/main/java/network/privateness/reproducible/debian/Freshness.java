package network.privateness.reproducible.debian;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;

/**
 * How old an InRelease may be. An archive that is older than its own {@code Valid-Until} may be an old state that
 * someone replays; it is refused unless its suite is named here.
 *
 * @param now the time of the lock
 * @param acceptExpired suites, as they were asked for, whose {@code Valid-Until} may lie in the past
 */
public record Freshness(Instant now, Set<String> acceptExpired) {

    /** The setting that names suites whose {@code Valid-Until} may lie in the past, separated by commas. */
    public static final String SETTING = "ness.debian.expired";

    /** How far this machine's clock may be behind the archive's. */
    private static final Duration CLOCK_ERROR = Duration.ofDays(1);

    public Freshness {
        now = now.truncatedTo(ChronoUnit.SECONDS);
        acceptExpired = Set.copyOf(new TreeSet<>(acceptExpired));
    }

    /** Nothing expired is accepted. */
    public static Freshness at(Instant now) {
        return new Freshness(now, Set.of());
    }

    void check(InRelease release, String suite, String where) {
        if (release.date().isAfter(now.plus(CLOCK_ERROR))) {
            throw new Problem(
                    where,
                    "its Date " + release.date() + " lies after this machine's time " + now,
                    "set the machine's clock");
        }
        if (release.isExpired(now) && !acceptExpired.contains(suite)) {
            throw new Problem(
                    where,
                    "expired: Valid-Until " + release.validUntil().orElseThrow() + ", now " + now
                            + "; the mirror is behind, or replays an old state",
                    "use another mirror (-Dness.debian.mirror=URL), or accept it by -D" + SETTING + "=" + suite);
        }
    }
}
