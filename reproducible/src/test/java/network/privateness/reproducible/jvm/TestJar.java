package network.privateness.reproducible.jvm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes jars as other tools would: with times, compression, comments, directories and any order. */
final class TestJar {

    private record Entry(String name, byte[] content) {}

    private final List<Entry> entries = new ArrayList<>();

    TestJar with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestJar with(String name, byte[] content) {
        entries.add(new Entry(name, content));
        return this;
    }

    TestJar manifest(String... lines) {
        return with(JarManifest.PATH, "Manifest-Version: 1.0\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
    }

    /** A class file as far as its version goes. */
    TestJar classFile(String name, int major, int minor) {
        return with(name, new byte[] {
            (byte) 0xCA,
            (byte) 0xFE,
            (byte) 0xBA,
            (byte) 0xBE,
            (byte) (minor >> 8),
            (byte) minor,
            0,
            (byte) major,
            1,
            2,
            3
        });
    }

    byte[] bytes(int level, int year) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(level);
            zip.setComment("level " + level);
            for (Entry entry : entries) {
                var header = new ZipEntry(entry.name());
                header.setTimeLocal(LocalDateTime.of(year, 2, 3, 4, 5, 6));
                header.setComment("x");
                zip.putNextEntry(header);
                zip.write(entry.content());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes(6, 2026));
    }
}
