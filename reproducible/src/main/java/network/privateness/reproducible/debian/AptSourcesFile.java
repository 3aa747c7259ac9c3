package network.privateness.reproducible.debian;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/** Reads one file of apt's sources, of either format; what it can't use becomes a note. */
final class AptSourcesFile {

    private static final Set<String> SCHEMES = Set.of("http", "https", "file");
    private static final Set<String> NO = Set.of("no", "false", "without", "off", "disable", "0");
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(?:\\[[^\\]]*\\]\\s*)?(\\S.*)");

    private final String where;
    private final Set<AptSources.Entry> entries;
    private final List<String> notes;

    AptSourcesFile(String where, Set<AptSources.Entry> entries, List<String> notes) {
        this.where = where;
        this.entries = entries;
        this.notes = notes;
    }

    void read(byte[] bytes) throws IOException {
        if (where.endsWith(".sources")) {
            readStanzas(bytes);
        } else {
            int number = 0;
            for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
                number++;
                readLine(where + ":" + number, line.replaceFirst("#.*", "").strip());
            }
        }
    }

    private void readLine(String at, String line) {
        Matcher matcher = LINE.matcher(line);
        if (line.isEmpty() || line.startsWith("deb-src")) {
            return;
        }
        if (!matcher.matches() || !matcher.group(1).equals("deb")) {
            notes.add(at + ": not \"deb URI suite components\", passed over");
            return;
        }
        List<String> words = words(matcher.group(2));
        if (words.size() < 2) {
            notes.add(at + ": no suite, passed over");
            return;
        }
        add(at, words.get(0), words.subList(1, 2), words.subList(2, words.size()));
    }

    private void readStanzas(byte[] bytes) throws IOException {
        ControlFile file = new ControlFile(
                new ByteArrayInputStream(bytes), where, "correct this file", ControlFile.Style.HAND_WRITTEN);
        try {
            for (Optional<Stanza> stanza = file.next(); stanza.isPresent(); stanza = file.next()) {
                readStanza(stanza.get());
            }
        } catch (Problem e) {
            notes.add(e.where() + ": " + e.what() + ", the rest of the file is passed over");
        }
    }

    private void readStanza(Stanza stanza) {
        boolean enabled = stanza.get("Enabled")
                .map(value -> !NO.contains(value.toLowerCase(Locale.ROOT)))
                .orElse(true);
        if (!enabled || !words(stanza.require("Types")).contains("deb")) {
            return;
        }
        List<String> suites = words(stanza.require("Suites"));
        List<String> components = words(stanza.get("Components").orElse(""));
        for (String uri : words(stanza.require("URIs"))) {
            add(stanza.where(), uri, suites, components);
        }
    }

    private void add(String at, String text, List<String> suites, List<String> components) {
        Optional<URI> uri = uri(text);
        if (uri.isEmpty()) {
            notes.add(at + ": \"" + Quoted.text(text.replaceFirst("//[^/]*@", "//...@"))
                    + "\" is no http, https or file URI, passed over");
            return;
        }
        for (String suite : suites) {
            try {
                PinnedPackage.checkSuite(suite);
            } catch (IllegalArgumentException e) {
                notes.add(at + ": " + e.getMessage() + " with packages below dists/, passed over");
                return;
            }
        }
        entries.add(new AptSources.Entry(uri.get(), suites, components));
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            boolean usable = uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && !uri.isOpaque()
                    && (uri.getHost() != null || uri.getScheme().equalsIgnoreCase("file"));
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
    }
}
