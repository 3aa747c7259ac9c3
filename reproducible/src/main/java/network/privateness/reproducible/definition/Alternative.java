package network.privateness.reproducible.definition;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.RootPath;

/**
 * A symbolic link that says which of several programs a name means.
 *
 * @param link absolute path of the link
 * @param targets what it points at, by platform; a platform without a target gets no link
 */
public record Alternative(String link, Map<Platform, String> targets) {

    /** @throws IllegalArgumentException if the link is not an absolute path, or a target is empty */
    public Alternative {
        targets = new TreeMap<>(targets);
        if (!link.startsWith("/")) {
            throw new IllegalArgumentException("the link \"" + link + "\" is not an absolute path");
        }
        RootPath.of(link.substring(1));
        if (targets.values().stream().anyMatch(target -> !target.matches("[^\\p{Cntrl}]{1,4095}"))) {
            throw new IllegalArgumentException(
                    "a target of the link \"" + link + "\" is empty or has control characters");
        }
    }

    /** What it points at on this platform. */
    public Optional<String> target(Platform platform) {
        return Optional.ofNullable(targets.get(platform));
    }
}
