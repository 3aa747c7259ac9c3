package network.privateness.reproducible.debian;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.privateness.reproducible.digest.Sha256;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** An archive in memory. */
public final class TestArchive implements IndexSource {

    public final Map<String, byte[]> files = new TreeMap<>();
    final List<String> fetched = new ArrayList<>();

    /** A suite with package lists by architecture, signed by a key. */
    public TestArchive suite(TestKey key, String header, Map<String, String> packages) {
        String codename = header.replaceFirst("(?s).*Codename: (\\S+).*", "$1");
        StringBuilder release = new StringBuilder(header).append("SHA256:\n");
        packages.forEach((architecture, text) -> {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            byte[] xz = xz(plain);
            String folder = "main/binary-" + architecture + "/";
            release.append(line(plain, folder + "Packages")).append(line(xz, folder + "Packages.xz"));
            String path = "dists/" + codename + "/" + folder;
            files.put(path + "by-hash/SHA256/" + Sha256.of(xz).hex(), xz);
            files.put(path + "Packages.xz", xz);
        });
        files.put("dists/" + codename + "/InRelease", key.sign(release.toString()));
        return this;
    }

    @Override
    public InputStream fetch(String path, long maxBytes) throws IOException {
        fetched.add(path);
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new FileNotFoundException("no " + path);
        }
        return new ByteArrayInputStream(bytes);
    }

    /** The fields of a Release file before its hashes. */
    public static String header(String suite, String codename) {
        return "Origin: Debian\nLabel: Debian\nSuite: " + suite + "\nCodename: " + codename
                + "\nDate: Sun, 01 Mar 2026 10:20:30 UTC\nAcquire-By-Hash: yes\nArchitectures: all amd64 armhf\n"
                + "Components: main contrib\n";
    }

    /** A stanza of a Packages file, with more fields at its end. */
    static String stanza(String name, String version, String... fields) {
        return "Package: " + name + "\nVersion: " + version + "\nArchitecture: amd64\nFilename: pool/main/" + name + "_"
                + version + ".deb\nSize: 1000\nSHA256: "
                + Sha256.of(name + version).hex() + "\n"
                + String.join(
                        "", List.of(fields).stream().map(field -> field + "\n").toList()) + "\n";
    }

    static String line(byte[] bytes, String path) {
        return String.format(" %s %8d %s%n", Sha256.of(bytes).hex(), bytes.length, path)
                .replace("\r", "");
    }

    static byte[] xz(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
            xz.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
