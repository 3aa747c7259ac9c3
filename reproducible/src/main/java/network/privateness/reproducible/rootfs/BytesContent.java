package network.privateness.reproducible.rootfs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** A small content in memory. */
final class BytesContent implements Content {

    private final byte[] bytes;

    BytesContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytesContent && Arrays.equals(bytes, ((BytesContent) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes in memory";
    }
}
