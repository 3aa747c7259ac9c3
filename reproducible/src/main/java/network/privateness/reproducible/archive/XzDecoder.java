package network.privateness.reproducible.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZIOException;

/**
 * Decodes one xz stream, which must fill its input: a second stream, padding or other bytes behind it are refused.
 *
 * <p>Bounded: at most the limits' total comes out, no more than 200 bytes for each that went in (beyond 64 MiB), with
 * at most 128 MiB of memory. Not thread-safe.
 */
public final class XzDecoder extends InputStream {

    /** What the decoder may take; presets up to -9 need 65 MiB. */
    private static final int MEMORY_KIB = 128 << 10;

    private final Refusal refusal;
    private final CountingInputStream in;
    private final DecodedBytes decoded;
    private InputStream xz;
    private boolean ended;

    /** @param archive the name that messages use */
    public XzDecoder(String archive, InputStream in, ReadLimits limits) {
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
        int read = decode(bytes, offset, length);
        if (read > 0) {
            decoded.add(read);
        } else {
            ended = true;
            if (in.read() >= 0) {
                throw refusal.at(in.position() - 1, "there are bytes behind the end of the xz stream");
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int decode(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (xz == null) {
                xz = new SingleXZInputStream(in, MEMORY_KIB);
            }
            return xz.read(bytes, offset, length);
        } catch (MemoryLimitException e) {
            throw refusal.at(
                    in.position(),
                    "the xz stream needs " + e.getMemoryNeeded() + " KiB of memory, at most " + MEMORY_KIB
                            + " are allowed");
        } catch (XZIOException e) {
            throw refusal.at(in.position(), "the xz stream is malformed or damaged (" + reason(e) + ")");
        } catch (EOFException e) {
            throw refusal.at(in.position(), "the xz stream is cut off");
        }
    }

    private static String reason(XZIOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
