package network.privateness.reproducible.golang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/** Reads go.mod: one directive per line, or several of a kind in a block. */
final class GoModParser {

    private static final Pattern GO_VERSION =
            Pattern.compile("1\\.[0-9]{1,4}(\\.[0-9]{1,4})?(rc[0-9]{1,4}|beta[0-9]{1,4})?");
    private static final Pattern TOOLCHAIN = Pattern.compile("default|go1[0-9A-Za-z.+-]{0,100}");
    private static final Set<String> PASSED_OVER = Set.of("retract", "tool", "godebug", "ignore");

    private final LineReader lines;
    private final String file;
    private Optional<String> module = Optional.empty();
    private Optional<String> go = Optional.empty();
    private Optional<String> toolchain = Optional.empty();
    private final List<ModuleVersion> require = new ArrayList<>();
    private final List<GoMod.Replacement> replace = new ArrayList<>();
    private final List<ModuleVersion> exclude = new ArrayList<>();

    GoModParser(String file, byte[] content) {
        this.file = file;
        this.lines = new LineReader(file, content, ModuleZip.MAX_GO_MOD);
    }

    GoMod parse() {
        String block = "";
        while (lines.hasNext()) {
            List<String> words = GoModWords.of(lines);
            if (words.isEmpty()) {
                continue;
            }
            if (!block.isEmpty()) {
                if (words.equals(List.of(")"))) {
                    block = "";
                } else {
                    directive(block, words);
                }
            } else if (words.size() == 2 && words.get(1).equals("(")) {
                block = known(words.get(0));
            } else {
                directive(words.get(0), words.subList(1, words.size()));
            }
        }
        if (!block.isEmpty()) {
            throw lines.problem("ends within the block \"" + block + "\"");
        }
        return new GoMod(
                module.orElseThrow(() -> new Problem(file, "names no module", "check this file")),
                go,
                toolchain,
                require,
                replace,
                exclude);
    }

    private void directive(String keyword, List<String> words) {
        switch (known(keyword)) {
            case "module" -> module = once(keyword, module, one(keyword, words));
            case "go" -> go = once(keyword, go, matching(GO_VERSION, keyword, one(keyword, words)));
            case "toolchain" -> toolchain = once(keyword, toolchain, matching(TOOLCHAIN, keyword, one(keyword, words)));
            case "require" -> require.add(moduleVersion(keyword, words));
            case "exclude" -> exclude.add(moduleVersion(keyword, words));
            case "replace" -> replace.add(replacement(words));
            default -> {
                // passed over
            }
        }
    }

    private String known(String keyword) {
        if (!PASSED_OVER.contains(keyword)
                && !Set.of("module", "go", "toolchain", "require", "exclude", "replace")
                        .contains(keyword)) {
            throw lines.problem("\"" + keyword + "\" is not a directive of go.mod");
        }
        return keyword;
    }

    private Optional<String> once(String keyword, Optional<String> before, String value) {
        if (before.isPresent()) {
            throw lines.problem("has a second \"" + keyword + "\"");
        }
        return Optional.of(value);
    }

    private String one(String keyword, List<String> words) {
        if (words.size() != 1) {
            throw lines.problem("\"" + keyword + "\" has " + words.size() + " words instead of one");
        }
        return words.get(0);
    }

    private String matching(Pattern pattern, String keyword, String value) {
        if (!pattern.matcher(value).matches()) {
            throw lines.problem("\"" + value + "\" is no value for \"" + keyword + "\"");
        }
        return value;
    }

    private ModuleVersion moduleVersion(String keyword, List<String> words) {
        if (words.size() != 2) {
            throw lines.problem("\"" + keyword + "\" has " + words.size() + " words instead of module and version");
        }
        try {
            return new ModuleVersion(words.get(0), words.get(1));
        } catch (IllegalArgumentException e) {
            throw lines.problem(e.getMessage());
        }
    }

    private GoMod.Replacement replacement(List<String> words) {
        int arrow = words.indexOf("=>");
        if (arrow < 1 || arrow > 2 || words.size() == arrow + 1) {
            throw lines.problem("\"replace\" is not of the form: module [version] => module version");
        }
        String by = words.get(arrow + 1);
        if (by.startsWith("./") || by.startsWith("../") || by.startsWith("/") || by.equals(".") || by.equals("..")) {
            throw lines.problem("replaces " + words.get(0) + " by the folder \"" + by
                    + "\": a folder is not pinned, and its path would be written into the program");
        }
        Optional<String> version = arrow == 2 ? Optional.of(words.get(1)) : Optional.empty();
        return new GoMod.Replacement(
                words.get(0), version, moduleVersion("replace", words.subList(arrow + 1, words.size())));
    }
}
