package network.privateness.reproducible.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Positional reads of a zip file's records; all its numbers are little-endian. */
final class ZipBytes {

    private ZipBytes() {}

    /** Fills the buffer from this offset; the caller has checked that the file is long enough. */
    static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    static int unsigned16(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xffff;
    }

    static long unsigned32(ByteBuffer buffer, int at) {
        return buffer.getInt(at) & 0xffffffffL;
    }
}
