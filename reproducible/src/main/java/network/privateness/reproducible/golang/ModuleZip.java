package network.privateness.reproducible.golang;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;

/** A module zip under the rules of golang.org/x/mod/zip: names, number and sizes are checked before use. */
final class ModuleZip implements Closeable {

    /** MaxZipFile: most bytes of a zip, packed and unpacked. */
    static final long MAX_TOTAL = 500L << 20;
    /** MaxGoMod: most bytes of a go.mod. */
    static final long MAX_GO_MOD = 16L << 20;
    /** Ours; the largest public modules have some 30,000 files, the toolchain 11,518. */
    static final int MAX_MEMBERS = 100_000;

    private final Path file;
    private final ModuleVersion id;
    private final ZipFile zip;

    private final long limit;
    private final byte[] buffer = new byte[1 << 16];

    private ModuleZip(Path file, ModuleVersion id, ZipFile zip, long limit) {
        this.file = file;
        this.limit = limit;
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
            throw problem(id, "the zip has " + size + " bytes, at most " + limit + " are allowed", null);
        }
        try {
            return new ModuleZip(file, id, new ZipFile(file.toFile()), limit);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw problem(id, "the zip is damaged: " + e.getMessage(), e);
        }
    }

    /** Gives every file of the module to the sink, once, and computes the hash of what was read. */
    H1 read(Sink sink) throws IOException {
        ZipNames names = new ZipNames(id);
        SortedMap<String, Sha256> files = new TreeMap<>();
        long left = limit;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String path = names.check(entry.getName());
            if (files.size() == MAX_MEMBERS) {
                throw problem(id, "the zip has more than " + MAX_MEMBERS + " files", null);
            }
            if (path.isEmpty() || path.endsWith("/")) {
                // As Go does: a folder counts as an empty file of its name.
                if (files.put(entry.getName(), Sha256.of(new byte[0])) != null) {
                    throw problem(id, "the zip has \"" + entry.getName() + "\" twice", null);
                }
                continue;
            }
            long cap = path.equals("go.mod") ? Math.min(limit, MAX_GO_MOD) : limit;
            try (Sha256OutputStream out = new Sha256OutputStream(sink.open(path, entry.getSize()))) {
                copy(entry, out, Math.min(left, cap), cap);
                left -= out.size();
                files.put(entry.getName(), out.digest());
            }
        }
        return H1.ofFiles(files);
    }

    private void copy(ZipEntry entry, OutputStream out, long allowed, long cap) throws IOException {
        try (InputStream in = open(entry)) {
            long left = allowed;
            for (int n = next(in, entry); n >= 0; n = next(in, entry)) {
                left -= n;
                if (left < 0) {
                    throw problem(id, "the zip unpacks beyond " + cap + " bytes at \"" + entry.getName() + "\"", null);
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private InputStream open(ZipEntry entry) throws IOException {
        try {
            InputStream in = zip.getInputStream(entry);
            if (in != null) {
                return in;
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw problem(id, "the zip is damaged at \"" + entry.getName() + "\": " + e.getMessage(), e);
        }
        throw problem(id, "the zip is damaged at \"" + entry.getName() + "\"", null);
    }

    // Only reading is guarded: an I/O failure of the sink is not the zip's fault.
    private int next(InputStream in, ZipEntry entry) throws IOException {
        try {
            return in.read(buffer);
        } catch (ZipException | EOFException e) {
            throw problem(id, "the zip is damaged at \"" + entry.getName() + "\": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    @Override
    public String toString() {
        return id + " (" + file + ")";
    }

    static Problem problem(ModuleVersion id, String what, Throwable cause) {
        return new Problem(
                id.toString(), what, "remove it from the store, then fetch it again or check the module proxy", cause);
    }

    /** Takes the files of a module zip. */
    interface Sink {

        /**
         * @param path relative to the module's root; checked, with {@code /} between elements
         * @param size what the zip says, not yet proved
         */
        OutputStream open(String path, long size) throws IOException;
    }
}
