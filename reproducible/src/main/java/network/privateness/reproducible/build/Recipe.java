package network.privateness.reproducible.build;

import java.util.ArrayList;
import java.util.List;
import network.privateness.reproducible.digest.Sha256;

/**
 * Everything that decides the bytes of a layer, as text: equal recipes mean equal layers, so a layer that was built once
 * is never built again.
 *
 * <p>Inputs and rules are kept apart, so that a layer that comes out otherwise than the lock says can be told by its
 * cause.
 */
final class Recipe {

    private final StringBuilder rules = new StringBuilder();
    private final StringBuilder inputs = new StringBuilder();
    private final List<String> ruleNames = new ArrayList<>();
    private final List<String> inputNames = new ArrayList<>();

    /** Something that this program or a definition decides. */
    Recipe rule(String name, Object value) {
        line(rules, name, value);
        ruleNames.add(name);
        return this;
    }

    /** Something that comes from outside, by its hash. */
    Recipe input(String name, Object hash) {
        line(inputs, name, hash);
        inputNames.add(name);
        return this;
    }

    /** Identifies the layer. */
    Sha256 digest() {
        return Sha256.of("rules\n" + rules + "inputs\n" + inputs);
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

    private static void line(StringBuilder lines, String name, Object value) {
        String text = value.toString();
        lines.append(name)
                .append(' ')
                .append(text.length())
                .append(' ')
                .append(text)
                .append('\n');
    }
}
