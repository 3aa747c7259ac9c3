package network.privateness.reproducible.yaml;

import java.util.List;

/**
 * A list.
 *
 * @param location where it begins
 * @param values in the order of the file
 */
public record YamlList(Location location, List<YamlValue> values) implements YamlValue {

    public YamlList {
        values = List.copyOf(values);
    }

    @Override
    public String kind() {
        return "a list";
    }

    /** All values as scalars. */
    public List<YamlScalar> scalars() {
        return values.stream()
                .map(value -> {
                    if (value instanceof YamlScalar scalar) {
                        return scalar;
                    }
                    throw value.problem("found " + value.kind() + " where a text is needed", "write one text per item");
                })
                .toList();
    }

    /** All values as maps. */
    public List<YamlMap> maps() {
        return values.stream()
                .map(value -> {
                    if (value instanceof YamlMap map) {
                        return map;
                    }
                    throw value.problem(
                            "found " + value.kind() + " where a map is needed", "write \"key: value\" in each item");
                })
                .toList();
    }
}
