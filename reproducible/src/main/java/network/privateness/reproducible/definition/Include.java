package network.privateness.reproducible.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.yaml.Location;

/**
 * One item of {@code include}: an image that becomes a member of a composition.
 *
 * @param image its name
 * @param after members that must be alive before it starts; they stand before it
 * @param env defaults that it has here instead of its own
 * @param ports a port that it exposes, to the one that it has here, or to {@link #CLOSED}
 * @param capabilities what it keeps here; without it what its own definition needs
 * @param location where the item stands
 */
record Include(
        String image,
        List<String> after,
        Map<String, String> env,
        Map<String, String> ports,
        Optional<List<String>> capabilities,
        Location location) {

    /** In place of a port: nothing answers there in this composition. */
    static final String CLOSED = "closed";

    Include {
        after = List.copyOf(after);
        env = new LinkedHashMap<>(env);
        ports = new LinkedHashMap<>(ports);
        capabilities = capabilities.map(List::copyOf);
    }
}
