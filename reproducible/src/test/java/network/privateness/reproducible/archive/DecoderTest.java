package network.privateness.reproducible.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import network.privateness.reproducible.Problem;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class DecoderTest {

    private static final byte[] TEXT = "hello hello hello hello".getBytes(StandardCharsets.US_ASCII);
    private static final ReadLimits LIMITS = new ReadLimits(1L << 30, 1L << 30, 0);
    /** Sizes of dictionaries as the xz format writes them (5.3.1). */
    private static final int SIZE_64_MIB = 28;

    private static final int SIZE_256_MIB = 32;
    private static final String NEXT =
            ". Next: fetch it again; if its hash is the pinned one, pin another version of it";

    @Test
    void gzipWithAllOptionalFields() throws Exception {
        var parameters = new GzipParameters();
        parameters.setFileName("name");
        parameters.setComment("comment");
        parameters.setHeaderCRC(true);
        var bytes = new ByteArrayOutputStream();
        try (var out = new GzipCompressorOutputStream(bytes, parameters)) {
            out.write(TEXT);
        }
        assertThat(gunzip(bytes.toByteArray(), LIMITS)).isEqualTo(TEXT);
        // FEXTRA of three bytes, then an empty stored block.
        byte[] extra =
                HexFormat.of().parseHex("1f8b080400000000" + "00ff" + "0300616263" + "0300" + "0000000000000000");
        assertThat(gunzip(extra, LIMITS)).isEmpty();
    }

    @Test
    void gzipRefusals() throws Exception {
        byte[] gzip = gzip(TEXT);
        refusesGzip(new byte[0], "a.gz, offset 0: the gzip member is cut off");
        refusesGzip(TEXT, "a.gz, offset 0: this is no gzip file");
        refusesGzip(changed(gzip, 2, 7), "a.gz, offset 2: the compression method is not deflate");
        refusesGzip(changed(gzip, 3, 0x20), "a.gz, offset 3: reserved flags are set");
        refusesGzip(Arrays.copyOf(gzip, 12), "a.gz, offset 12: the gzip member is cut off");
        int end = gzip.length;
        refusesGzip(Arrays.copyOf(gzip, end - 1), "a.gz, offset " + (end - 1) + ": the gzip member is cut off");
        refusesGzip(
                changed(gzip, end - 8, 1),
                "a.gz, offset " + (end - 8) + ": the CRC of the gzip member does not fit its content");
        refusesGzip(
                changed(gzip, end - 4, 1),
                "a.gz, offset " + (end - 4) + ": the length of the gzip member does not fit its content");
        refusesGzip(changed(gzip, 10, 7), "a.gz, offset " + end + ": the gzip member is damaged");
        refusesGzip(joined(gzip, gzip), "a.gz, offset " + end + ": there are bytes behind the end of the gzip member");
        refusesGzip(
                joined(gzip, new byte[1]),
                "a.gz, offset " + end + ": there are bytes behind the end of the gzip member");
        byte[] longName = joined(changed(Arrays.copyOf(gzip, 10), 3, 8), new byte[70_000]);
        Arrays.fill(longName, 10, longName.length, (byte) 'n');
        refusesGzip(longName, "a.gz, offset 65547: a text in the gzip header is longer than 65536 bytes");
    }

    @Test
    void xzWithTheDictionaryOfTheHighestPreset() throws Exception {
        assertThat(unxz(withDictionary(xz(TEXT, 0), SIZE_64_MIB), LIMITS)).isEqualTo(TEXT);
        assertThat(unxz(xz(new byte[0], 0), LIMITS)).isEmpty();
    }

    @Test
    void xzRefusals() throws Exception {
        byte[] xz = xz(TEXT, 1);
        int end = xz.length;
        refusesXz(new byte[0], "a.xz, offset 0: the xz stream is cut off");
        refusesXz(TEXT, "a.xz, offset 12: the xz stream is malformed or damaged (Input is not in the XZ format)");
        refusesXz(Arrays.copyOf(xz, end - 1), "a.xz, offset " + (end - 1) + ": the xz stream is cut off");
        refusesXz(Arrays.copyOf(xz, 30), "a.xz, offset 30: the xz stream is cut off");
        refusesXz(
                changed(xz, end - 3, 1),
                "a.xz, offset " + end + ": the xz stream is malformed or damaged (XZ Stream Footer is corrupt)");
        refusesXz(joined(xz, xz), "a.xz, offset " + end + ": there are bytes behind the end of the xz stream");
        refusesXz(joined(xz, new byte[4]), "a.xz, offset " + end + ": there are bytes behind the end of the xz stream");
        refusesXz(
                withDictionary(xz, SIZE_256_MIB),
                "a.xz, offset 24: the xz stream needs 262248 KiB of memory, at most 131072 are allowed");
    }

    @Test
    void limits() throws Exception {
        var small = new ReadLimits(0, 22, 0);
        assertThatThrownBy(() -> gunzip(gzip(TEXT), small))
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith(": it decompresses to more than the allowed 22 bytes" + NEXT);
        assertThatThrownBy(() -> unxz(xz(TEXT, 0), small))
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith(": it decompresses to more than the allowed 22 bytes" + NEXT);
        assertThat(gunzip(gzip(TEXT), new ReadLimits(0, 23, 0))).isEqualTo(TEXT);
    }

    @Test
    void bombsAreRefusedLongBeforeTheirLimit() throws Exception {
        byte[] gzip = gzip(new byte[66 << 20]);
        byte[] xz = xz(new byte[66 << 20], 0);
        String message = ": it decompresses to more than 200 times its size,"
                + " as archives do that are made to exhaust their readers" + NEXT;
        assertThatThrownBy(() -> drain(new GzipDecoder("a.gz", new ByteArrayInputStream(gzip), LIMITS)))
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith(message);
        assertThatThrownBy(() -> drain(new XzDecoder("a.xz", new ByteArrayInputStream(xz), LIMITS)))
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith(message);
    }

    @Test
    void failuresOfTheSourceStayFailuresOfTheSource() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }
        };
        assertThatThrownBy(() -> new GzipDecoder("a", broken, LIMITS).read())
                .isInstanceOf(IOException.class)
                .hasMessage("disk on fire");
        assertThatThrownBy(() -> new XzDecoder("a", broken, LIMITS).read())
                .isInstanceOf(IOException.class)
                .hasMessage("disk on fire");
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] xz(byte[] bytes, int preset) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var xz = new XZOutputStream(out, new LZMA2Options(preset))) {
            xz.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] gunzip(byte[] bytes, ReadLimits limits) throws IOException {
        try (var in = new GzipDecoder("a.gz", new ByteArrayInputStream(bytes), limits)) {
            return in.readAllBytes();
        }
    }

    static byte[] unxz(byte[] bytes, ReadLimits limits) throws IOException {
        try (var in = new XzDecoder("a.xz", new ByteArrayInputStream(bytes), limits)) {
            return in.readAllBytes();
        }
    }

    /** Says in the header that the decoder needs another dictionary: an encoder would take ten times its size for that. */
    private static byte[] withDictionary(byte[] xz, int size) {
        byte[] changed = xz.clone();
        changed[16] = (byte) size;
        var crc = new CRC32();
        crc.update(changed, 12, 8);
        for (int i = 0; i < 4; i++) {
            changed[20 + i] = (byte) (crc.getValue() >> 8 * i);
        }
        return changed;
    }

    private static void drain(InputStream in) throws IOException {
        try (in) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static byte[] changed(byte[] bytes, int at, int mask) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) mask;
        return changed;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static void refusesGzip(byte[] bytes, String message) {
        assertThatThrownBy(() -> gunzip(bytes, LIMITS))
                .isInstanceOf(Problem.class)
                .hasMessage(message + NEXT);
    }

    private static void refusesXz(byte[] bytes, String message) {
        assertThatThrownBy(() -> unxz(bytes, LIMITS))
                .isInstanceOf(Problem.class)
                .hasMessage(message + NEXT);
    }
}
