package network.privateness.reproducible.jvm;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/**
 * The trust anchors of a Java runtime: {@code lib/security/cacerts} with nothing in it that changes between two runs.
 *
 * <p>It is a JKS key store, because keytool's PKCS12 has random salts and the runtime reads no PEM. Entries stand in
 * the order of their aliases and all have one date. The password that guards its integrity is the runtime's own,
 * {@code changeit}: it keeps no secret.
 */
public final class TrustStore {

    private static final int MAGIC = 0xFEEDFEED;
    private static final int VERSION = 2;
    private static final int TRUSTED_CERTIFICATE = 2;
    /** 2000-01-01T00:00:00Z in milliseconds: a date that no tool shows as missing. Frozen. */
    private static final long DATE = 946_684_800_000L;

    private static final String PASSWORD = "changeit";
    /** What sun.security.provider.JavaKeyStore puts between the password and the data. */
    private static final String SALT = "Mighty Aphrodite";

    private static final int MAX_ANCHORS = 10_000;
    private static final Pattern FILE_NAME = Pattern.compile("([^/\\p{Cntrl}]{1,200})\\.(crt|pem)");
    /** Debian has names such as NetLock_Arany_=Class_Gold=_Főtanúsítvány.crt; an alias is for people to type. */
    private static final Pattern ODD = Pattern.compile("[^a-z0-9._+()-]");

    private final SortedMap<String, byte[]> anchors;

    private TrustStore(SortedMap<String, byte[]> anchors) {
        this.anchors = anchors;
    }

    /**
     * @param where how messages name the place of the files, for example the package they come from
     * @param files content by file name, {@code NAME.crt} or {@code NAME.pem}, one certificate each; the alias is the
     *     name in lower case, with {@code _} for all but ASCII letters, digits and {@code . _ + ( ) -}
     * @throws Problem if there is none, one is not a certificate, or two have the same alias
     */
    public static TrustStore of(String where, Map<String, byte[]> files) {
        if (files.isEmpty() || files.size() > MAX_ANCHORS) {
            throw new Problem(
                    where,
                    "has " + files.size() + " certificates, 1 to " + MAX_ANCHORS + " are needed",
                    "give the certificates of the ca-certificates package");
        }
        SortedMap<String, byte[]> anchors = new TreeMap<>();
        new TreeMap<>(files).forEach((name, pem) -> {
            String file = where + ", " + name;
            var matcher = FILE_NAME.matcher(name);
            if (!matcher.matches()) {
                throw new Problem(file, "is not called NAME.crt or NAME.pem", "rename the file");
            }
            // A key store finds lower case aliases only.
            String alias =
                    ODD.matcher(matcher.group(1).toLowerCase(Locale.ROOT)).replaceAll("_");
            if (anchors.put(alias, PemCertificate.decode(file, pem)) != null) {
                throw new Problem(file, "the alias " + alias + " is taken by another file", "rename one of the files");
            }
        });
        return new TrustStore(anchors);
    }

    /** How many certificates are trusted. */
    public int size() {
        return anchors.size();
    }

    /** The key store file. */
    public byte[] jks() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(anchors.size());
            for (Map.Entry<String, byte[]> anchor : anchors.entrySet()) {
                out.writeInt(TRUSTED_CERTIFICATE);
                out.writeUTF(anchor.getKey());
                out.writeLong(DATE);
                out.writeUTF("X.509");
                out.writeInt(anchor.getValue().length);
                out.write(anchor.getValue());
            }
            out.write(integrity(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] integrity(byte[] data) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(PASSWORD.getBytes(StandardCharsets.UTF_16BE));
            sha1.update(SALT.getBytes(StandardCharsets.UTF_8));
            return sha1.digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
