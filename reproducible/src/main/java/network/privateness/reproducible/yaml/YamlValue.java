package network.privateness.reproducible.yaml;

import network.privateness.reproducible.Problem;

/** A value of a YAML document together with its place. */
public sealed interface YamlValue permits YamlMap, YamlList, YamlScalar {

    /** Where the value begins. */
    Location location();

    /** What the value is, for messages: a map, a list or a scalar. */
    String kind();

    /** A problem at this place. */
    default Problem problem(String what, String next) {
        return new Problem(location().toString(), what, next);
    }
}
