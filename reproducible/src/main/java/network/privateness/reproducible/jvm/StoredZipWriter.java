package network.privateness.reproducible.jvm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A zip file with nothing in it that depends on who wrote it: stored entries, one fixed time, no extra fields, no
 * comments, no attributes (PKWARE APPNOTE 6.3.10).
 *
 * <p>Stored, because the layer around it is compressed as a whole: smaller, and no deflate implementation leaves its
 * mark. Without zip64, so up to 65,534 entries and 4 GiB less a byte; the caller keeps within that.
 */
final class StoredZipWriter {

    static final int MAX_ENTRIES = 0xFFFE;
    static final long MAX_SIZE = 0xFFFF_FFFEL;
    static final int MAX_NAME_BYTES = 1024;

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_CENTRAL_DIRECTORY = 0x06054b50;
    /** Version 1.0: stored files and nothing else. */
    private static final int VERSION = 10;
    /** Bit 11: names are UTF-8. */
    private static final int FLAGS = 0x0800;
    /** 1980-01-01 00:00:00, the first moment that a zip file can tell. */
    private static final int DOS_TIME = 0;

    private static final int DOS_DATE = 1 << 5 | 1;

    private final OutputStream out;
    private final ByteArrayOutputStream centralDirectory = new ByteArrayOutputStream();
    private int entries;
    private long offset;

    /** @param out gets the zip file; it is neither buffered nor closed */
    StoredZipWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Starts an entry; exactly {@code size} bytes with that CRC-32 must follow by {@link #write}.
     *
     * @throws IllegalStateException if the file would need zip64
     */
    void entry(String name, long crc, long size) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (entries == MAX_ENTRIES || nameBytes.length > MAX_NAME_BYTES || size > MAX_SIZE || offset > MAX_SIZE) {
            throw new IllegalStateException("\"" + name + "\" does not fit into a zip file without zip64");
        }
        var header = new ByteArrayOutputStream();
        four(header, LOCAL_HEADER);
        common(header, nameBytes.length, crc, size);
        header.writeBytes(nameBytes);

        four(centralDirectory, CENTRAL_HEADER);
        two(centralDirectory, VERSION); // made by
        common(centralDirectory, nameBytes.length, crc, size);
        two(centralDirectory, 0); // comment length
        two(centralDirectory, 0); // disk
        two(centralDirectory, 0); // internal attributes
        four(centralDirectory, 0); // external attributes
        four(centralDirectory, offset);
        centralDirectory.writeBytes(nameBytes);

        write(header.toByteArray(), header.size());
        entries++;
    }

    /** Writes the next {@code length} bytes of the entry that was started last. */
    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        offset += length;
    }

    /**
     * Writes the central directory.
     *
     * @throws IllegalStateException if the file would need zip64
     */
    void finish() throws IOException {
        if (offset + centralDirectory.size() > MAX_SIZE) {
            throw new IllegalStateException("the whole does not fit into a zip file without zip64");
        }
        var end = new ByteArrayOutputStream();
        four(end, END_OF_CENTRAL_DIRECTORY);
        two(end, 0); // this disk
        two(end, 0); // disk of the central directory
        two(end, entries);
        two(end, entries);
        four(end, centralDirectory.size());
        four(end, offset);
        two(end, 0); // comment length
        centralDirectory.writeTo(out);
        end.writeTo(out);
    }

    private static void common(ByteArrayOutputStream header, int nameLength, long crc, long size) {
        two(header, VERSION); // needed to extract
        two(header, FLAGS);
        two(header, 0); // stored
        two(header, DOS_TIME);
        two(header, DOS_DATE);
        four(header, crc);
        four(header, size); // compressed
        four(header, size);
        two(header, nameLength);
        two(header, 0); // extra field length
    }

    private static void two(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >>> 8);
    }

    private static void four(ByteArrayOutputStream out, long value) {
        two(out, (int) value);
        two(out, (int) (value >>> 16));
    }
}
