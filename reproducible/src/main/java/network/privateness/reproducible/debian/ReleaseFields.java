package network.privateness.reproducible.debian;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.digest.Sha256;

/** The fields of a Release file as values. */
final class ReleaseFields {

    private static final int MAX_FILES = 50_000;
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final Pattern DATE = Pattern.compile(
            "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d{1,2}) ([A-Z][a-z]{2}) (\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) (?:UTC|GMT|\\+0000)");
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64}) +(\\d{1,15}) ([!-~]+)");

    private final Stanza stanza;

    ReleaseFields(Stanza stanza) {
        this.stanza = stanza;
    }

    InRelease release(List<String> signedBy, Sha256 sha256) {
        return new InRelease(
                stanza.require("Origin"),
                stanza.require("Label"),
                stanza.require("Suite"),
                stanza.require("Codename"),
                date("Date", stanza.require("Date")),
                stanza.get("Valid-Until").map(text -> date("Valid-Until", text)),
                words("Architectures"),
                words("Components"),
                stanza.get("Acquire-By-Hash").filter("yes"::equals).isPresent(),
                files(),
                signedBy,
                sha256);
    }

    private List<String> words(String field) {
        return List.of(stanza.require(field).split("\\s+"));
    }

    private Instant date(String field, String text) {
        Matcher matcher = DATE.matcher(text);
        int month = matcher.matches() ? MONTHS.indexOf(matcher.group(2)) + 1 : 0;
        try {
            return LocalDateTime.of(
                            Integer.parseInt(matcher.group(3)),
                            month,
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            Integer.parseInt(matcher.group(6)))
                    .toInstant(ZoneOffset.UTC);
        } catch (IllegalStateException | DateTimeException e) {
            throw stanza.problem(
                    field + " \"" + Quoted.text(text) + "\" is no date like \"Sat, 12 Sep 2026 07:55:41 UTC\"");
        }
    }

    private SortedMap<String, InRelease.IndexFile> files() {
        SortedMap<String, InRelease.IndexFile> files = new TreeMap<>();
        for (String line : stanza.require("SHA256").strip().split("\n", -1)) {
            Matcher matcher = FILE.matcher(line.strip());
            if (!matcher.matches()) {
                throw stanza.problem("SHA256 has \"" + Quoted.text(line) + "\", which is not \"hash size path\"");
            }
            String path = matcher.group(3);
            Optional<String> fault = ArchivePath.fault(path);
            if (fault.isPresent()) {
                throw stanza.problem("SHA256 has path \"" + Quoted.text(path) + "\": " + fault.get());
            }
            InRelease.IndexFile file =
                    new InRelease.IndexFile(Long.parseLong(matcher.group(2)), new Sha256(matcher.group(1)));
            if (files.put(path, file) != null) {
                throw stanza.problem("SHA256 has \"" + Quoted.text(path) + "\" twice");
            }
            if (files.size() > MAX_FILES) {
                throw stanza.problem("SHA256 has more than " + MAX_FILES + " files");
            }
        }
        return Collections.unmodifiableSortedMap(files);
    }
}
