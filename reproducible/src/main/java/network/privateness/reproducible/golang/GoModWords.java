package network.privateness.reproducible.golang;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits one line of go.mod into words: bare, {@code "quoted"} or {@code `raw`}, up to a comment. */
final class GoModWords {

    private GoModWords() {}

    static List<String> of(LineReader lines) {
        String line = lines.next();
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == ' ' || c == '\t') {
                i++;
            } else if (line.startsWith("//", i)) {
                break;
            } else if (c == '(' || c == ')') {
                words.add(String.valueOf(c));
                i++;
            } else if (c == '"' || c == '`') {
                int end = line.indexOf(c, i + 1);
                if (end < 0) {
                    throw lines.problem("has a quote without end");
                }
                String word = line.substring(i + 1, end);
                if (word.indexOf('\\') >= 0) {
                    throw lines.problem("has a backslash in quotes, which no module path needs");
                }
                words.add(word);
                i = end + 1;
            } else {
                int end = i;
                while (end < line.length() && isBare(line, end)) {
                    end++;
                }
                if (end == i) {
                    throw lines.problem("has the character U+" + String.format(Locale.ROOT, "%04X", (int) c));
                }
                words.add(line.substring(i, end));
                i = end;
            }
        }
        return words;
    }

    private static boolean isBare(String line, int i) {
        char c = line.charAt(i);
        return c > ' ' && c != 0x7f && "()\"`".indexOf(c) < 0 && !line.startsWith("//", i);
    }
}
