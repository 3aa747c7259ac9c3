package network.privateness.it.javaservice;

import java.util.Map;

/**
 * What the environment says.
 *
 * @param bind numeric address to listen on; {@code BIND}, default 0.0.0.0
 * @param port 0 to 65535, 0 for any free one; {@code PORT}, default 8090
 * @param overlay whether native calls may be used; {@code OVERLAY}, {@code on} (default) or {@code off}
 */
record Settings(String bind, int port, boolean overlay) {

    static final int DEFAULT_PORT = 8090;

    private static final int MAX_PORT = 65535;

    /** @throws IllegalArgumentException with one line that names the variable, its value and the rule */
    static Settings of(Map<String, String> environment) {
        return new Settings(bind(environment), port(environment), overlay(environment));
    }

    private static String bind(Map<String, String> environment) {
        String text = environment.getOrDefault("BIND", "0.0.0.0");
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
            throw wrong("BIND", text, "a numeric IP address");
        }
        return text;
    }

    private static int port(Map<String, String> environment) {
        String text = environment.getOrDefault("PORT", Integer.toString(DEFAULT_PORT));
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw wrong("PORT", text, "a number from 0 to " + MAX_PORT);
        }
        return Integer.parseInt(text);
    }

    private static boolean overlay(Map<String, String> environment) {
        String text = environment.getOrDefault("OVERLAY", "on");
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong("OVERLAY", text, "on or off");
        };
    }

    private static IllegalArgumentException wrong(String name, String value, String rule) {
        String printable = value.replaceAll("\\p{Cntrl}", "?");
        return new IllegalArgumentException(name + "=\"" + printable + "\" is not " + rule);
    }
}
