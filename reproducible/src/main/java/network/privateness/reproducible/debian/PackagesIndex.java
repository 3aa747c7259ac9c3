package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The packages of one suite, component and architecture (with those of architecture all): a Packages file. */
public final class PackagesIndex {

    private static final int MAX_PACKAGES = 500_000;

    private final String suite;
    private final String where;
    private final List<byte[]> records = new ArrayList<>();
    private final Map<String, int[]> byName = new HashMap<>();
    private final Map<String, int[]> byProvided = new HashMap<>();

    private PackagesIndex(String suite, String where) {
        this.suite = suite;
        this.where = where;
    }

    /**
     * Reads Packages.xz.
     *
     * @param packed the bytes of Packages.xz, whose hash was checked
     * @param unpacked what InRelease says of the same file unpacked
     */
    static PackagesIndex readXz(byte[] packed, InRelease.IndexFile unpacked, String suite, String where)
            throws IOException {
        return PackedIndex.read(packed, unpacked, where, in -> read(in, suite, where));
    }

    /** Reads a Packages file whose bytes are trusted. */
    static PackagesIndex read(InputStream in, String suite, String where) throws IOException {
        PackagesIndex index = new PackagesIndex(suite, where);
        ControlFile file = new ControlFile(in, where, InRelease.NEXT, ControlFile.Style.ARCHIVE);
        for (Optional<Stanza> next = file.next(); next.isPresent(); next = file.next()) {
            index.add(next.get());
        }
        return index;
    }

    /** The suite that it was read for. */
    public String suite() {
        return suite;
    }

    /** How many packages there are. */
    public int size() {
        return records.size();
    }

    /** All versions of a package, the newest first. */
    public List<Candidate> named(String name) {
        return candidates(byName.get(name)).stream()
                .sorted(Comparator.comparing(Candidate::version).reversed())
                .collect(Collectors.toList());
    }

    /** The packages that provide a name, in the order of the file. */
    public List<Candidate> providing(String name) {
        return candidates(byProvided.get(name));
    }

    private List<Candidate> candidates(int[] indexes) {
        return indexes == null
                ? List.of()
                : Arrays.stream(indexes)
                        .mapToObj(i -> PackageRecord.unpack(records.get(i), where, suite))
                        .collect(Collectors.toList());
    }

    private void add(Stanza stanza) {
        if (records.size() == MAX_PACKAGES) {
            throw stanza.problem("more than " + MAX_PACKAGES + " packages");
        }
        int index = records.size();
        records.add(PackageRecord.pack(stanza));
        link(byName, stanza.require("Package"), index);
        for (String provided : providedNames(stanza.get("Provides").orElse(""))) {
            link(byProvided, provided, index);
        }
    }

    private static void link(Map<String, int[]> map, String name, int index) {
        map.merge(name, new int[] {index}, (old, added) -> {
            int[] both = Arrays.copyOf(old, old.length + 1);
            both[old.length] = index;
            return both;
        });
    }

    /** Names only; versions are looked at when a package is asked for. */
    private static Set<String> providedNames(String field) {
        Set<String> names = new HashSet<>();
        for (String member : field.split(",")) {
            String text = member.strip();
            int end = 0;
            while (end < text.length() && " (:\n\t".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end > 0) {
                names.add(text.substring(0, end));
            }
        }
        return names;
    }
}
