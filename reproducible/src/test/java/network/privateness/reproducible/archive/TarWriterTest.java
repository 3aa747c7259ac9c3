package network.privateness.reproducible.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.digest.Sha256;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarWriterTest {

    private static final byte[] CAPABILITY = HexFormat.of().parseHex("0100000200300000000000000000000000000000");

    /** The one that is frozen: if it changes, layoutVersion 1 is broken and every layer of every release changes. */
    @Test
    void theBytesAreThoseOfLayoutVersion1() throws Exception {
        assertThat(Sha256.of(corpus()))
                .hasToString("sha256:3080ef6ab912ef642a3b33b79491df11ebb1ca9983cf5818251312f99c851753");
    }

    @Test
    void aHeaderIsUstarWithNothingButWhatItNeeds() throws Exception {
        byte[] tar = tar(out -> out.write(file("usr/bin/x", 3), content("abc")));
        assertThat(tar).hasSize(512 + 512 + 1024);
        byte[] expected = new byte[512];
        put(expected, 0, "usr/bin/x");
        put(expected, 100, "0004755\0" + "0000001\0" + "0000052\0" + "00000000003\0" + "14524770400\0");
        put(expected, 148, "011032\0 ");
        put(expected, 156, "0");
        put(expected, 257, "ustar\00000");
        put(expected, 329, "0000000\0" + "0000000\0");
        assertThat(Arrays.copyOf(tar, 512)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(tar, 512, 515)).asString().isEqualTo("abc");
        assertThat(Arrays.copyOfRange(tar, 515, tar.length)).containsOnly(0);
    }

    @Test
    void longNamesAreSplitWhereTheyFitAndElseGetAPaxHeader() throws Exception {
        String hundred = "n".repeat(100);
        String prefix = "p".repeat(155);
        assertThat(tar(out -> out.write(file(hundred, 0)))).hasSize(512 + 1024);
        byte[] split = tar(out -> out.write(file(prefix + "/" + hundred, 0)));
        assertThat(split).hasSize(512 + 1024);
        assertThat(Arrays.copyOf(split, 100)).asString().isEqualTo(hundred);
        assertThat(Arrays.copyOfRange(split, 345, 500)).asString().isEqualTo(prefix);

        byte[] pax = tar(out -> out.write(file("p/" + hundred + "n", 0)));
        assertThat(pax).hasSize(512 + 512 + 512 + 1024);
        assertThat(text(pax, 0)).isEqualTo("././@PaxHeader");
        assertThat(pax[156]).isEqualTo((byte) 'x');
        assertThat(text(pax, 512)).isEqualTo("113 path=p/" + hundred + "n\n");
    }

    @Test
    void theRecordsOfAPaxHeaderAreSortedAndBinarySafe() throws Exception {
        String path = "d/" + "n".repeat(120);
        String target = "t".repeat(101);
        byte[] link = tar(out -> out.write(new TarMember(path, Kind.SYMLINK, 0777, 0, 0, 0, target, 0)));
        assertThat(text(link, 512)).isEqualTo("115 linkpath=" + target + "\n132 path=" + path + "\n");

        byte[] capable = tar(out -> out.write(file("x", 0), content(""), CAPABILITY));
        byte[] record = Arrays.copyOfRange(capable, 512, 512 + 57);
        assertThat(new String(record, StandardCharsets.ISO_8859_1))
                .isEqualTo("57 SCHILY.xattr.security.capability=" + new String(CAPABILITY, StandardCharsets.ISO_8859_1)
                        + "\n");
    }

    @Test
    void aSizeBeyondElevenDigitsGetsAPaxHeader() throws Exception {
        var head = new ByteArrayOutputStream();
        long size = 8L << 30;
        // The content is an endless zero: only the headers are looked at, then the sink has had enough.
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("single bytes are slow");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                head.write(bytes, offset, length);
                throw new IOException("enough");
            }
        };
        assertThatThrownBy(() -> new TarWriter(sink).write(file("big", size), new Zeros()))
                .hasMessage("enough");
        byte[] bytes = head.toByteArray();
        assertThat(text(bytes, 512)).isEqualTo("19 size=8589934592\n");
        assertThat(text(bytes, 1024)).isEqualTo("big");
        assertThat(text(bytes, 1024 + 124)).isEqualTo("00000000000");
        var entry = new TarArchiveInputStream(new ByteArrayInputStream(bytes), "UTF-8").getNextEntry();
        assertThat(entry.getSize()).isEqualTo(size);
    }

    @Test
    void anotherParserReadsTheSame() throws Exception {
        try (var in = new TarArchiveInputStream(new ByteArrayInputStream(corpus()), "UTF-8")) {
            var ours = new TarReader("corpus", new ByteArrayInputStream(withoutCapability()), ReadLimits.DEFAULT);
            int count = 0;
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                TarMember member = ours.next().orElseThrow();
                String slash = member.kind() == Kind.DIRECTORY ? "/" : "";
                assertThat(entry.getName()).isEqualTo(member.path() + slash);
                assertThat(entry.getLinkName()).isEqualTo(member.linkTarget());
                assertThat(entry.getMode()).isEqualTo(member.mode());
                assertThat(entry.getLongUserId()).isEqualTo(member.uid());
                assertThat(entry.getLongGroupId()).isEqualTo(member.gid());
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
                assertThat(entry.getLastModifiedTime().toMillis()).isEqualTo(1000 * member.mtime());
                assertThat(entry.isCheckSumOK()).isTrue();
                assertThat(in.readAllBytes()).isEqualTo(ours.content().readAllBytes());
                count++;
            }
            assertThat(ours.next()).isEmpty();
            assertThat(count).isEqualTo(9);
        }
    }

    @Test
    void theSystemsTarListsTheSame(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("corpus.tar"), corpus());
        Process process;
        try {
            var builder = new ProcessBuilder("tar", "--numeric-owner", "--utc", "-tvf", file.toString());
            builder.environment().put("LC_ALL", "C.UTF-8");
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            abort("there is no tar on this machine: " + e.getMessage());
            return;
        }
        String listing = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(listing).isZero();
        assertThat(listing)
                .startsWith("drwxrwxrwt 0/0 ")
                .contains(" 2026-01-01 00:00 tmp/\n")
                .contains("-rwsr-xr-x 1/42 ")
                .contains(" usr/bin/b link to usr/bin/a\n")
                .contains(" usr/bin/é -> ../" + "t".repeat(120) + "\n")
                .contains("/" + "n".repeat(120) + "\n")
                .doesNotContain("tar:");
    }

    @Test
    void refusesContentOfAnotherSize() {
        assertThatThrownBy(() -> tar(out -> out.write(file("etc/x", 5), content("abc"))))
                .isInstanceOf(Problem.class)
                .hasMessage("etc/x: its 5 bytes were announced, but the content ended 2 bytes early."
                        + " Next: leave the inputs alone while a build runs, and build again");
        assertThatThrownBy(() -> tar(out -> out.write(file("etc/x", 2), content("abc"))))
                .isInstanceOf(Problem.class)
                .hasMessage("etc/x: its 2 bytes were announced, but the content went on behind them."
                        + " Next: leave the inputs alone while a build runs, and build again");
    }

    private static byte[] corpus() throws IOException {
        return corpus(CAPABILITY);
    }

    /** Our reader refuses capabilities, as inputs may not bring them. */
    private static byte[] withoutCapability() throws IOException {
        return corpus(new byte[0]);
    }

    private static byte[] corpus(byte[] capability) throws IOException {
        return tar(out -> {
            out.write(new TarMember("tmp", Kind.DIRECTORY, 01777, 0, 0, 1_767_225_600L, "", 0));
            out.write(new TarMember("usr", Kind.DIRECTORY, 0755, 0, 0, 0, "", 0));
            out.write(file("usr/a", 0));
            out.write(file("usr/bin/a", 300_000), new ByteArrayInputStream(new byte[300_000]));
            out.write(new TarMember("usr/bin/b", Kind.HARDLINK, 04755, 1, 42, 1_700_000_000L, "usr/bin/a", 0));
            out.write(file("usr/bin/c", 512), content("c".repeat(512)), capability);
            out.write(new TarMember("usr/bin/é", Kind.SYMLINK, 0777, 0, 0, 9, "../" + "t".repeat(120), 0));
            out.write(file("usr/" + "d".repeat(150) + "/" + "n".repeat(90), 1), content("1"));
            out.write(file("usr/" + "d".repeat(150) + "/" + "n".repeat(120), 1), content("2"));
        });
    }

    private static TarMember file(String path, long size) {
        return new TarMember(path, Kind.FILE, 04755, 1, 42, 1_700_000_000L, "", size);
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Writing {
        void to(TarWriter out) throws IOException;
    }

    private static byte[] tar(Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new TarWriter(bytes)) {
            writing.to(out);
        }
        return bytes.toByteArray();
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static String text(byte[] bytes, int from) {
        int to = from;
        while (bytes[to] != 0) {
            to++;
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static final class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 0);
            return length;
        }
    }
}
