package network.privateness.reproducible.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.privateness.reproducible.Problem;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipReaderTest {

    private static final ReadLimits LIMITS = new ReadLimits(1000, 1500, 4);
    private static final String NEXT =
            ". Next: fetch it again; if its hash is the pinned one, pin another version of it";

    /** Offsets in an archive of one stored member "ab" with the content "hello". */
    private static final int DATA = 32;

    private static final int ENTRY = 37;
    private static final int END = ENTRY + 48;

    @TempDir
    Path folder;

    @Test
    void readsWhatOtherWritersWrite() throws Exception {
        var jdk = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(jdk)) {
            out.setComment("a comment");
            out.putNextEntry(new ZipEntry("example.org/mod@v1.0.0/"));
            out.putNextEntry(new ZipEntry("example.org/mod@v1.0.0/é"));
            out.write("x".repeat(700).getBytes(StandardCharsets.US_ASCII));
        }
        try (var zip = open(jdk.toByteArray())) {
            assertThat(zip.members())
                    .extracting(ZipMember::name)
                    .containsExactly("example.org/mod@v1.0.0/", "example.org/mod@v1.0.0/é");
            assertThat(zip.member("example.org/mod@v1.0.0").orElseThrow().isDirectory())
                    .isTrue();
            ZipMember member = zip.member("example.org/mod@v1.0.0/é").orElseThrow();
            assertThat(member.isDirectory()).isFalse();
            assertThat(member.mode()).isEqualTo(-1);
            assertThat(member.size()).isEqualTo(700);
            assertThat(zip.open(member)).hasContent("x".repeat(700));
            assertThat(zip.open(zip.members().get(0)).read()).isEqualTo(-1);
        }
        Path file = folder.resolve("commons.zip");
        try (var out = new ZipArchiveOutputStream(file)) {
            for (String name : new String[] {"bin/tool", "empty"}) {
                var entry = new ZipArchiveEntry(name);
                entry.setUnixMode(0100755);
                out.putArchiveEntry(entry);
                out.write(name.equals("empty") ? new byte[0] : new byte[] {1, 2, 3});
                out.closeArchiveEntry();
            }
        }
        try (var zip = ZipReader.open(file, "a.zip", LIMITS)) {
            assertThat(zip.member("bin/tool").orElseThrow().mode()).isEqualTo(0755);
            assertThat(zip.open(zip.member("bin/tool").orElseThrow())).hasBinaryContent(new byte[] {1, 2, 3});
            assertThat(zip.open(zip.member("empty").orElseThrow())).isEmpty();
        }
    }

    @Test
    void theStoredArchiveOfTheseTestsIsFine() throws Exception {
        try (var zip = open(stored())) {
            assertThat(zip.open(zip.member("ab").orElseThrow())).hasContent("hello");
            assertThat(zip.member("other")).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoZipFile() {
        String message = "a.zip: this is no zip file, it is cut off, or there are bytes behind its end";
        refuses(new byte[0], message);
        refuses(new byte[100], message);
        refuses(Arrays.copyOf(stored(), END + 21), message);
        refuses(Arrays.copyOf(stored(), END + 23), message);
        refuses(
                Arrays.copyOfRange(stored(), 1, END + 22),
                "a.zip, offset 84: the central directory should end here, but by its offset 37 and size 48 it ends at 85");
    }

    @Test
    void refusesWhatContradictsTheDirectory() {
        String other =
                "a.zip, member \"ab\", offset 0: its local header says something else than the central directory";
        refuses(stored(zip -> zip.put(30, (byte) 'x')), other);
        refuses(stored(zip -> zip.put(8, (byte) 8)), other);
        refuses(stored(zip -> zip.putInt(14, 1)), other);
        refuses(stored(zip -> zip.putInt(22, 6)), other);
        refuses(stored(zip -> zip.putInt(22, 0)), other);
        refuses(stored(zip -> zip.putInt(0, 7)), other);
        refuses(
                stored(zip -> zip.putInt(ENTRY + 42, 6)),
                "a.zip, member \"ab\", offset 6: its local header is outside of the members");
        refuses(
                stored(zip -> zip.putShort(28, (short) 1)),
                "a.zip, member \"ab\", offset 0: its content goes beyond the members");
        refuses(
                stored(zip -> zip.putInt(ENTRY, 7)),
                "a.zip, offset 37: the entry of a member in the central directory is malformed");
        refuses(
                stored(zip -> zip.putShort(ENTRY + 30, (short) 1)),
                "a.zip, offset 37: the entry of a member goes beyond the central directory");
        refuses(
                stored(zip -> zip.putInt(END + 8, 0)),
                "a.zip, offset 37: the central directory goes on behind its last member");
        refuses(
                stored(zip -> zip.putInt(END + 8, 0x20002)),
                "a.zip, offset 85: the entry of a member in the central directory is malformed");
        refuses(stored(zip -> zip.putShort(ENTRY + 8, (short) 1)), "a.zip, member \"ab\", offset 37: it is encrypted");
        refuses(
                stored(zip -> zip.putShort(ENTRY + 10, (short) 12)),
                "a.zip, member \"ab\", offset 37: its compression method is 12, only 0 and 8 (deflate) are read");
        refuses(
                stored(zip -> zip.putShort(ENTRY + 34, (short) 1)),
                "a.zip, member \"ab\", offset 37: it starts on another disk");
        refuses(
                stored(zip -> zip.putShort(END + 4, (short) 1)),
                "a.zip, offset 85: an archive of several disks, which is not read");
        refuses(
                stored(zip -> zip.putInt(ENTRY + 42, -1)),
                "a.zip, member \"ab\", offset 37: it uses zip64, which is not read");
        refuses(
                stored(zip -> zip.putInt(ENTRY + 24, 6)),
                "a.zip, member \"ab\", offset 37: its sizes 6 and 5 do not fit its kind");
    }

    @Test
    void refusesZip64() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write(stored(), 0, END);
        bytes.write(new byte[] {'P', 'K', 6, 7});
        bytes.write(new byte[16]);
        bytes.write(stored(), END, 22);
        refuses(
                bytes.toByteArray(),
                "a.zip, offset 85: a zip64 archive (over 4 GiB or 65535 members), which is not read");
    }

    @Test
    void refusesLinks() {
        refuses(
                stored(zip -> zip.put(ENTRY + 5, (byte) 3).putShort(ENTRY + 40, (short) 0120777)),
                "a.zip, member \"ab\", offset 37: it is a link or a device, only files and directories are allowed");
    }

    @Test
    void refusesNames() {
        refusesName("..", "a.zip, member \"..\", offset 37: its name has the component \"..\", which is not allowed");
        refusesName("/a", "a.zip, member \"/a\", offset 37: its name is absolute, only relative names are allowed");
        refusesName("a\0", "a.zip, member \"a\\u0000\", offset 37: its name has a control character");
        refusesName("a\u00ff", "a.zip, offset 37: the member's name \"a\u00ff\" is not UTF-8");
        refusesName("//", "a.zip, member \"/\", offset 37: its name is absolute, only relative names are allowed");
        refusesName("./", "a.zip, member \".\", offset 37: its name has the component \".\", which is not allowed");
        refusesName("a/", "a.zip, member \"a\", offset 37: its sizes 5 and 5 do not fit its kind");
    }

    @Test
    void refusesTwoMembersOfOneName() {
        refuses(
                zip(new String[] {"ab", "cd", "ab"}, new int[] {0, 1, 2}),
                "a.zip, member \"ab\", offset 207: two members have this name");
    }

    @Test
    void refusesMembersThatShareBytes() {
        refuses(
                zip(new String[] {"ab", "ab"}, new int[] {0, 0}),
                "a.zip, member \"ab\", offset 122: two members have this name");
        byte[] nested = zip(new String[] {"ab", "cd"}, new int[] {0, 1});
        // The first member claims the second's bytes as its content; all headers agree about that.
        ByteBuffer buffer = ByteBuffer.wrap(nested).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : new int[] {18, 22, 74 + 20, 74 + 24}) {
            buffer.putInt(at, 20);
        }
        refuses(nested, "a.zip, member \"cd\", offset 37: it overlaps the member \"ab\"");
    }

    @Test
    void refusesSizesBeforeReading() {
        refuses(
                stored(zip -> zip.putInt(ENTRY + 24, (int) (10L << 30 >> 2))),
                "a.zip, member \"ab\", offset 37: it declares 2684354560 bytes, at most 1000 are allowed for one member");
        refuses(
                zip(new String[] {"a1", "a2", "a3", "a4", "a5"}, new int[] {0, 1, 2, 3, 4}),
                "a.zip: it declares 5 members, at most 4 are allowed");
        byte[] large = zip(new String[] {"a1", "a2"}, new int[] {0, 1});
        ByteBuffer buffer = ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            buffer.putShort(74 + 48 * i + 10, (short) 8).putInt(74 + 48 * i + 24, 900);
            buffer.putShort(37 * i + 8, (short) 8).putInt(37 * i + 22, 900);
        }
        refuses(
                large,
                "a.zip, member \"a2\", offset 122: with its 900 bytes the archive holds more than the allowed 1500");
        byte[] bomb = stored(zip -> {
            zip.putShort(ENTRY + 10, (short) 8).putInt(ENTRY + 24, 100 << 20);
            zip.putShort(8, (short) 8).putInt(22, 100 << 20);
        });
        refuses(
                bomb,
                ReadLimits.DEFAULT,
                "a.zip: its members declare 104857600 bytes, more than 200 times its size,"
                        + " as archives do that are made to exhaust their readers");
    }

    @Test
    void refusesContentThatIsNotWhatWasDeclared() throws Exception {
        refuses(
                stored(zip -> zip.put(DATA, (byte) 'x')),
                "a.zip, member \"ab\", offset 0: its CRC does not fit its content");
        refusesDeflated(deflated(), 8, "damaged", 0);
        refuses(
                declared(deflated(), 22),
                "a.zip, member \"ab\", offset 0: its content goes on behind its declared 22 bytes");
        refuses(
                declared(deflated(), 24),
                "a.zip, member \"ab\", offset 0: its content ends 1 bytes before its declared 24");
        byte[] longer = Arrays.copyOf(deflated(), deflated().length + 1);
        refuses(
                zip("ab", 8, longer, 23, crc("hello hello hello hello")),
                "a.zip, member \"ab\", offset 0: there are bytes behind the end of its deflated content");
        byte[] shorter = Arrays.copyOf(deflated(), deflated().length - 1);
        refuses(
                zip("ab", 8, shorter, 23, crc("hello hello hello hello")),
                "a.zip, member \"ab\", offset 0: its deflated content is cut off");
    }

    private void refusesDeflated(byte[] deflated, int mask, String how, int at) {
        byte[] changed = deflated.clone();
        changed[at] |= 6;
        refuses(
                zip("ab", 8, changed, 23, crc("hello hello hello hello")),
                "a.zip, member \"ab\", offset 0: its deflated content is " + how);
        assertThat(mask).isPositive();
    }

    private static byte[] deflated() throws IOException {
        byte[] gzip = DecoderTest.gzip("hello hello hello hello".getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOfRange(gzip, 10, gzip.length - 8);
    }

    private static byte[] declared(byte[] deflated, int size) {
        return zip("ab", 8, deflated, size, crc("hello hello hello hello"));
    }

    static byte[] stored() {
        return stored(zip -> {});
    }

    private static byte[] stored(Consumer<ByteBuffer> change) {
        byte[] bytes = zip(new String[] {"ab"}, new int[] {0});
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    /** Stored members with the content "hello"; {@code locals} tells which local header each directory entry points to. */
    private static byte[] zip(String[] names, int[] locals) {
        ByteBuffer zip = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        byte[] content = "hello".getBytes(StandardCharsets.US_ASCII);
        for (String name : names) {
            local(zip, name, 0, content, content.length, crc("hello"));
        }
        int start = zip.position();
        for (int i = 0; i < names.length; i++) {
            entry(zip, names[i], 0, content, content.length, crc("hello"), 37 * locals[i]);
        }
        return end(zip, names.length, start);
    }

    private static byte[] zip(String name, int method, byte[] content, int size, int crc) {
        ByteBuffer zip = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        local(zip, name, method, content, size, crc);
        int start = zip.position();
        entry(zip, name, method, content, size, crc, 0);
        return end(zip, 1, start);
    }

    private static void local(ByteBuffer zip, String name, int method, byte[] content, int size, int crc) {
        zip.putInt(0x04034b50)
                .putShort((short) 10)
                .putShort((short) 0)
                .putShort((short) method)
                .putInt(0);
        zip.putInt(crc).putInt(content.length).putInt(size);
        zip.putShort((short) name.length()).putShort((short) 0);
        zip.put(name.getBytes(StandardCharsets.ISO_8859_1)).put(content);
    }

    private static void entry(ByteBuffer zip, String name, int method, byte[] content, int size, int crc, int local) {
        zip.putInt(0x02014b50).putShort((short) 10).putShort((short) 10);
        zip.putShort((short) 0).putShort((short) method).putInt(0);
        zip.putInt(crc).putInt(content.length).putInt(size);
        zip.putShort((short) name.length()).putInt(0).putInt(0).putInt(0).putInt(local);
        zip.put(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] end(ByteBuffer zip, int members, int start) {
        int size = zip.position() - start;
        zip.putInt(0x06054b50).putInt(0).putShort((short) members).putShort((short) members);
        zip.putInt(size).putInt(start).putShort((short) 0);
        return Arrays.copyOf(zip.array(), zip.position());
    }

    private static int crc(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    private ZipReader open(byte[] bytes) throws IOException {
        return ZipReader.open(Files.write(folder.resolve("a.zip"), bytes), "a.zip", LIMITS);
    }

    private void refusesName(String name, String message) {
        byte[] content = "hello".getBytes(StandardCharsets.US_ASCII);
        byte[] zip = zip(name, 0, content, 5, crc("hello"));
        refuses(zip, message);
    }

    private void refuses(byte[] bytes, String message) {
        refuses(bytes, LIMITS, message);
    }

    private void refuses(byte[] bytes, ReadLimits limits, String message) {
        assertThatThrownBy(() -> {
                    Path file = Files.write(folder.resolve("a.zip"), bytes);
                    try (var zip = ZipReader.open(file, "a.zip", limits)) {
                        for (ZipMember member : zip.members()) {
                            try (var in = zip.open(member)) {
                                in.readAllBytes();
                            }
                        }
                    }
                })
                .isInstanceOf(Problem.class)
                .hasMessage(message + NEXT);
    }
}
