package network.privateness.reproducible.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;

/**
 * Redirections of sources: a URL prefix, and the URL or folder that takes its place. The first prefix that fits wins; it
 * fits whole path segments only. What comes from there is checked as anything else.
 */
public final class Mirrors {

    /** Names of the properties begin with this. */
    public static final String PROPERTY_PREFIX = "ness.mirror.";

    private static final String FORM = "set it as -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER";

    private final List<Rule> rules;

    /** @param replacement the URL, where it is not a folder */
    private record Rule(String prefix, String replacement, Optional<Path> folder) {}

    private Mirrors(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** No redirection. */
    public static Mirrors none() {
        return new Mirrors(List.of());
    }

    /**
     * Redirections in this order.
     *
     * @throws Problem if a prefix is no URL or a replacement neither URL nor absolute folder
     */
    public static Mirrors of(LinkedHashMap<String, String> replacements) {
        List<Rule> rules = new ArrayList<>();
        replacements.forEach((prefix, replacement) -> rules.add(rule("mirror of " + prefix, prefix, replacement)));
        return new Mirrors(rules);
    }

    /**
     * Reads all {@code ness.mirror.NAME} whose value is {@code URL-PREFIX=URL-OR-FOLDER}; properties have no order, so
     * the longest prefix comes first.
     *
     * @throws Problem if a value is something else
     */
    public static Mirrors fromProperties(Map<String, String> properties) {
        List<Rule> rules = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, value) -> {
            if (name.startsWith(PROPERTY_PREFIX)) {
                int equals = value.indexOf('=');
                if (equals < 0) {
                    throw new Problem(
                            "property " + name,
                            "\"" + Texts.printable(value) + "\" has no '=' after a URL prefix",
                            FORM);
                }
                rules.add(rule("property " + name, value.substring(0, equals), value.substring(equals + 1)));
            }
        });
        rules.sort(Comparator.comparing((Rule rule) -> -rule.prefix().length()).thenComparing(Rule::prefix));
        return new Mirrors(rules);
    }

    private static Rule rule(String where, String prefix, String replacement) {
        if (!isUrl(prefix)) {
            throw new Problem(
                    where, "\"" + Texts.printable(prefix) + "\" is not the beginning of an http or https URL", FORM);
        }
        if (isUrl(replacement)) {
            return new Rule(strip(prefix), strip(replacement), Optional.empty());
        }
        try {
            if (replacement.startsWith("/")) {
                return new Rule(strip(prefix), "", Optional.of(Path.of(replacement)));
            }
            if (replacement.startsWith("file:/")) {
                return new Rule(strip(prefix), "", Optional.of(Path.of(URI.create(replacement))));
            }
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // Said below.
        }
        throw new Problem(
                where,
                "\"" + Texts.printable(replacement) + "\" is neither an http, https or file URL nor an absolute folder",
                FORM);
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Where this source is really to be fetched from. */
    URI redirect(URI source) {
        String text = source.toString();
        for (Rule rule : rules) {
            String rest = text.startsWith(rule.prefix())
                    ? text.substring(rule.prefix().length())
                    : "-";
            if (rest.isEmpty() || rest.startsWith("/")) {
                return rule.folder()
                        .map(folder -> inside(folder, rest))
                        .orElseGet(() -> URI.create(rule.replacement() + rest));
            }
        }
        return source;
    }

    /** The path of the URL, decoded; its query has no meaning in a folder. */
    private static URI inside(Path folder, String rest) {
        String path = URI.create(rest.replaceFirst("^/+", "/")).getPath().substring(rest.isEmpty() ? 0 : 1);
        if (Arrays.asList(path.split("/")).contains("..") || path.indexOf('\0') >= 0) {
            throw new Problem("source " + Texts.printable(rest), "\"..\" leads out of the mirror's folder", FORM);
        }
        try {
            return folder.resolve(path.replaceFirst("^/+", "")).toUri();
        } catch (InvalidPathException e) {
            throw new Problem(
                    "source " + Texts.printable(rest),
                    "no file of this machine can have this name (" + Texts.printable(e.getReason()) + ")",
                    "run in a UTF-8 locale, for example with LC_ALL=C.UTF-8");
        }
    }

    private static String strip(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }
}
