package network.privateness.reproducible.definition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What images and bases have in common: files.
 *
 * @param base the base below, if there is one
 * @param install what comes from inputs, in the order of the file
 * @param users for passwd and group
 * @param alternatives links that say which program a name means
 * @param effects of maintainer scripts, which never run
 * @param rootfs the folder whose files are copied as they are, if there is one
 */
public record Software(
        Optional<String> base,
        List<Install> install,
        List<User> users,
        List<Alternative> alternatives,
        List<Effect> effects,
        Optional<Path> rootfs) {

    public Software {
        install = List.copyOf(install);
        users = List.copyOf(users);
        alternatives = List.copyOf(alternatives);
        effects = List.copyOf(effects);
    }
}
