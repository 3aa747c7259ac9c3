package network.privateness.reproducible.archive;

import java.io.IOException;
import java.io.InputStream;

/** The content of one member of an archive that is read from front to back; it can't run into the next member. */
final class MemberInputStream extends InputStream {

    private final CountingInputStream in;
    private final Refusal refusal;
    private final String member;
    private final long size;
    private long remaining;

    MemberInputStream(CountingInputStream in, Refusal refusal, String member, long size) {
        this.in = in;
        this.refusal = refusal;
        this.member = member;
        this.size = size;
        this.remaining = size;
    }

    @Override
    public int read() throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int b = in.read();
        if (b < 0) {
            throw truncated();
        }
        remaining--;
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0) {
            return length == 0 ? 0 : -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw truncated();
        }
        remaining -= read;
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, remaining);
    }

    /** Moves behind the content and its padding, whatever was read of it. */
    void finish(int padding) throws IOException {
        skip(in, remaining, this);
        remaining = 0;
        skip(in, padding, this);
    }

    private static void skip(CountingInputStream in, long count, MemberInputStream member) throws IOException {
        for (long left = count; left > 0; ) {
            // The last byte is read, not skipped: some streams skip beyond their end without a word.
            long skipped = left > 1 ? in.skip(left - 1) : 0;
            if (skipped <= 0) {
                if (in.read() < 0) {
                    throw member.truncated();
                }
                skipped = 1;
            }
            left -= skipped;
        }
    }

    private RuntimeException truncated() {
        return refusal.at(member, in.position(), "the archive ends inside this member of " + size + " bytes");
    }
}
