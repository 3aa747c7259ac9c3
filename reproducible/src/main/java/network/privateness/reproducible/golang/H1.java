package network.privateness.reproducible.golang;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * The hash that go.sum and Go's checksum database give a module: SHA-256 over one line {@code <hex>  <name>\n} per file,
 * lines sorted by the bytes of the name ({@code Hash1} of golang.org/x/mod/sumdb/dirhash). How a zip is packed does not
 * count, only what is in it.
 *
 * @param text {@code h1:} and 32 bytes in base64, as go.sum writes it
 */
public record H1(String text) implements Comparable<H1> {

    private static final String PREFIX = "h1:";

    /** @throws IllegalArgumentException if this is not {@code h1:} and the canonical base64 form of 32 bytes */
    public H1 {
        if (!isH1(text)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a Go module hash: \"h1:\" and 32 bytes in base64");
        }
    }

    /**
     * The hash of a module zip; its content is read once and streamed.
     *
     * @throws Problem if the zip breaks a rule of module zips
     */
    public static H1 ofZip(Path zip, ModuleVersion id) throws IOException {
        try (ModuleZip open = ModuleZip.open(zip, id)) {
            return open.read(path -> OutputStream.nullOutputStream());
        }
    }

    /** The hash of a go.mod file, which go.sum lists under {@code <version>/go.mod}. */
    public static H1 ofGoMod(byte[] goMod) {
        SortedMap<String, Sha256> files = new TreeMap<>();
        files.put("go.mod", Sha256.of(goMod));
        return ofFiles(files);
    }

    /** The hash of a go.mod file of at most 16 MiB. */
    public static H1 ofGoMod(Path goMod) throws IOException {
        long size = Files.size(goMod);
        if (size > ModuleZip.MAX_GO_MOD) {
            throw new Problem(
                    goMod.toString(),
                    "has " + size + " bytes, a go.mod has at most " + ModuleZip.MAX_GO_MOD,
                    "check where this file came from");
        }
        return ofGoMod(Files.readAllBytes(goMod));
    }

    /** The hash over these files; the order of the map does not count. */
    static H1 ofFiles(SortedMap<String, Sha256> files) {
        MessageDigest lines = Sha256.newMessageDigest();
        // A String sorts by UTF-16 units, Go by UTF-8 bytes: they differ beyond the basic plane.
        files.entrySet().stream()
                .map(file -> new Line(file.getKey().getBytes(StandardCharsets.UTF_8), file.getValue()))
                .sorted((a, b) -> Arrays.compareUnsigned(a.name, b.name))
                .forEachOrdered(line -> {
                    lines.update((line.digest.hex() + "  ").getBytes(StandardCharsets.US_ASCII));
                    lines.update(line.name);
                    lines.update((byte) '\n');
                });
        return new H1(PREFIX + Base64.getEncoder().encodeToString(lines.digest()));
    }

    @Override
    public int compareTo(H1 other) {
        return text.compareTo(other.text);
    }

    /** A name for a file or folder: 64 hexadecimal digits of the same 32 bytes. */
    public String hex() {
        return java.util.HexFormat.of().formatHex(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isH1(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + 44) {
            return false;
        }
        String base64 = text.substring(PREFIX.length());
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // Unused bits of the last digit must be zero: one hash, one text.
            return bytes.length == 32
                    && Base64.getEncoder().encodeToString(bytes).equals(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private record Line(byte[] name, Sha256 digest) {}
}
