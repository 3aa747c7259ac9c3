package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/** One suite of an archive whose InRelease was verified; its package lists are read when asked for. */
public final class ArchiveSuite {

    private final IndexSource source;
    private final String name;
    private final InRelease release;

    private ArchiveSuite(IndexSource source, String name, InRelease release) {
        this.source = source;
        this.name = name;
        this.release = release;
    }

    /**
     * Reads and verifies the InRelease of a suite.
     *
     * @param name suite or code name, for instance {@code trixie-security}
     * @throws Problem if it is forged, expired, of another distribution or suite, or malformed
     */
    public static ArchiveSuite open(IndexSource source, String name, ArchiveKeys keys, Freshness freshness)
            throws IOException {
        String path = "dists/" + PinnedPackage.checkSuite(name) + "/InRelease";
        byte[] document = read(source, path, InRelease.MAX_SIZE);
        return new ArchiveSuite(source, name, InRelease.read(document, source.where(path), name, keys, freshness));
    }

    /** The name that it was asked for by. */
    public String name() {
        return name;
    }

    /** The verified InRelease. */
    public InRelease release() {
        return release;
    }

    /**
     * Reads the packages of component {@code main} for an architecture.
     *
     * @param architecture Debian's name, for instance {@code armhf}
     */
    public PackagesIndex packages(String architecture) throws IOException {
        String plain = "main/binary-" + PackageName.checkArchitecture(architecture) + "/Packages";
        String where = where(plain);
        return PackagesIndex.readXz(packed(plain, where), release.files().get(plain), name, where);
    }

    /**
     * Finds source packages of component {@code main}.
     *
     * @param wanted as {@link PinnedPackage#source()} names them; what the suite does not have is missing in the answer
     */
    public Map<String, SourcePackage> sources(Set<String> wanted) throws IOException {
        String plain = "main/source/Sources";
        String where = where(plain);
        return PackedIndex.read(
                packed(plain, where), release.files().get(plain), where, in -> SourcePackage.find(in, wanted, where));
    }

    private String where(String plain) {
        return source.where("dists/" + name + "/" + plain + ".xz");
    }

    private byte[] packed(String plain, String where) throws IOException {
        InRelease.IndexFile packed = release.files().get(plain + ".xz");
        if (packed == null || !release.files().containsKey(plain)) {
            throw new Problem(
                    where,
                    "InRelease names no such file; its architectures are " + String.join(" ", release.architectures()),
                    "leave this platform out, or choose another suite");
        }
        if (packed.size() > PackedIndex.MAX_PACKED) {
            throw new Problem(
                    where,
                    packed.size() + " bytes; at most " + PackedIndex.MAX_PACKED + " are allowed",
                    InRelease.NEXT);
        }
        return fetch(plain, packed, where);
    }

    /** By its hash first, since that file does not change while a mirror updates. */
    private byte[] fetch(String plain, InRelease.IndexFile file, String where) throws IOException {
        String path = "dists/" + name + "/" + plain + ".xz";
        if (!release.acquireByHash()) {
            return checked(read(source, path, file.size()), file, where);
        }
        String folder = path.substring(0, path.lastIndexOf('/'));
        try {
            return checked(
                    read(source, folder + "/by-hash/SHA256/" + file.sha256().hex(), file.size()), file, where);
        } catch (IOException byHash) {
            try {
                return checked(read(source, path, file.size()), file, where);
            } catch (IOException byName) {
                byName.addSuppressed(byHash);
                throw byName;
            }
        }
    }

    private static byte[] checked(byte[] bytes, InRelease.IndexFile file, String where) {
        Sha256 found = Sha256.of(bytes);
        if (bytes.length != file.size() || !found.equals(file.sha256())) {
            throw PackedIndex.otherHash(where, file, bytes.length, found);
        }
        return bytes;
    }

    /** At most one byte more than allowed, so that the caller sees that it is too long. */
    private static byte[] read(IndexSource source, String path, long maxBytes) throws IOException {
        try (InputStream in = source.fetch(path, maxBytes)) {
            return in.readNBytes((int) maxBytes + 1);
        }
    }
}
