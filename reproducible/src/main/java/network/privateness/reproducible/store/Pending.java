package network.privateness.reproducible.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.digest.Sha256OutputStream;

/**
 * Content on its way into the store: write it, then commit it. Closed without a commit, an anonymous one is deleted and
 * one that was {@linkplain ContentStore#resume resumed} stays for the next try. For one thread at a time.
 */
public final class Pending extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 17;

    private final StoreErrors errors;
    private final Blobs blobs;
    private final Path file;
    private final Optional<? extends Closeable> hold;
    private final RandomAccessFile content;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private boolean kept;
    private boolean closed;
    private Sha256OutputStream digester = new Sha256OutputStream(OutputStream.nullOutputStream());
    private Sha256 digest;

    private Pending(StoreErrors errors, Blobs blobs, Path file, Optional<? extends Closeable> hold) throws IOException {
        this.errors = errors;
        this.blobs = blobs;
        this.file = file;
        this.hold = hold;
        this.kept = hold.isPresent();
        this.content = new RandomAccessFile(file.toFile(), "rw");
    }

    static Pending anonymous(StoreErrors errors, Blobs blobs, Path file) throws IOException {
        return new Pending(errors, blobs, file, Optional.empty());
    }

    /** Goes on where an earlier process stopped; what is there is hashed. */
    static Pending resumed(StoreErrors errors, Blobs blobs, Path file, Closeable hold) throws IOException {
        Pending pending = new Pending(errors, blobs, file, Optional.of(hold));
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(pending.digester);
            pending.content.seek(pending.digester.size());
        } catch (IOException e) {
            pending.close();
            throw e;
        }
        return pending;
    }

    /** Bytes so far, those of an earlier process included. */
    public long size() {
        return digester.size() + buffered;
    }

    @Override
    public void write(int b) throws IOException {
        if (buffered == buffer.length) {
            flush();
        }
        buffer[buffered++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - buffered) {
            flush();
        }
        if (length > buffer.length) {
            out(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    @Override
    public void flush() throws IOException {
        int length = buffered;
        buffered = 0;
        out(buffer, 0, length);
    }

    private void out(byte[] bytes, int offset, int length) throws IOException {
        if (digest != null) {
            throw new IllegalStateException("written after the digest was asked for");
        }
        try {
            content.write(bytes, offset, length);
        } catch (IOException e) {
            throw errors.translate(e);
        }
        digester.write(bytes, offset, length);
    }

    /** Forgets everything that was written. */
    public void restart() throws IOException {
        content.setLength(0);
        content.seek(0);
        buffered = 0;
        digest = null;
        digester = new Sha256OutputStream(OutputStream.nullOutputStream());
    }

    /** The digest of all that was written; after it only {@link #restart}, commit and close are allowed. */
    public Sha256 digest() throws IOException {
        if (digest == null) {
            flush();
            digest = digester.digest();
        }
        return digest;
    }

    /** The file, complete after {@link #digest}, for those who have to look into it before the commit. */
    public Path file() {
        return file;
    }

    /** Makes the next close delete the file, also of a resumed one. */
    public void discard() {
        kept = false;
    }

    /** Puts the content into the store under its digest, to stay there whatever happens next. */
    public Path commit() throws IOException {
        if (closed) {
            throw new IllegalStateException("committed or closed before");
        }
        try {
            Sha256 name = digest();
            content.getFD().sync();
            content.close();
            Path blob = blobs.adopt(file, name);
            kept = true;
            return blob;
        } catch (IOException e) {
            throw errors.translate(e);
        } finally {
            close();
        }
    }

    /**
     * As {@link #commit()}, for content that is known before.
     *
     * @throws Problem if it is other content, which is deleted
     */
    public Path commit(Sha256 expected) throws IOException {
        Sha256 found = digest();
        if (!found.equals(expected)) {
            discard();
            close();
            throw new Problem(
                    expected.toString(),
                    "other content came (" + found + ", " + digester.size() + " bytes)",
                    "find out what changed: it is never updated on the fly");
        }
        return commit();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (kept && content.getFD().valid() && digest == null) {
                content.write(buffer, 0, buffered);
            }
        } finally {
            buffered = 0;
            content.close();
            try {
                if (!kept) {
                    Files.deleteIfExists(file);
                }
            } finally {
                if (hold.isPresent()) {
                    hold.get().close();
                }
            }
        }
    }
}
