package network.privateness.reproducible.debian;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * The fields of a package's stanza that the resolver may need, as one array of bytes: an index has 65,000 packages, of
 * which a resolution looks at some hundred.
 */
final class PackageRecord {

    private static final List<String> FIELDS = List.of(
            "Package",
            "Version",
            "Architecture",
            "Pre-Depends",
            "Depends",
            "Conflicts",
            "Breaks",
            "Provides",
            "Multi-Arch",
            "Filename",
            "Size",
            "SHA256",
            "Source",
            "Essential",
            "Priority");
    private static final List<String> PRIORITIES = List.of("required", "important", "standard");

    private PackageRecord() {}

    static byte[] pack(Stanza stanza) {
        return pack(stanza::get);
    }

    /** The same of a package's own control file, which does not know where the package is and what its hash is. */
    static byte[] pack(Stanza control, PinnedPackage pinned) {
        Map<String, String> known = Map.of(
                "Filename", pinned.path(),
                "Size", Long.toString(pinned.size()),
                "SHA256", pinned.sha256().hex());
        return pack(field -> Optional.ofNullable(known.get(field)).or(() -> control.get(field)));
    }

    private static byte[] pack(Function<String, Optional<String>> fields) {
        return FIELDS.stream()
                .map(field -> fields.apply(field).orElse("").replace('\n', ' '))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Problem if a value is malformed */
    static Candidate unpack(byte[] record, String where, String suite) {
        String[] values = new String(record, StandardCharsets.UTF_8).split("\n", -1);
        try {
            return candidate(values, suite);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    where + ", package " + Quoted.text(values[0]), String.valueOf(e.getMessage()), InRelease.NEXT, e);
        }
    }

    private static Candidate candidate(String[] values, String suite) {
        String name = PackageName.check(values[0]);
        DebianVersion version = DebianVersion.parse(values[1]);
        List<Dependency> depends = new ArrayList<>(Dependency.parseAll(values[3]));
        depends.addAll(Dependency.parseAll(values[4]));
        List<Dependency> conflicts = new ArrayList<>(Dependency.parseAll(values[5]));
        conflicts.addAll(Dependency.parseAll(values[6]));
        ArchivePath.fault(values[9]).ifPresent(fault -> {
            throw new IllegalArgumentException("Filename \"" + Quoted.text(values[9]) + "\": " + fault);
        });
        int priority = PRIORITIES.indexOf(values[14]);
        return new Candidate(
                name,
                version,
                PackageName.checkArchitecture(values[2]),
                suite,
                depends,
                conflicts,
                provides(values[7]),
                values[8].equals("allowed"),
                values[9],
                size(values[10]),
                new Sha256(values[11]),
                source(values[12], name, version),
                values[13].equals("yes"),
                priority < 0 ? PRIORITIES.size() : priority);
    }

    private static List<Candidate.Provided> provides(String field) {
        List<Candidate.Provided> provides = new ArrayList<>();
        for (Dependency member : Dependency.parseAll(field)) {
            for (Dependency.Alternative alternative : member.alternatives()) {
                Optional<DebianVersion> version = alternative
                        .relation()
                        .filter(relation -> relation.operator() == Dependency.Operator.EQUAL)
                        .map(Dependency.Relation::version);
                provides.add(new Candidate.Provided(alternative.name(), version));
            }
        }
        return provides;
    }

    private static long size(String text) {
        if (!text.matches("[1-9]\\d{0,14}")) {
            throw new IllegalArgumentException("Size \"" + Quoted.text(text) + "\" is no number of bytes");
        }
        return Long.parseLong(text);
    }

    /** The field Source names the source's version only where it differs. */
    private static String source(String field, String name, DebianVersion version) {
        if (field.isEmpty()) {
            return name + " (" + version + ")";
        }
        int open = field.indexOf(" (");
        String sourceName = PackageName.check(open < 0 ? field : field.substring(0, open));
        if (open >= 0 && !field.endsWith(")")) {
            throw new IllegalArgumentException("Source \"" + Quoted.text(field) + "\" is not \"name (version)\"");
        }
        DebianVersion sourceVersion =
                open < 0 ? version : DebianVersion.parse(field.substring(open + 2, field.length() - 1));
        return sourceName + " (" + sourceVersion + ")";
    }
}
