package network.privateness.reproducible.oci;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an image's definition says about how it starts, for one platform.
 *
 * @param platform the machine that it runs on
 * @param env environment variables, in the order of the definition
 * @param entrypoint the words of the command that always runs; empty for none
 * @param cmd the words that a user's own arguments replace; empty for none
 * @param workingDir absolute path of the directory that it starts in
 * @param user {@code uid}, {@code uid:gid} or names
 * @param exposedPorts ports in the container, as {@code 53/udp} or {@code 53/tcp}
 * @param volumes absolute paths of the directories that outlive the container
 * @param labels free texts by name
 * @param stopSignal the signal that asks it to end, such as {@code SIGTERM}
 * @param healthCheck how the engine asks whether it is alive
 * @param created seconds since 1970: the epoch of the lock, never the clock
 */
public record ImageConfig(
        Platform platform,
        Map<String, String> env,
        List<String> entrypoint,
        List<String> cmd,
        Optional<String> workingDir,
        Optional<String> user,
        SortedSet<String> exposedPorts,
        SortedSet<String> volumes,
        SortedMap<String, String> labels,
        Optional<String> stopSignal,
        Optional<HealthCheck> healthCheck,
        long created) {

    /** The last second of the year 9999: RFC 3339 has four digits for a year. */
    private static final long LAST_SECOND = 253402300799L;

    private static final Pattern PORT = Pattern.compile("([1-9][0-9]{0,4})/(tcp|udp)");
    private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z0-9+-]{2,12}|[1-9][0-9]?");

    /** @throws IllegalArgumentException if a value breaks its rule; the message has the value and the rule */
    public ImageConfig {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        env.forEach((name, value) -> {
            require(!name.isEmpty() && name.indexOf('=') < 0, "a variable's name is not empty and has no =", name);
            Texts.check("the environment variable", name);
            Texts.check("the environment variable " + name, value);
        });
        entrypoint.forEach(word -> Texts.check("the entry point", word));
        cmd.forEach(word -> Texts.check("the command", word));
        workingDir.ifPresent(path -> requirePath("the working directory", path));
        user.ifPresent(name -> require(!Texts.check("the user", name).isBlank(), "a user is not empty", name));
        exposedPorts.forEach(port -> require(isPort(port), "a port is NUMBER/tcp or NUMBER/udp, 1 to 65535", port));
        volumes.forEach(path -> requirePath("a volume", path));
        labels.forEach((name, value) -> {
            require(!name.isEmpty(), "a label's name is not empty", name);
            Texts.check("the label", name);
            Texts.check("the label " + name, value);
        });
        stopSignal.ifPresent(name ->
                require(SIGNAL.matcher(name).matches(), "a stop signal is a name such as SIGTERM, or a number", name));
        require(created >= 0 && created <= LAST_SECOND, "the epoch is between 1970 and 9999", Long.toString(created));
    }

    /** The epoch as RFC 3339 writes it, in UTC. */
    public Instant createdAt() {
        return Instant.ofEpochSecond(created);
    }

    private static boolean isPort(String text) {
        var matcher = PORT.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) <= 65535;
    }

    private static void requirePath(String what, String path) {
        Texts.check(what, path);
        boolean canonical = path.equals("/")
                || path.startsWith("/")
                        && List.of(path.substring(1).split("/", -1)).stream()
                                .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        require(canonical, what + " is an absolute path without empty parts, . and ..", path);
    }

    private static void require(boolean holds, String rule, String value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not \"" + value + "\"");
        }
    }
}
