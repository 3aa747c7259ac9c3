package network.privateness.it.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.compress.FrozenGzipOutputStream;

/** Compresses a file: {@code frozen THREADS | zip LEVEL} FROM TO. Java 17 only: it also runs there. */
public final class CompressProgram {

    private CompressProgram() {}

    public static void main(String[] arguments) throws IOException {
        int number = Integer.parseInt(arguments[1]);
        try (InputStream in = Files.newInputStream(Path.of(arguments[2]));
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[3])), 1 << 16);
                OutputStream out = arguments[0].equals("frozen")
                        ? new FrozenGzipOutputStream(file, number)
                        : new Zip(file, number)) {
            byte[] buffer = new byte[1 << 17];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    private static final class Zip extends GZIPOutputStream {

        Zip(OutputStream out, int level) throws IOException {
            super(out, 1 << 16);
            def.setLevel(level);
        }
    }
}
