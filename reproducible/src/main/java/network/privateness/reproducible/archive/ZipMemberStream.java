package network.privateness.reproducible.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of one zip member; checks that it has exactly the declared sizes and CRC. */
final class ZipMemberStream extends InputStream {

    private final FileChannel channel;
    private final Refusal refusal;
    private final ZipMember member;
    private final Inflater inflater;
    private final byte[] input;
    private final CRC32 crc = new CRC32();
    private long position;
    private long storedLeft;
    private long left;
    private boolean ended;

    ZipMemberStream(FileChannel channel, Refusal refusal, ZipMember member) {
        this.channel = channel;
        this.refusal = refusal;
        this.member = member;
        this.inflater = member.location().deflated() ? new Inflater(true) : null;
        this.position = member.location().data();
        this.storedLeft = member.location().size();
        this.left = member.size();
        this.input = new byte[inflater == null ? 0 : (int) Math.max(1, Math.min(32 << 10, storedLeft))];
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
        if (left == 0) {
            finish();
            return -1;
        }
        int wanted = (int) Math.min(length, left);
        int read = inflater == null ? readStored(bytes, offset, wanted) : inflate(bytes, offset, wanted);
        if (read < 0) {
            throw refuse("its content ends " + left + " bytes before its declared " + member.size());
        }
        crc.update(bytes, offset, read);
        left -= read;
        return read;
    }

    @Override
    public void close() {
        ended = true;
        if (inflater != null) {
            inflater.end();
        }
    }

    private void finish() throws IOException {
        if (inflater != null && inflate(new byte[1], 0, 1) > 0) {
            throw refuse("its content goes on behind its declared " + member.size() + " bytes");
        }
        if (storedLeft > 0 || inflater != null && inflater.getRemaining() > 0) {
            throw refuse("there are bytes behind the end of its deflated content");
        }
        if (crc.getValue() != member.crc()) {
            throw refuse("its CRC does not fit its content");
        }
        ended = true;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            while (!inflater.finished()) {
                int read = inflater.inflate(bytes, offset, length);
                if (read > 0) {
                    return read;
                }
                if (inflater.needsDictionary()) {
                    throw refuse("its deflated content needs a dictionary");
                }
                if (inflater.needsInput() && !inflater.finished()) {
                    int filled = readStored(input, 0, input.length);
                    if (filled < 0) {
                        throw refuse("its deflated content is cut off");
                    }
                    inflater.setInput(input, 0, filled);
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw refuse("its deflated content is damaged");
        }
    }

    private int readStored(byte[] bytes, int offset, int length) throws IOException {
        if (storedLeft == 0) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, storedLeft)), position);
        if (read < 0) {
            throw new IOException("the file became shorter while it was read");
        }
        position += read;
        storedLeft -= read;
        return read;
    }

    private RuntimeException refuse(String what) {
        return refusal.at(member.path(), member.location().header(), what);
    }
}
