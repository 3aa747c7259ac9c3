package network.privateness.reproducible.build;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.archive.TarWriter;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/** Packages, and tar archives, member by member. */
final class TestDeb {

    /** All members have this time. */
    static final long TIME = 1_000_000_000;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final TarWriter tar = new TarWriter(data);
    private String md5sums = "";

    TestDeb directory(String path, int mode) {
        return member(new TarMember(path, Kind.DIRECTORY, mode, 0, 0, TIME, "", 0), new byte[0]);
    }

    TestDeb file(String path, String content) {
        return file(path, 0644, content);
    }

    TestDeb file(String path, int mode, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return member(new TarMember(path, Kind.FILE, mode, 0, 0, TIME, "", bytes.length), bytes);
    }

    TestDeb file(String path, byte[] content) {
        return member(new TarMember(path, Kind.FILE, 0644, 0, 0, TIME, "", content.length), content);
    }

    TestDeb symlink(String path, String target) {
        return member(new TarMember(path, Kind.SYMLINK, 0777, 0, 0, TIME, target, 0), new byte[0]);
    }

    TestDeb hardLink(String path, String target) {
        return member(new TarMember(path, Kind.HARDLINK, 0644, 0, 0, TIME, target, 0), new byte[0]);
    }

    TestDeb md5sums(String text) {
        md5sums = text;
        return this;
    }

    /** The members alone, compressed. */
    byte[] tarGz() {
        try {
            tar.finish();
            return gzip(data.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] deb(String name) {
        try {
            var control = new ByteArrayOutputStream();
            var controlTar = new TarWriter(control);
            put(controlTar, "control", "Package: " + name + "\nVersion: 1\n");
            if (!md5sums.isEmpty()) {
                put(controlTar, "md5sums", md5sums);
            }
            controlTar.finish();
            var out = new ByteArrayOutputStream();
            try (var ar = new ArArchiveOutputStream(out)) {
                put(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
                put(ar, "control.tar.gz", gzip(control.toByteArray()));
                put(ar, "data.tar.gz", tarGz());
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestDeb member(TarMember member, byte[] content) {
        try {
            tar.write(member, new ByteArrayInputStream(content));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(TarWriter tar, String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tar.write(
                new TarMember(path, Kind.FILE, 0644, 0, 0, TIME, "", bytes.length), new ByteArrayInputStream(bytes));
    }

    private static void put(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, 0));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}
