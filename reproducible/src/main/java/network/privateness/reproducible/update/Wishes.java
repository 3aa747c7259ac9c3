package network.privateness.reproducible.update;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;

/**
 * Which pins a user wants to move.
 *
 * @param all everything
 * @param versions by name (package, module, program, jar, {@code go}); the version that was asked for, or the newest
 * @param archives archives to be pinned from these addresses
 */
public record Wishes(boolean all, Map<String, Optional<String>> versions, Map<String, List<URI>> archives) {

    /** Nothing is moved. */
    public static final Wishes NONE = new Wishes(false, Map.of(), Map.of());

    public Wishes {
        versions = new TreeMap<>(versions);
        archives = new TreeMap<>(archives);
    }

    /**
     * Reads the settings.
     *
     * @param update {@code all}, or names parted by commas, each with {@code @VERSION} if not the newest is meant
     * @param archive {@code NAME=URL URL...}, several parted by commas
     */
    public static Wishes parse(Optional<String> update, Optional<String> archive) {
        Map<String, Optional<String>> versions = new LinkedHashMap<>();
        for (String name : items(update)) {
            int at = name.indexOf('@');
            versions.put(
                    at < 0 ? name : name.substring(0, at),
                    at < 0 ? Optional.empty() : Optional.of(name.substring(at + 1)));
        }
        Map<String, List<URI>> archives = new LinkedHashMap<>();
        for (String item : items(archive)) {
            int equals = item.indexOf('=');
            if (equals < 1 || !item.substring(equals + 1).matches("(https?|file)://?\\S+( (https?|file)://?\\S+)*")) {
                throw new Problem(
                        "ness.archive",
                        "\"" + item + "\" is not NAME=URL",
                        "write -Dness.archive=NAME=URL, several URLs parted by blanks");
            }
            archives.put(
                    item.substring(0, equals),
                    Arrays.stream(item.substring(equals + 1).split(" ")).map(URI::create).toList());
        }
        return new Wishes(versions.remove("all") != null, versions, archives);
    }

    /** Whether the pin of this name is to be moved. */
    boolean moves(String name) {
        return all || versions.containsKey(name);
    }

    /** The version that was asked for. */
    Optional<String> version(String name) {
        return versions.getOrDefault(name, Optional.empty());
    }

    private static List<String> items(Optional<String> setting) {
        return setting.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
