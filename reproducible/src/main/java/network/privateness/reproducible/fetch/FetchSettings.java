package network.privateness.reproducible.fetch;

import java.time.Duration;
import java.util.Objects;

/**
 * How downloads are made.
 *
 * @param mirrors redirections of sources
 * @param proxies which proxy a host is reached through
 * @param offline only the store and local sources are used
 * @param connections how many downloads run at once, 1 to 64
 * @param attempts how often a source is tried that fails in a way that may pass, 1 to 100
 * @param connectTimeout for one connection
 * @param idleTimeout how long a server may send nothing, or next to nothing
 * @param pause before the second attempt; doubled for each further one, up to 30 s, and varied at random
 */
public record FetchSettings(
        Mirrors mirrors,
        ProxySettings proxies,
        boolean offline,
        int connections,
        int attempts,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration pause) {

    public FetchSettings {
        Objects.requireNonNull(mirrors, "mirrors");
        Objects.requireNonNull(proxies, "proxies");
        if (connections < 1 || connections > 64 || attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException(connections + " connections, " + attempts + " attempts");
        }
    }

    /** Six connections, five attempts, 20 s to connect, 60 s idle, no mirror, no proxy, not offline. */
    public static FetchSettings defaults() {
        return new FetchSettings(
                Mirrors.none(),
                ProxySettings.none(),
                false,
                6,
                5,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofMillis(500));
    }

    /** The same with these redirections. */
    public FetchSettings withMirrors(Mirrors other) {
        return new FetchSettings(other, proxies, offline, connections, attempts, connectTimeout, idleTimeout, pause);
    }

    /** The same with these proxies. */
    public FetchSettings withProxies(ProxySettings other) {
        return new FetchSettings(mirrors, other, offline, connections, attempts, connectTimeout, idleTimeout, pause);
    }

    /** The same, offline or not. */
    public FetchSettings withOffline(boolean other) {
        return new FetchSettings(mirrors, proxies, other, connections, attempts, connectTimeout, idleTimeout, pause);
    }

    /** The same with this many downloads at once. */
    public FetchSettings withConnections(int other) {
        return new FetchSettings(mirrors, proxies, offline, other, attempts, connectTimeout, idleTimeout, pause);
    }
}
