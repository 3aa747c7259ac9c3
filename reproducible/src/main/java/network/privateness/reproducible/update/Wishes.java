package network.privateness.reproducible.update;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.lock.Lock;

/**
 * Which pins a user wants to move.
 *
 * @param all everything
 * @param versions by name (package, module, program, jar, {@code go}); the version that was asked for, or the newest
 * @param archives archives to be pinned from these addresses
 */
public record Wishes(boolean all, Map<String, Optional<String>> versions, Map<String, List<URI>> archives) {

    /** The setting that names what is to move. */
    static final String UPDATE = "ness.update";

    /** The setting that names archives to pin. */
    static final String ARCHIVE = "ness.archive";

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
        for (String item : items(update)) {
            int at = item.indexOf('@');
            String name = at < 0 ? item : item.substring(0, at);
            if (name.isEmpty() || at == item.length() - 1 || name.equals("all") && at > 0) {
                throw new Problem(
                        UPDATE,
                        "\"" + item + "\" is neither NAME, NAME@VERSION nor all",
                        "write -D" + UPDATE + "=NAME, or NAME@VERSION for a Go program or the Go toolchain");
            }
            versions.put(name, at < 0 ? Optional.empty() : Optional.of(item.substring(at + 1)));
        }
        Map<String, List<URI>> archives = new LinkedHashMap<>();
        for (String item : items(archive)) {
            int equals = item.indexOf('=');
            List<URI> addresses = addresses(item.substring(equals + 1));
            if (equals < 1 || addresses.isEmpty()) {
                throw new Problem(
                        ARCHIVE,
                        "\"" + item + "\" is not NAME=URL",
                        "write -Dness.archive=NAME=URL, several URLs parted by blanks");
            }
            archives.put(item.substring(0, equals), addresses);
        }
        return new Wishes(versions.remove("all") != null, versions, archives);
    }

    /**
     * Refuses names that nothing has: a wish that silently does nothing looks like one that was fulfilled.
     *
     * @param lock what came out
     */
    void check(Lock lock) {
        Set<String> go = new TreeSet<>();
        lock.programs().forEach(program -> go.addAll(List.of(program.program(), program.module())));
        if (!lock.toolchains().isEmpty()) {
            go.add(GoPins.TOOLCHAIN);
        }
        Set<String> others = new TreeSet<>();
        lock.packages().forEach(pinned -> others.add(pinned.name()));
        lock.artifacts().forEach(artifact -> others.add(artifact.coordinates()));
        versions.forEach((name, version) -> {
            if (!go.contains(name) && !others.contains(name)) {
                throw new Problem(
                        UPDATE,
                        "nothing in the lock is called \"" + name + "\"",
                        "name a Debian package, a Go program or its module, a jar as groupId:artifactId:version, or "
                                + GoPins.TOOLCHAIN);
            }
            if (!go.contains(name) && version.isPresent()) {
                throw new Problem(
                        UPDATE,
                        "\"" + name + "@" + version.get() + "\" asks for a version, which only Go programs and the Go"
                                + " toolchain take",
                        "write -D" + UPDATE + "=" + name);
            }
        });
        archives.keySet().forEach(name -> {
            if (lock.archives().stream().noneMatch(archive -> archive.name().equals(name))) {
                throw new Problem(
                        ARCHIVE,
                        "no image installs an archive \"" + name + "\"",
                        "correct the name, or add it to image.yaml");
            }
        });
    }

    /** Whether the pin of this name is to be moved. */
    boolean moves(String name) {
        return all || versions.containsKey(name);
    }

    /** Whether this program is asked for by its name or by that of its module, not only because everything moves. */
    boolean names(String program) {
        return versions.keySet().stream().anyMatch(name -> (program + "/").startsWith(name + "/"));
    }

    /** The version that was asked for. */
    Optional<String> version(String name) {
        return versions.getOrDefault(name, Optional.empty());
    }

    /** Nothing if one of them is none. */
    private static List<URI> addresses(String text) {
        if (!text.matches("(https?|file)://?\\S+( (https?|file)://?\\S+)*")) {
            return List.of();
        }
        try {
            return Arrays.stream(text.split(" ")).map(URI::create).toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static List<String> items(Optional<String> setting) {
        return setting.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
