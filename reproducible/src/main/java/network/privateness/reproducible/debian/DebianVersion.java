package network.privateness.reproducible.debian;

import java.math.BigInteger;
import java.util.Objects;

/**
 * A version of a Debian package: {@code [epoch:]upstream[-revision]}, ordered by Debian Policy 5.6.12.
 *
 * <p>The order is coarser than equality: {@code 1.0}, {@code 1.00} and {@code 0:1.0} compare as equal and are different
 * values, since the text is what files and lock entries are named by.
 */
public final class DebianVersion implements Comparable<DebianVersion> {

    private static final int MAX_LENGTH = 256;

    private final String text;
    private final int epoch;
    private final String upstream;
    private final String revision;

    private DebianVersion(String text, int epoch, String upstream, String revision) {
        this.text = text;
        this.epoch = epoch;
        this.upstream = upstream;
        this.revision = revision;
    }

    /** @throws IllegalArgumentException if it is no version; the message says why */
    public static DebianVersion parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw bad(text, "it has more than " + MAX_LENGTH + " characters");
        }
        int colon = text.indexOf(':');
        int epoch = colon < 0 ? 0 : epoch(text, text.substring(0, colon));
        String rest = text.substring(colon + 1);
        int dash = rest.lastIndexOf('-');
        String upstream = dash < 0 ? rest : rest.substring(0, dash);
        String revision = dash < 0 ? "" : rest.substring(dash + 1);
        if (upstream.isEmpty() || !isDigit(upstream.charAt(0))) {
            throw bad(text, "the upstream part must begin with a digit");
        }
        if (dash >= 0 && revision.isEmpty()) {
            throw bad(text, "nothing after the last -");
        }
        if (!upstream.chars().allMatch(c -> isAllowed(c) || c == '-' || c == ':')
                || !revision.chars().allMatch(DebianVersion::isAllowed)) {
            throw bad(text, "only letters, digits and . + - ~ : are allowed");
        }
        return new DebianVersion(text, epoch, upstream, revision);
    }

    private static int epoch(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(DebianVersion::isDigit)) {
            throw bad(text, "the epoch must be a number of at most 9 digits");
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("\"" + Quoted.text(text) + "\" is no Debian version: " + why);
    }

    @Override
    public int compareTo(DebianVersion other) {
        int byEpoch = Integer.compare(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byUpstream = compareParts(upstream, other.upstream);
        return byUpstream != 0 ? byUpstream : compareParts(revision, other.revision);
    }

    /** Alternates between a stretch of non-digits and a stretch of digits, as the policy says. */
    private static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (i < a.length() && !isDigit(a.charAt(i)) || j < b.length() && !isDigit(b.charAt(j))) {
                int byCharacter = Integer.compare(order(a, i), order(b, j));
                if (byCharacter != 0) {
                    return byCharacter;
                }
                i++;
                j++;
            }
            int endA = endOfDigits(a, i);
            int endB = endOfDigits(b, j);
            int byNumber = number(a, i, endA).compareTo(number(b, j, endB));
            if (byNumber != 0) {
                return byNumber;
            }
            i = endA;
            j = endB;
        }
        return 0;
    }

    /** Tilde before the end, the end (or a digit) before letters, letters before all else. */
    private static int order(String text, int index) {
        if (index >= text.length() || isDigit(text.charAt(index))) {
            return 0;
        }
        char c = text.charAt(index);
        if (c == '~') {
            return -1;
        }
        return isLetter(c) ? c : c + 256;
    }

    private static BigInteger number(String text, int from, int to) {
        return from >= to ? BigInteger.ZERO : new BigInteger(text.substring(from, to));
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isAllowed(int c) {
        return isDigit(c) || isLetter(c) || c == '.' || c == '+' || c == '~';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DebianVersion && text.equals(((DebianVersion) other).text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    /** The version as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
