package network.privateness.reproducible.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds tar archives block by block, also such that no writer makes. */
public final class RawTar {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A header with the right checksum, before whose computation {@code field} was put at {@code at}. */
    public RawTar header(String name, char type, String size, int at, byte[] field) {
        byte[] block = new byte[512];
        put(block, 0, name.getBytes(StandardCharsets.UTF_8));
        put(block, 100, text("0000644\0" + "0000000\0" + "0000000\0" + size));
        put(block, 136, text("00000000000\0" + "        "));
        block[156] = (byte) type;
        put(block, 257, text("ustar\00000"));
        put(block, at, field);
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, text(Integer.toOctalString(01000000 | sum).substring(1) + "\0 "));
        return raw(block);
    }

    public RawTar header(String name, char type, long size) {
        return header(name, type, Long.toOctalString(0100000000000L | size).substring(1), 0, new byte[0]);
    }

    /** A header of a link. */
    public RawTar link(String name, char type, String target) {
        return header(name, type, "00000000000", 157, text(target));
    }

    public RawTar content(String text) {
        return content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Content with its padding. */
    public RawTar content(byte[] bytes) {
        return raw(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
    }

    public RawTar file(String name, String content) {
        return header(name, '0', content.getBytes(StandardCharsets.UTF_8).length)
                .content(content);
    }

    public RawTar pax(String records) {
        return header("pax", 'x', records.length()).content(text(records));
    }

    public RawTar raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public RawTar end() {
        return raw(new byte[1024]);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    private static void put(byte[] block, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
