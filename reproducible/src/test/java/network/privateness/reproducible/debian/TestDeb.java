package network.privateness.reproducible.debian;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.archive.RawTar;
import network.privateness.reproducible.digest.Sha256;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/**
 * A small package that is really there.
 *
 * @param name of it
 * @param version of it
 * @param fields more lines of its control file
 */
public record TestDeb(String name, String version, String... fields) {

    /** The file; equal packages have equal bytes. */
    public byte[] bytes() {
        try {
            var out = new ByteArrayOutputStream();
            try (var ar = new ArArchiveOutputStream(out)) {
                member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
                member(
                        ar,
                        "control.tar.gz",
                        gzip(new RawTar().file("./control", control()).end()));
                String content = name + " " + version + "\n";
                member(
                        ar,
                        "data.tar.gz",
                        gzip(new RawTar().file("./opt/" + name, content).end()));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its stanza of a Packages file. */
    public String stanza() {
        byte[] bytes = bytes();
        return control() + "Filename: " + path() + "\nSize: " + bytes.length + "\nSHA256: "
                + Sha256.of(bytes).hex() + "\n\n";
    }

    /** Where the archive has it. */
    public String path() {
        return "pool/main/" + name + "_" + version + ".deb";
    }

    private String control() {
        String architecture = String.join("\n", fields).contains("Architecture: ") ? "" : "Architecture: amd64\n";
        return "Package: " + name + "\nVersion: " + version + "\n" + architecture
                + (fields.length == 0 ? "" : String.join("\n", fields) + "\n");
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, 0));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    private static byte[] gzip(RawTar tar) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(tar.bytes());
        }
        return out.toByteArray();
    }
}
