package network.privateness.reproducible.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/** The way to the network, shared by all downloads: the client, hosts that are down, and the pauses between attempts. */
final class Line {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final FetchSettings settings;
    private final ExecutorService threads;
    private final Clock clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final Map<String, String> dead = new ConcurrentHashMap<>();
    private HttpClient client;

    Line(FetchSettings settings, ExecutorService threads, Clock clock, RandomGenerator random, Pause pause) {
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /** Waits, or, in tests, notes for how long. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    HttpSource http(URI source, Resumption resumption) {
        return new HttpSource(client(), settings.idleTimeout(), clock, source, resumption);
    }

    /** Made late: with everything in the store it is not needed, and it takes a while to start. */
    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(settings.connectTimeout())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(settings.proxies().selector())
                    .executor(threads);
            settings.proxies().authenticator().ifPresent(builder::authenticator);
            client = builder.build();
        }
        return client;
    }

    /** Whether this host could not be reached for an earlier download: then one attempt will do. */
    boolean isDead(String host) {
        return dead.containsKey(host);
    }

    /** Why it could not be reached. */
    Optional<String> whyDead(String host) {
        return Optional.ofNullable(dead.get(host));
    }

    void noteDead(String host, String reason) {
        dead.putIfAbsent(host, reason);
    }

    /** After the first failure up to the base, after each further one up to twice that, never less than was asked for. */
    void pause(int failures, Duration asked, Duration base) throws InterruptedException {
        long most = Math.min(base.toMillis() << Math.min(failures - 1, 20), LONGEST_PAUSE.toMillis());
        Duration ours = Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
        pause.sleep(asked.compareTo(ours) > 0 ? asked : ours);
    }
}
