package network.privateness.reproducible.golang;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.ReadLimits;
import network.privateness.reproducible.archive.ZipMember;
import network.privateness.reproducible.archive.ZipReader;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;

/** A module zip under the rules of golang.org/x/mod/zip: names, number and sizes are checked before use. */
final class ModuleZip implements Closeable {

    /** MaxZipFile: most bytes of a zip, packed and unpacked. */
    static final long MAX_TOTAL = 500L << 20;
    /** MaxGoMod: most bytes of a go.mod. */
    static final long MAX_GO_MOD = 16L << 20;
    /** Ours; the largest public modules have some 30,000 files, the toolchain 11,518. */
    private static final int MAX_MEMBERS = 100_000;

    private final ModuleVersion id;
    private final ZipReader zip;

    private ModuleZip(ModuleVersion id, ZipReader zip) {
        this.id = id;
        this.zip = zip;
    }

    static ModuleZip open(Path file, ModuleVersion id) throws IOException {
        return open(file, id, MAX_TOTAL);
    }

    /** @param limit most bytes, packed and unpacked */
    static ModuleZip open(Path file, ModuleVersion id, long limit) throws IOException {
        long size = Files.size(file);
        if (size > limit) {
            throw problem(id, "the zip has " + size + " bytes, at most " + limit + " are allowed");
        }
        return new ModuleZip(id, ZipReader.open(file, id.toString(), new ReadLimits(limit, limit, MAX_MEMBERS)));
    }

    /** Gives every file of the module to the sink, once, and computes the hash of what was read. */
    H1 read(Sink sink) throws IOException {
        ZipNames names = new ZipNames(id);
        SortedMap<String, Sha256> files = new TreeMap<>();
        for (ZipMember member : zip.members()) {
            String path = names.check(member.name());
            if (path.equals("go.mod") && member.size() > MAX_GO_MOD) {
                throw problem(id, "the go.mod has " + member.size() + " bytes, at most " + MAX_GO_MOD + " are allowed");
            }
            // As Go does: a folder counts as an empty file of its name.
            OutputStream to = member.isDirectory() ? OutputStream.nullOutputStream() : sink.open(path);
            try (InputStream in = zip.open(member);
                    Sha256OutputStream out = new Sha256OutputStream(to)) {
                in.transferTo(out);
                files.put(member.name(), out.digest());
            }
        }
        return H1.ofFiles(files);
    }

    /**
     * Some files by their path, sorted; the hash of the module must have been checked before.
     *
     * @param longest most bytes of one file
     */
    SortedMap<String, byte[]> files(Predicate<String> wanted, int longest) throws IOException {
        ZipNames names = new ZipNames(id);
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (ZipMember member : zip.members()) {
            String path = names.check(member.name());
            if (member.isDirectory() || !wanted.test(path)) {
                continue;
            }
            try (InputStream in = zip.open(member)) {
                byte[] content = in.readNBytes(longest + 1);
                if (content.length > longest) {
                    throw problem(id, path + " has more than the " + longest + " bytes that are allowed");
                }
                files.put(path, content);
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    static Problem problem(ModuleVersion id, String what) {
        return new Problem(
                id.toString(), what, "remove it from the store, then fetch it again or check the module proxy");
    }

    /** Takes the files of a module zip. */
    interface Sink {

        /** @param path relative to the module's root; checked, with {@code /} between elements */
        OutputStream open(String path) throws IOException;
    }
}
