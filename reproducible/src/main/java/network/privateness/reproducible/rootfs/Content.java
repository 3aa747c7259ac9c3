package network.privateness.reproducible.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a file, wherever they are; can be opened any number of times, by several threads at once.
 *
 * <p>Two contents that are {@link Object#equals equal} have the same bytes; two that are not may have them as well.
 */
public interface Content {

    /** In bytes. */
    long size();

    /** From the first byte. */
    InputStream open() throws IOException;

    /** These bytes; the caller does not change them afterwards. */
    static Content of(byte[] bytes) {
        return new BytesContent(bytes);
    }

    /** This text in UTF-8. */
    static Content of(String text) {
        return new BytesContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole file, whose size is taken now. */
    static Content of(Path file) throws IOException {
        return new FileSlice(file, 0, Files.size(file));
    }

    /** A part of a file, for example of a spooled archive; offset and size are in bytes. */
    static Content slice(Path file, long offset, long size) {
        return new FileSlice(file, offset, size);
    }

    /** Whether both have the same bytes, which may need reading both. */
    static boolean sameBytes(Content one, Content other) throws IOException {
        if (one.equals(other)) {
            return true;
        }
        if (one.size() != other.size()) {
            return false;
        }
        byte[] oneBytes = new byte[64 << 10];
        byte[] otherBytes = new byte[64 << 10];
        try (InputStream a = one.open();
                InputStream b = other.open()) {
            int read;
            do {
                read = a.readNBytes(oneBytes, 0, oneBytes.length);
                int otherRead = b.readNBytes(otherBytes, 0, otherBytes.length);
                if (!Arrays.equals(oneBytes, 0, read, otherBytes, 0, otherRead)) {
                    return false;
                }
            } while (read == oneBytes.length);
        }
        return true;
    }
}
