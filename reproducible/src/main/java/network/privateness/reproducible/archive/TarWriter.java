package network.privateness.reproducible.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.TarMember.Kind;

/**
 * Writes tar archives whose bytes are frozen ({@code layoutVersion 1}): two writers that are given the same members give
 * the same bytes, for ever.
 *
 * <ul>
 *   <li>ustar headers: numeric owners, empty owner names, device numbers 0, no access or change time. A name is split at
 *       the last slash that leaves at most 155 bytes before it. The name of a directory ends with a slash. Names are
 *       their UTF-8 bytes.
 *   <li>A pax header comes before a member only when its path or target does not fit, when its size is 8 GiB or more, or
 *       when it has file capabilities; its name is {@code ././@PaxHeader}, its records are sorted by key.
 *   <li>The archive ends with two blocks of zeros, without padding to a record.
 * </ul>
 *
 * <p>Not thread-safe. Holds one buffer of 128 KiB, however large the members are.
 */
public final class TarWriter implements Closeable {

    /** The one extended attribute that images have. */
    static final String CAPABILITY = "security.capability";

    private static final String PAX_NAME = "././@PaxHeader";
    private static final byte[] NOTHING = {};
    private static final byte[] USTAR = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] buffer = new byte[128 << 10];
    private int used;
    private boolean finished;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a member without content: a directory, a link, or an empty file. */
    public void write(TarMember member) throws IOException {
        write(member, InputStream.nullInputStream());
    }

    /** Writes a member and its content, which is read to its end and not closed. */
    public void write(TarMember member, InputStream content) throws IOException {
        write(member, content, NOTHING);
    }

    /**
     * Writes a member, its content and its file capabilities.
     *
     * @param content read to its end, not closed
     * @param capability the value of the extended attribute security.capability; none if empty
     * @throws Problem if the content has not the size that the member declares
     */
    public void write(TarMember member, InputStream content, byte[] capability) throws IOException {
        byte[] path = bytes(member.kind() == Kind.DIRECTORY ? member.path() + "/" : member.path());
        byte[] target = bytes(member.linkTarget());
        int split = split(path);
        boolean longPath = split < 0;
        boolean longTarget = target.length > TarHeader.MAGIC - TarHeader.LINK;
        boolean large = member.size() > TarMember.MAX_TIME;
        if (longPath || longTarget || large || capability.length > 0) {
            var records = new PaxRecords();
            if (capability.length > 0) {
                records.add("SCHILY.xattr." + CAPABILITY, capability);
            }
            if (longTarget) {
                records.add("linkpath", target);
            }
            if (longPath) {
                records.add("path", path);
            }
            if (large) {
                records.add("size", bytes(Long.toString(member.size())));
            }
            byte[] pax = records.toByteArray();
            header('x', bytes(PAX_NAME), 0, NOTHING, 0644, 0, 0, pax.length, 0);
            put(pax, 0, pax.length);
            pad(pax.length);
        }
        header(
                type(member.kind()),
                longPath ? Arrays.copyOf(path, TarHeader.MODE) : path,
                Math.max(split, 0),
                longTarget ? Arrays.copyOf(target, TarHeader.MAGIC - TarHeader.LINK) : target,
                member.mode(),
                member.uid(),
                member.gid(),
                large ? 0 : member.size(),
                member.mtime());
        copy(member, content);
        pad(member.size());
    }

    /** Writes the end mark and flushes; the stream below stays open. */
    public void finish() throws IOException {
        if (!finished) {
            finished = true;
            zeros(2 * TarHeader.BLOCK);
            flushBuffer();
            out.flush();
        }
    }

    /** Finishes the archive and closes the stream below. */
    @Override
    public void close() throws IOException {
        try (out) {
            finish();
        }
    }

    private void copy(TarMember member, InputStream content) throws IOException {
        long left = member.size();
        while (left > 0) {
            if (used == buffer.length) {
                flushBuffer();
            }
            int read = content.read(buffer, used, (int) Math.min(left, buffer.length - used));
            if (read < 0) {
                throw changed(member, "ended " + left + " bytes early");
            }
            used += read;
            left -= read;
        }
        if (content.read() >= 0) {
            throw changed(member, "went on behind them");
        }
    }

    private static Problem changed(TarMember member, String how) {
        return new Problem(
                member.path(),
                "its " + member.size() + " bytes were announced, but the content " + how,
                "leave the inputs alone while a build runs, and build again");
    }

    private void header(
            char type, byte[] path, int split, byte[] target, int mode, int uid, int gid, long size, long mtime)
            throws IOException {
        if (buffer.length - used < TarHeader.BLOCK) {
            flushBuffer();
        }
        int at = used;
        Arrays.fill(buffer, at, at + TarHeader.BLOCK, (byte) 0);
        int nameStart = split == 0 ? 0 : split + 1;
        System.arraycopy(path, nameStart, buffer, at + TarHeader.NAME, path.length - nameStart);
        System.arraycopy(path, 0, buffer, at + TarHeader.PREFIX, split);
        octal(at + TarHeader.MODE, 7, mode);
        octal(at + TarHeader.UID, 7, uid);
        octal(at + TarHeader.GID, 7, gid);
        octal(at + TarHeader.SIZE, 11, size);
        octal(at + TarHeader.MTIME, 11, mtime);
        Arrays.fill(buffer, at + TarHeader.CHECKSUM, at + TarHeader.TYPE, (byte) ' ');
        buffer[at + TarHeader.TYPE] = (byte) type;
        System.arraycopy(target, 0, buffer, at + TarHeader.LINK, target.length);
        System.arraycopy(USTAR, 0, buffer, at + TarHeader.MAGIC, USTAR.length);
        octal(at + TarHeader.DEVICE_MAJOR, 7, 0);
        octal(at + TarHeader.DEVICE_MINOR, 7, 0);
        int sum = 0;
        for (int i = at; i < at + TarHeader.BLOCK; i++) {
            sum += buffer[i] & 0xff;
        }
        octal(at + TarHeader.CHECKSUM, 6, sum);
        buffer[at + TarHeader.CHECKSUM + 6] = 0;
        used += TarHeader.BLOCK;
    }

    private void octal(int from, int digits, long value) {
        long left = value;
        for (int i = from + digits - 1; i >= from; i--) {
            buffer[i] = (byte) ('0' + (left & 7));
            left >>>= 3;
        }
    }

    /** Where the slash between prefix and name is, 0 if no prefix is needed, -1 if the path does not fit. */
    private static int split(byte[] path) {
        if (path.length <= TarHeader.MODE) {
            return 0;
        }
        // Not the last byte: a directory's name may not become empty.
        int slash = Math.min(TarHeader.PREFIX_END - TarHeader.PREFIX, path.length - 2);
        while (slash > 0 && path[slash] != '/') {
            slash--;
        }
        return slash > 0 && path.length - slash - 1 <= TarHeader.MODE ? slash : -1;
    }

    private static char type(Kind kind) {
        return switch (kind) {
            case FILE -> '0';
            case HARDLINK -> '1';
            case SYMLINK -> '2';
            case DIRECTORY -> '5';
        };
    }

    private void pad(long size) throws IOException {
        zeros((int) (-size & (TarHeader.BLOCK - 1)));
    }

    private void zeros(int count) throws IOException {
        if (buffer.length - used < count) {
            flushBuffer();
        }
        Arrays.fill(buffer, used, used + count, (byte) 0);
        used += count;
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        if (buffer.length - used < length) {
            flushBuffer();
        }
        if (length > buffer.length) {
            out.write(bytes, offset, length);
            return;
        }
        System.arraycopy(bytes, offset, buffer, used, length);
        used += length;
    }

    private void flushBuffer() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
