package network.privateness.reproducible.oci;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * Content that must be what a descriptor says. Its end is only told when size and digest are right, so whoever reads to
 * the end has the right content; never gives more bytes than the descriptor says.
 */
final class VerifiedInputStream extends InputStream {

    private final String where;
    private final InputStream in;
    private final Descriptor descriptor;
    private final MessageDigest messageDigest = Sha256.newMessageDigest();
    private long left;
    private boolean verified;

    VerifiedInputStream(String where, InputStream in, Descriptor descriptor) {
        this.where = where;
        this.in = in;
        this.descriptor = descriptor;
        this.left = descriptor.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            verify();
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw problem("ends after " + (descriptor.size() - left) + " bytes, not the " + descriptor.size()
                    + " of its descriptor");
        }
        messageDigest.update(bytes, offset, read);
        left -= read;
        return read;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        if (in.read() >= 0) {
            throw problem("has more than the " + descriptor.size() + " bytes of its descriptor");
        }
        Sha256 digest = new Sha256(HexFormat.of().formatHex(messageDigest.digest()));
        if (!digest.equals(descriptor.digest())) {
            throw problem("has the digest " + digest + ", not " + descriptor.digest());
        }
        verified = true;
    }

    private Problem problem(String what) {
        return new Problem(where, what, "remove it and build again");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
