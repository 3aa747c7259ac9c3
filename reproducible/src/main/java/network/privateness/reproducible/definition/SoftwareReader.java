package network.privateness.reproducible.definition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.yaml.YamlMap;
import network.privateness.reproducible.yaml.YamlScalar;

/** Reads the keys that images and bases have in common. */
final class SoftwareReader {

    /** The keys read here. */
    static final Set<String> KEYS = Set.of("base", "install", "users", "alternatives");

    private SoftwareReader() {}

    /** @param folder of the file, where local programs stand */
    static Software read(YamlMap map, Path folder, List<Effect> effects, Optional<Path> rootfs) {
        return new Software(
                map.optionalText("base"),
                InstallReader.read(map, folder),
                users(map),
                alternatives(map),
                effects,
                rootfs.stream().toList(),
                Map.of());
    }

    /** A target is a text, or a map from platforms to texts. */
    private static List<Alternative> alternatives(YamlMap map) {
        YamlMap links = map.map("alternatives");
        List<Alternative> alternatives = new ArrayList<>();
        links.values().forEach((link, value) -> {
            Map<Platform, String> targets = new TreeMap<>();
            if (value instanceof YamlScalar target) {
                Install.everywhere().forEach(platform -> targets.put(platform, target.text()));
            } else {
                YamlMap byPlatform = links.map(link);
                byPlatform.values().keySet().forEach(name -> {
                    Platform platform = new YamlScalar(byPlatform.keys().get(name), name).as(Platform::parse);
                    targets.put(platform, byPlatform.text(name));
                });
            }
            alternatives.add(new YamlScalar(links.keys().get(link), link).as(text -> new Alternative(text, targets)));
        });
        return alternatives;
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
            int gid = item.optionalScalar("gid")
                    .map(s -> (int) s.integer(0, 65534))
                    .orElse(uid);
            String home = item.optionalText("home").orElse("/nonexistent");
            users.add(item.scalar("name").as(name -> new User(name, uid, gid, home)));
        }
        return users;
    }
}
