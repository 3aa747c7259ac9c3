package network.privateness.reproducible.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.privateness.reproducible.Problem;

/**
 * An image as a member of a composition.
 *
 * @param image its own definition
 * @param include what the composition says about it
 */
record Member(ImageDefinition image, Include include) {

    /** The volume of every image, and of the composition. */
    static final String DATA = "/data";

    /** What uid 0 needs to become another user, which happens before any member starts. */
    private static final Set<String> CHANGE_OF_USER = Set.of("SETGID", "SETPCAP", "SETUID");

    /** The one capability that the supervisor can hand on: /usr/lib/ness/as-owner-of drops all others. */
    private static final String HANDED_ON = "NET_ADMIN";

    /** @throws Problem if the composition says something of the image that is not so */
    Member {
        for (String port : include.ports().keySet()) {
            if (!image.start().expose().contains(port)) {
                throw problem(
                        include,
                        "\"" + image.name() + "\" does not expose " + port + "; it exposes "
                                + String.join(", ", image.start().expose()),
                        "correct the port");
            }
        }
        for (String capability : include.capabilities().orElse(List.of())) {
            if (!image.needs().capabilities().contains(capability)) {
                throw problem(
                        include,
                        "\"" + image.name() + "\" has no use for the capability " + capability,
                        "correct the name");
            }
        }
    }

    String name() {
        return image.name();
    }

    /** Its ports as they are called in the composition. */
    List<String> ports() {
        return image.start().expose().stream()
                .map(port -> include.ports().getOrDefault(port, port))
                .filter(port -> !port.equals(Include.CLOSED))
                .toList();
    }

    /** Defaults of its environment; its own where the composition does not say others. */
    Map<String, String> env() {
        Map<String, String> env = new TreeMap<>(image.start().env());
        env.putAll(include.env());
        return env;
    }

    /** What it keeps after the change of user. */
    Set<String> capabilities() {
        Set<String> kept =
                new TreeSet<>(include.capabilities().orElse(image.needs().capabilities()));
        kept.removeAll(CHANGE_OF_USER);
        return kept;
    }

    /** Checks what only a member that is supervised with others must be. */
    Member supervised() {
        if (image.start().healthcheck().isEmpty()) {
            throw problem(
                    include,
                    "\"" + name() + "\" has no health check, so nothing could tell when it has started",
                    "give it one in " + name() + "/" + Definitions.IMAGE_FILE);
        }
        for (String capability : capabilities()) {
            if (!capability.equals(HANDED_ON)) {
                throw problem(
                        include,
                        "\"" + name() + "\" needs the capability " + capability + "; a supervisor hands on " + HANDED_ON
                                + " only",
                        "take it out of the composition, or say \"capabilities\" without it");
            }
        }
        return this;
    }

    List<String> command() {
        List<String> command = new ArrayList<>(image.start().entrypoint());
        command.addAll(image.start().command());
        return moved(command);
    }

    List<String> health() {
        List<String> test = image.start().healthcheck().orElseThrow().test();
        return moved(test.subList(1, test.size()));
    }

    /** As health where it has no readiness of its own. */
    List<String> ready() {
        return image.readiness().isEmpty() ? health() : moved(image.readiness());
    }

    /** Its environment with its data in a folder of its name. */
    Map<String, String> movedEnv() {
        Map<String, String> env = env();
        image.start()
                .env()
                .forEach((name, value) ->
                        env.computeIfPresent(name, (key, now) -> include.env().containsKey(key) ? now : moved(now)));
        return env;
    }

    Problem problem(String what, String next) {
        return problem(include, what, next);
    }

    private static Problem problem(Include include, String what, String next) {
        return new Problem(include.location().toString(), what, next);
    }

    private List<String> moved(List<String> words) {
        return words.stream().map(this::moved).toList();
    }

    private String moved(String text) {
        return text.equals(DATA) || text.startsWith(DATA + "/")
                ? DATA + "/" + name() + text.substring(DATA.length())
                : text;
    }
}
