package network.privateness.reproducible.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.yaml.YamlMap;
import network.privateness.reproducible.yaml.YamlScalar;
import network.privateness.reproducible.yaml.YamlValue;

/** Reads the items of {@code include}: an image's name, or a map with more to say. */
final class IncludeReader {

    private static final Set<String> KEYS = Set.of("image", "after", "env", "ports", "capabilities");

    private IncludeReader() {}

    static List<Include> read(YamlMap owner) {
        List<Include> includes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (YamlValue value : owner.list("include").values()) {
            Include include = include(value);
            if (names.contains(include.image())) {
                throw value.problem(
                        "\"" + include.image() + "\" is included twice", "an image can be a member once: remove one");
            }
            for (String other : include.after()) {
                if (!names.contains(other)) {
                    throw value.problem(
                            "\"" + include.image() + "\" starts after \"" + other
                                    + "\", which does not stand before it",
                            "put " + other + " further up in \"include\"");
                }
            }
            names.add(include.image());
            includes.add(include);
        }
        if (includes.isEmpty()) {
            throw owner.list("include").problem("\"include\" is empty", "name the images that this one is made of");
        }
        return includes;
    }

    private static Include include(YamlValue value) {
        if (value instanceof YamlScalar name) {
            return new Include(name.text(), List.of(), Map.of(), Map.of(), Optional.empty(), value.location());
        }
        if (!(value instanceof YamlMap item)) {
            throw value.problem(
                    "an item of \"include\" is " + value.kind(), "write an image's name, or \"image: NAME\"");
        }
        item.allow(KEYS);
        return new Include(
                item.text("image"),
                item.texts("after"),
                StartReader.env(item),
                ports(item.map("ports")),
                item.has("capabilities") ? Optional.of(item.texts("capabilities")) : Optional.empty(),
                value.location());
    }

    private static Map<String, String> ports(YamlMap map) {
        Map<String, String> ports = new LinkedHashMap<>();
        map.keys()
                .forEach((port, location) -> ports.put(
                        new YamlScalar(location, port).as(StartReader::port),
                        map.scalar(port).as(text -> text.equals(Include.CLOSED) ? text : StartReader.port(text))));
        return ports;
    }
}
