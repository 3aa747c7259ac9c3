package network.privateness.reproducible.archive;

import java.io.IOException;
import java.io.InputStream;

/** Knows the offset of the next byte. */
final class CountingInputStream extends InputStream {

    private final InputStream in;
    private long position;

    CountingInputStream(InputStream in) {
        this.in = in;
    }

    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            position++;
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            position += read;
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        position += skipped;
        return skipped;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
