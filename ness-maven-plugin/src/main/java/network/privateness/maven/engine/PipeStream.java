package network.privateness.maven.engine;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A pipe to a program that knows whether an error came from the pipe, or from what was to be written into it. */
final class PipeStream extends FilterOutputStream {

    private boolean broken;

    PipeStream(OutputStream out) {
        super(out);
    }

    boolean broken() {
        return broken;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }
}
