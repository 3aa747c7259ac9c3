package network.privateness.reproducible.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.digest.Sha256;

/**
 * Everything that decides the bytes of a layer, as text: equal recipes mean equal layers, so a layer that was built once
 * is never built again.
 *
 * <p>Inputs and rules are kept apart, so that a layer that comes out otherwise than the lock says can be told by its
 * cause. Every name and value stands behind its length, so two recipes that differ anywhere never have one text.
 */
final class Recipe {

    private final StringBuilder rules = new StringBuilder();
    private final StringBuilder inputs = new StringBuilder();
    private final List<String> ruleNames = new ArrayList<>();
    private final List<String> inputNames = new ArrayList<>();

    /** Something that this program or a definition decides; the value's text must say all of it. */
    Recipe rule(String name, Object value) {
        return add(rules, ruleNames, name, List.of(value));
    }

    /** Several values whose order counts. */
    Recipe rule(String name, Collection<String> values) {
        return add(rules, ruleNames, name, values);
    }

    /** Values by key, whose order does not count. */
    Recipe rule(String name, Map<String, String> values) {
        List<String> flat = new ArrayList<>();
        new TreeMap<>(values).forEach((key, value) -> flat.addAll(List.of(key, value)));
        return add(rules, ruleNames, name, flat);
    }

    /** Something that comes from outside, by its hash. */
    Recipe input(String name, Object hash) {
        return add(inputs, inputNames, name, List.of(hash));
    }

    /** Identifies the layer. */
    Sha256 digest() {
        return Sha256.of(text());
    }

    /** Digest of the inputs alone. */
    Sha256 inputs() {
        return Sha256.of(inputs.toString());
    }

    /** Digest of the rules alone. */
    Sha256 rules() {
        return Sha256.of(rules.toString());
    }

    /** In the order in which they were told, a name maybe more than once. */
    List<String> inputNames() {
        return List.copyOf(inputNames);
    }

    /** As {@link #inputNames}. */
    List<String> ruleNames() {
        return List.copyOf(ruleNames);
    }

    /** The whole recipe; no two have the same. */
    String text() {
        return "rules\n" + rules + "inputs\n" + inputs;
    }

    private Recipe add(StringBuilder lines, List<String> names, String name, Collection<?> values) {
        names.add(name);
        measured(lines, name);
        lines.append(values.size()).append(' ');
        values.forEach(value -> measured(lines, value.toString()));
        lines.append('\n');
        return this;
    }

    private static void measured(StringBuilder lines, String text) {
        lines.append(text.length()).append(':').append(text).append(' ');
    }
}
