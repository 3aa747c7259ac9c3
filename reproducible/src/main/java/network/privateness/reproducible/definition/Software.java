package network.privateness.reproducible.definition;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What images and bases have in common: files.
 *
 * @param base the base below, if there is one
 * @param install what comes from inputs, in the order of the file
 * @param users for passwd and group
 * @param alternatives link in the image to its target
 * @param effects of maintainer scripts, which never run
 * @param rootfs the folder whose files are copied as they are, if there is one
 */
public record Software(
        Optional<String> base,
        List<Install> install,
        List<User> users,
        Map<String, String> alternatives,
        List<Effect> effects,
        Optional<Path> rootfs) {

    public Software {
        install = List.copyOf(install);
        users = List.copyOf(users);
        alternatives = new TreeMap<>(alternatives);
        effects = List.copyOf(effects);
    }
}
