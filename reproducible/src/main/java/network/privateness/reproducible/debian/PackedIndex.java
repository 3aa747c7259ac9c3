package network.privateness.reproducible.debian;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/** An index file of an archive, packed by xz: it is held against InRelease while it is read. */
final class PackedIndex {

    /** Most bytes of an index before and after unpacking; Debian 13's Packages has 9.7 MB and 54 MB. */
    static final long MAX_PACKED = 64L << 20;

    static final long MAX_SIZE = 512L << 20;
    private static final int MAX_XZ_MEMORY_KIB = 100 << 10;

    private PackedIndex() {}

    /** Takes what is unpacked. */
    interface Parser<T> {
        T parse(InputStream in) throws IOException;
    }

    /**
     * Unpacks and parses.
     *
     * @param packed the bytes of the file, whose hash was checked
     * @param unpacked what InRelease says of the same file unpacked
     */
    static <T> T read(byte[] packed, InRelease.IndexFile unpacked, String where, Parser<T> parser) throws IOException {
        if (unpacked.size() > MAX_SIZE) {
            throw new Problem(where, unpacked.size() + " bytes; at most " + MAX_SIZE + " are allowed", InRelease.NEXT);
        }
        Sha256OutputStream digest = new Sha256OutputStream(OutputStream.nullOutputStream());
        T parsed;
        try (InputStream in = new CheckedStream(
                new XZInputStream(new ByteArrayInputStream(packed), MAX_XZ_MEMORY_KIB),
                digest,
                unpacked.size(),
                where)) {
            parsed = parser.parse(in);
        } catch (XZIOException | EOFException e) {
            throw new Problem(where, "malformed xz data (" + e + ")", InRelease.NEXT, e);
        }
        if (digest.size() != unpacked.size() || !digest.digest().equals(unpacked.sha256())) {
            throw new Problem(where, "unpacked, it is not the file that InRelease names", InRelease.NEXT);
        }
        return parsed;
    }

    /** What to say when this hash was expected and another one came. */
    static Problem otherHash(String where, InRelease.IndexFile expected, long size, Sha256 found) {
        return new Problem(
                where,
                "expected " + expected.size() + " bytes with " + expected.sha256() + ", got " + size + " with " + found
                        + "; the mirror may be between two updates",
                "try again later, or " + InRelease.NEXT);
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
}
