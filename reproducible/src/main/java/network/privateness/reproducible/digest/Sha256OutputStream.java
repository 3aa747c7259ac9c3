package network.privateness.reproducible.digest;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Passes bytes on, and knows the digest and the number of those that went through. */
public final class Sha256OutputStream extends FilterOutputStream {

    private final MessageDigest messageDigest = Sha256.newMessageDigest();
    private long size;

    public Sha256OutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        messageDigest.update((byte) b);
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        messageDigest.update(bytes, offset, length);
        size += length;
    }

    /** The digest of all bytes so far; call it once, after the last byte. */
    public Sha256 digest() {
        return Sha256.finish(messageDigest.digest());
    }

    /** How many bytes went through. */
    public long size() {
        return size;
    }
}
