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
 * @param alternatives links that say which program a name means
 * @param effects of maintainer scripts, which never run
 * @param rootfs folders whose files are copied as they are; no two may hold different things at one path
 * @param texts small files that the definition says itself, by absolute path
 */
public record Software(
        Optional<String> base,
        List<Install> install,
        List<User> users,
        List<Alternative> alternatives,
        List<Effect> effects,
        List<Path> rootfs,
        Map<String, String> texts) {

    public Software {
        install = List.copyOf(install);
        users = List.copyOf(users);
        alternatives = List.copyOf(alternatives);
        effects = List.copyOf(effects);
        rootfs = List.copyOf(rootfs);
        texts = new TreeMap<>(texts);
    }
}
