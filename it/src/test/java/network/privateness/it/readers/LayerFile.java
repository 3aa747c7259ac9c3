package network.privateness.it.readers;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.privateness.reproducible.archive.GzipDecoder;
import network.privateness.reproducible.archive.ReadLimits;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarReader;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.LayerBlob;

/**
 * A member of a layer, as our own reader finds it.
 *
 * @param member its header
 * @param sha256 of its content, in hex
 * @param md5 of its content, in hex
 * @param text its content, for the small files that scanners read
 */
record LayerFile(TarMember member, String sha256, String md5, byte[] text) {

    private static final int LARGEST_TEXT = 1 << 20;

    /** Many images share a layer: each is read once. */
    private static final Map<Sha256, List<LayerFile>> READ = new ConcurrentHashMap<>();

    /** The members of a layer in their order. */
    static List<LayerFile> of(LayerBlob layer) throws IOException {
        List<LayerFile> known = READ.get(layer.diffId());
        if (known == null) {
            known = read(layer);
            READ.put(layer.diffId(), known);
        }
        return known;
    }

    /** The layer's tar, from front to back; gzip and layer digests are checked when it is read to the end. */
    static TarReader open(LayerBlob layer) throws IOException {
        String name = layer.descriptor().digest().toString();
        return new TarReader(name, new GzipDecoder(name, layer.open(), ReadLimits.DEFAULT), ReadLimits.DEFAULT);
    }

    private static List<LayerFile> read(LayerBlob layer) throws IOException {
        List<LayerFile> files = new ArrayList<>();
        try (TarReader tar = open(layer)) {
            for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
                files.add(file(next.get(), tar.content()));
            }
        }
        return List.copyOf(files);
    }

    private static LayerFile file(TarMember member, InputStream content) throws IOException {
        MessageDigest sha256 = digest("SHA-256");
        MessageDigest md5 = digest("MD5");
        byte[] text = {};
        if (isText(member)) {
            text = content.readAllBytes();
            sha256.update(text);
            md5.update(text);
        } else {
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                sha256.update(buffer, 0, read);
                md5.update(buffer, 0, read);
            }
        }
        return new LayerFile(member, hex(sha256), hex(md5), text);
    }

    private static boolean isText(TarMember member) {
        return member.size() <= LARGEST_TEXT
                && (member.path().startsWith("var/lib/dpkg/")
                        || member.path().startsWith("etc/")
                        || member.path().endsWith("/copyright")
                        || member.path().equals("usr/lib/os-release"));
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
