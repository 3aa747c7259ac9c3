package network.privateness.reproducible.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes one gzip member (RFC 1952), which must fill its input: a second member or other bytes behind it are refused.
 *
 * <p>Bounded: at most the limits' total comes out, no more than 200 bytes for each that went in (beyond 64 MiB). Length
 * and CRC are checked. Not thread-safe; close it, it holds native memory.
 */
public final class GzipDecoder extends InputStream {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int MAX_HEADER_TEXT = 64 << 10;

    private final Refusal refusal;
    private final CountingInputStream in;
    private final DecodedBytes decoded;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[64 << 10];
    private int start;
    private int end;
    private boolean started;
    private boolean ended;

    /** @param archive the name that messages use */
    public GzipDecoder(String archive, InputStream in, ReadLimits limits) {
        this.refusal = new Refusal(archive);
        this.in = new CountingInputStream(in);
        this.decoded = new DecodedBytes(refusal, limits, this.in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (!started) {
            readHeader();
            started = true;
        }
        int read = inflate(bytes, offset, length);
        if (read > 0) {
            crc.update(bytes, offset, read);
            decoded.add(read);
            return read;
        }
        readTrailer();
        ended = true;
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            while (!inflater.finished()) {
                int read = inflater.inflate(bytes, offset, length);
                if (read > 0) {
                    return read;
                }
                if (inflater.needsDictionary()) {
                    throw refusal.at(position(), "the gzip member needs a dictionary");
                }
                if (inflater.needsInput()) {
                    if (start == end) {
                        fill();
                    }
                    inflater.setInput(input, start, end - start);
                    start = end;
                }
            }
            start = end - inflater.getRemaining();
            return 0;
        } catch (DataFormatException e) {
            throw refusal.at(position(), "the gzip member is damaged");
        }
    }

    private void readHeader() throws IOException {
        if (next() != 0x1f || next() != 0x8b) {
            throw refusal.at(0, "this is no gzip file");
        }
        if (next() != 8) {
            throw refusal.at(2, "the compression method is not deflate");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw refusal.at(3, "reserved flags are set");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void readTrailer() throws IOException {
        long wantedCrc = number();
        if (wantedCrc != crc.getValue()) {
            throw refusal.at(position() - 4, "the CRC of the gzip member does not fit its content");
        }
        if (number() != (decoded.count() & 0xffffffffL)) {
            throw refusal.at(position() - 4, "the length of the gzip member does not fit its content");
        }
        if (start < end || in.read() >= 0) {
            throw refusal.at(
                    start < end ? position() : in.position() - 1, "there are bytes behind the end of the gzip member");
        }
    }

    private void skipText(boolean present) throws IOException {
        int length = 0;
        while (present && next() != 0) {
            length++;
            if (length > MAX_HEADER_TEXT) {
                throw refusal.at(position(), "a text in the gzip header is longer than " + MAX_HEADER_TEXT + " bytes");
            }
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private long number() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        if (start == end) {
            fill();
        }
        return input[start++] & 0xff;
    }

    private void fill() throws IOException {
        int read = in.read(input, 0, input.length);
        if (read <= 0) {
            throw refusal.at(in.position(), "the gzip member is cut off");
        }
        start = 0;
        end = read;
    }

    private long position() {
        return in.position() - (end - start);
    }
}
