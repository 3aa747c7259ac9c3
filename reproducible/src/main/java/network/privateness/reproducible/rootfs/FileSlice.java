package network.privateness.reproducible.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file on this machine, or all of it. */
record FileSlice(Path file, long offset, long size) implements Content {

    FileSlice {
        if (offset < 0 || size < 0) {
            throw new IllegalArgumentException(file + ": offset " + offset + ", size " + size);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new SliceStream(FileChannel.open(file, StandardOpenOption.READ), offset, size);
    }

    private static final class SliceStream extends InputStream {

        private final FileChannel channel;
        private long position;
        private long remaining;

        SliceStream(FileChannel channel, long offset, long size) {
            this.channel = channel;
            this.position = offset;
            this.remaining = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** Ends early when the file became shorter: the writer of the layer compares the sizes. */
        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (remaining == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, remaining)), position);
            if (read > 0) {
                position += read;
                remaining -= read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
