package network.privateness.reproducible.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.Problem;

/**
 * A map in the order of the file.
 *
 * @param location where it begins
 * @param values by key
 * @param keys where each key stands
 */
public record YamlMap(Location location, Map<String, YamlValue> values, Map<String, Location> keys)
        implements YamlValue {

    public YamlMap {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    @Override
    public String kind() {
        return "a map";
    }

    /** Refuses every key that is not one of these. */
    public YamlMap allow(Set<String> known) {
        for (Map.Entry<String, Location> key : keys.entrySet()) {
            if (!known.contains(key.getKey())) {
                List<String> sorted = new ArrayList<>(known);
                Collections.sort(sorted);
                throw new Problem(
                        key.getValue().toString(),
                        "unknown key \"" + key.getKey() + "\"; known here: " + String.join(", ", sorted),
                        "correct or remove the key");
            }
        }
        return this;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The scalar of this key; a missing key is a problem. */
    public YamlScalar scalar(String key) {
        return optionalScalar(key).orElseThrow(() -> missing(key));
    }

    public Optional<YamlScalar> optionalScalar(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> {
            if (value instanceof YamlScalar scalar) {
                return scalar;
            }
            throw value.problem("\"" + key + "\" is " + value.kind() + ", it must be a text", "write one value");
        });
    }

    /** The text of this key; a missing key or an empty text is a problem. */
    public String text(String key) {
        YamlScalar scalar = scalar(key);
        if (scalar.text().isEmpty()) {
            throw scalar.problem("\"" + key + "\" is empty", "give it a value");
        }
        return scalar.text();
    }

    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /** The map of this key, or an empty one. */
    public YamlMap map(String key) {
        YamlValue value = values.get(key);
        if (value == null) {
            return new YamlMap(location, Map.of(), Map.of());
        }
        if (value instanceof YamlMap map) {
            return map;
        }
        throw value.problem(
                "\"" + key + "\" is " + value.kind() + ", it must be a map", "write \"key: value\" lines below it");
    }

    /** The list of this key, or an empty one. */
    public YamlList list(String key) {
        YamlValue value = values.get(key);
        if (value == null) {
            return new YamlList(location, List.of());
        }
        if (value instanceof YamlList list) {
            return list;
        }
        throw value.problem(
                "\"" + key + "\" is " + value.kind() + ", it must be a list",
                "write it as [a, b] or one \"- a\" a line");
    }

    /** The texts of the list of this key, or an empty list. */
    public List<String> texts(String key) {
        return list(key).scalars().stream().map(YamlScalar::text).toList();
    }

    /** The map of this key with texts as values, in the order of the file; empty without the key. */
    public Map<String, String> textMap(String key) {
        YamlMap map = map(key);
        Map<String, String> texts = new LinkedHashMap<>();
        map.values().keySet().forEach(name -> texts.put(name, map.scalar(name).text()));
        return texts;
    }

    private Problem missing(String key) {
        return problem("the key \"" + key + "\" is missing", "add it");
    }
}
