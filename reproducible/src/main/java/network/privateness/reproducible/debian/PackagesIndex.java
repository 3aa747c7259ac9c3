package network.privateness.reproducible.debian;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/** The packages of one suite, component and architecture (with those of architecture all): a Packages file. */
public final class PackagesIndex {

    /** Most bytes of a Packages file before and after unpacking; Debian 13's has 9.7 MB and 54 MB. */
    static final long MAX_PACKED = 64L << 20;

    static final long MAX_SIZE = 512L << 20;
    private static final int MAX_PACKAGES = 500_000;
    private static final int MAX_XZ_MEMORY_KIB = 100 << 10;

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
        if (unpacked.size() > MAX_SIZE) {
            throw new Problem(where, unpacked.size() + " bytes; at most " + MAX_SIZE + " are allowed", InRelease.NEXT);
        }
        Sha256OutputStream digest = new Sha256OutputStream(OutputStream.nullOutputStream());
        PackagesIndex index;
        try (InputStream in = new CheckedStream(
                new XZInputStream(new ByteArrayInputStream(packed), MAX_XZ_MEMORY_KIB),
                digest,
                unpacked.size(),
                where)) {
            index = read(in, suite, where);
        } catch (XZIOException | EOFException e) {
            throw new Problem(where, "malformed xz data (" + e + ")", InRelease.NEXT, e);
        }
        if (digest.size() != unpacked.size() || !digest.digest().equals(unpacked.sha256())) {
            throw new Problem(where, "unpacked, it is not the file that InRelease names", InRelease.NEXT);
        }
        return index;
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

    /** Hashes what is read, and refuses more bytes than were announced. */
    private static final class CheckedStream extends FilterInputStream {

        private final Sha256OutputStream digest;
        private final long size;
        private final String where;

        CheckedStream(InputStream in, Sha256OutputStream digest, long size, String where) {
            super(in);
            this.digest = digest;
            this.size = size;
            this.where = where;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                digest.write(bytes, offset, count);
                if (digest.size() > size) {
                    throw new Problem(where, "more than the " + size + " bytes that InRelease names", InRelease.NEXT);
                }
            }
            return count;
        }
    }

    /** What to say when this hash was expected and another one came. */
    static Problem otherHash(String where, InRelease.IndexFile expected, long size, Sha256 found) {
        return new Problem(
                where,
                "expected " + expected.size() + " bytes with " + expected.sha256() + ", got " + size + " with " + found
                        + "; the mirror may be between two updates",
                "try again later, or " + InRelease.NEXT);
    }
}
