package network.privateness.reproducible.definition;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files of an input are taken: those that match {@code keep} (all, when it is empty) and do not match
 * {@code drop}.
 *
 * <p>Patterns are paths without a leading slash; {@code *} stands for anything within one folder, {@code **} for
 * anything.
 *
 * @param keep patterns
 * @param drop patterns
 */
public record PathFilter(List<String> keep, List<String> drop) {

    /** Takes everything. */
    public static final PathFilter ALL = new PathFilter(List.of(), List.of());

    /** @throws IllegalArgumentException if a pattern begins with a slash or is empty */
    public PathFilter {
        keep = List.copyOf(keep);
        drop = List.copyOf(drop);
        keep.forEach(PathFilter::check);
        drop.forEach(PathFilter::check);
    }

    /** The predicate, with its patterns compiled once. */
    public java.util.function.Predicate<String> compile() {
        List<Pattern> kept = keep.stream().map(PathFilter::regex).toList();
        List<Pattern> dropped = drop.stream().map(PathFilter::regex).toList();
        return path -> (kept.isEmpty() || matches(kept, path)) && !matches(dropped, path);
    }

    private static boolean matches(List<Pattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static void check(String pattern) {
        if (pattern.isEmpty() || pattern.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the pattern \"" + pattern + "\" must be a path without a leading slash, such as usr/share/doc/**");
        }
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
