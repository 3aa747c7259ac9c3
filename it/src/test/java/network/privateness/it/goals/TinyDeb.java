package network.privateness.it.goals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.digest.Sha256;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A package for all architectures with one file, {@code /opt/NAME}.
 *
 * @param name of the package
 * @param version of it
 * @param content of its file
 */
record TinyDeb(String name, String version, byte[] content) {

    TinyDeb(String name, String version, String content) {
        this(name, version, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a mirror has it. */
    String path() {
        return "pool/main/" + name.charAt(0) + "/" + name + "/" + name + "_" + version + "_all.deb";
    }

    byte[] bytes() throws IOException {
        String control = "Package: " + name + "\nVersion: " + version + "\nArchitecture: all\n";
        var out = new ByteArrayOutputStream();
        try (var ar = new ArArchiveOutputStream(out)) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(ar, "control.tar.gz", tar("./control", control.getBytes(StandardCharsets.UTF_8)));
            member(ar, "data.tar.gz", tar("./opt/" + name, content));
        }
        return out.toByteArray();
    }

    /** As a lock has it. */
    PinnedPackage pin() throws IOException {
        byte[] bytes = bytes();
        return new PinnedPackage(
                name,
                version,
                "all",
                "trixie",
                path(),
                bytes.length,
                Sha256.of(bytes),
                Instant.parse("2026-09-12T07:55:41Z"),
                "20260912T075541Z",
                name + " (" + version + ")",
                List.of());
    }

    /** A gzipped archive of one file. */
    static byte[] tar(String path, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            TarArchiveEntry entry = new TarArchiveEntry(path);
            entry.setSize(content.length);
            entry.setModTime(0L);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, 0));
        ar.write(content);
        ar.closeArchiveEntry();
    }
}
