package network.privateness.reproducible.yaml;

import java.util.function.Function;

/**
 * A scalar, kept as the text that was written: YAML's guesses ({@code no} is false, {@code 22:22} is 1342) never apply.
 *
 * @param location where it begins
 * @param text the text without quotes
 */
public record YamlScalar(Location location, String text) implements YamlValue {

    @Override
    public String kind() {
        return "the value \"" + text + "\"";
    }

    /**
     * The text as a type of the domain.
     *
     * @param reader throws IllegalArgumentException with a message that names the value and the rule
     * @throws network.privateness.reproducible.Problem with this place, when the reader refuses the text
     */
    public <T> T as(Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), "correct the value");
        }
    }

    /** A whole number within bounds. */
    public long integer(long least, long most) {
        return as(digits -> {
            String rule = "\"" + digits + "\" is not a whole number from " + least + " to " + most;
            if (!digits.matches("-?(0|[1-9][0-9]{0,17})")) {
                throw new IllegalArgumentException(rule);
            }
            long number = Long.parseLong(digits);
            if (number < least || number > most) {
                throw new IllegalArgumentException(rule);
            }
            return number;
        });
    }

    /** {@code true} or {@code false}, nothing else. */
    public boolean bool() {
        return as(word -> switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + word + "\" is neither true nor false");
        });
    }
}
