package network.privateness.reproducible.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) implements Comparable<Sha256> {

    private static final String PREFIX = "sha256:";

    /** @throws IllegalArgumentException if {@code hex} is not 64 lower-case hexadecimal digits */
    public Sha256 {
        if (!isHex(hex)) {
            throw new IllegalArgumentException(
                    "\"" + hex + "\" is not a SHA-256 digest: 64 lower-case hexadecimal digits are needed");
        }
    }

    /**
     * Reads the plain form (64 digits) and the OCI form ({@code sha256:} and 64 digits).
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Sha256 parse(String text) {
        return new Sha256(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    }

    /** The digest of these bytes. */
    public static Sha256 of(byte[] bytes) {
        return finish(newMessageDigest().digest(bytes));
    }

    /** The digest of this text in UTF-8. */
    public static Sha256 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of a file's content. */
    public static Sha256 of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                Sha256OutputStream out = new Sha256OutputStream(OutputStream.nullOutputStream())) {
            in.transferTo(out);
            return out.digest();
        }
    }

    /** A fresh message digest; every Java platform has this algorithm. */
    public static MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Sha256 finish(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    @Override
    public int compareTo(Sha256 other) {
        return hex.compareTo(other.hex);
    }

    /** The OCI form: {@code sha256:} and 64 digits. */
    @Override
    public String toString() {
        return PREFIX + hex;
    }

    private static boolean isHex(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
