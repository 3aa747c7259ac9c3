package network.privateness.reproducible.definition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.yaml.YamlMap;

/** Reads the keys that images and bases have in common. */
final class SoftwareReader {

    /** The keys read here. */
    static final Set<String> KEYS = Set.of("base", "install", "users", "alternatives");

    private SoftwareReader() {}

    static Software read(YamlMap map, List<Effect> effects, Optional<Path> rootfs) {
        Map<String, String> alternatives = map.textMap("alternatives");
        YamlMap links = map.map("alternatives");
        alternatives.keySet().forEach(link -> {
            if (!link.startsWith("/")) {
                throw links.scalar(link).problem("the link \"" + link + "\" is not an absolute path", "begin it with /");
            }
        });
        return new Software(
                map.optionalText("base"), InstallReader.read(map), users(map), alternatives, effects, rootfs);
    }

    /** The rootfs folder, if it is there. */
    static Optional<Path> folder(Path folder) {
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    private static List<User> users(YamlMap map) {
        List<User> users = new ArrayList<>();
        for (YamlMap item : map.list("users").maps()) {
            item.allow(Set.of("name", "uid", "gid", "home"));
            int uid = (int) item.scalar("uid").integer(0, 65534);
            int gid = item.optionalScalar("gid").map(s -> (int) s.integer(0, 65534)).orElse(uid);
            String home = item.optionalText("home").orElse("/nonexistent");
            users.add(item.scalar("name").as(name -> new User(name, uid, gid, home)));
        }
        return users;
    }
}
