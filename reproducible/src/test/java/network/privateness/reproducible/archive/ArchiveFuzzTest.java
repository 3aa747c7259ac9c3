package network.privateness.reproducible.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.privateness.reproducible.archive.ArReader.ArMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged archives are refused, or read as commons-compress reads them: never half, never with another exception. */
class ArchiveFuzzTest {

    private static final ReadLimits LIMITS = new ReadLimits(100_000, 200_000, 100);

    @Test
    void tar() throws Exception {
        byte[] tar = new RawTar()
                .header("./", '5', 0)
                .header("./d/", '5', 0)
                .file("./d/f", "content")
                .link("d/l", '2', "../x")
                .link("d/h", '1', "./d/f")
                .pax("12 path=a/b\n10 uid=42\n19 mtime=1234567.5\n10 size=3\n")
                .header("other", '0', 3)
                .content("abc")
                .header("././@LongLink", 'L', 120)
                .content("d/".repeat(60).replaceFirst("/$", "x"))
                .file("short", "y".repeat(600))
                .end()
                .bytes();
        assertThat(listWithCommons(tar)).hasSize(7);
        Mutations.run(fixChecksums(tar), 1500, bytes -> compareTar(fixChecksums(bytes)));
        Mutations.run(tar, 300, ArchiveFuzzTest::compareTar);
    }

    /** So that mutations get beyond the checksum. */
    private static byte[] fixChecksums(byte[] tar) {
        byte[] fixed = tar.clone();
        for (int at = 0; at + 512 <= fixed.length; at += 512) {
            if (fixed[at + 257] == 'u' && fixed[at + 258] == 's') {
                byte[] block = Arrays.copyOfRange(fixed, at, at + 512);
                String sum = Integer.toOctalString(01000000 | TarHeader.checksum(block))
                                .substring(1) + "\0 ";
                System.arraycopy(sum.getBytes(StandardCharsets.US_ASCII), 0, fixed, at + 148, 8);
            }
        }
        return fixed;
    }

    private static void compareTar(byte[] bytes) throws Exception {
        List<String> ours = new ArrayList<>();
        var reader = new TarReader("fuzz", new ByteArrayInputStream(bytes), LIMITS);
        for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
            TarMember member = next.get();
            byte[] content = reader.content().readAllBytes();
            assertThat(content).hasSize((int) member.size());
            ours.add(describe(
                    member.path(),
                    member.kind() == Kind.FILE ? crc(content) : -1,
                    member.mode(),
                    member.uid(),
                    member.gid(),
                    member.kind() == Kind.SYMLINK ? member.linkTarget() : ""));
        }
        assertSame(ours, () -> listWithCommons(bytes));
    }

    private static List<String> listWithCommons(byte[] bytes) throws IOException {
        List<String> theirs = new ArrayList<>();
        try (var in = new TarArchiveInputStream(new ByteArrayInputStream(bytes), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                boolean file = !entry.isDirectory() && !entry.isSymbolicLink() && !entry.isLink();
                theirs.add(describe(
                        entry.getName().replaceFirst("^(\\./)+", "").replaceFirst("/$", ""),
                        file ? crc(in.readAllBytes()) : -1,
                        entry.getMode() & 07777,
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.isSymbolicLink() ? entry.getLinkName() : ""));
            }
        }
        return theirs;
    }

    private interface Listing {
        List<String> list() throws IOException;
    }

    /** They refuse some fields that are not looked at here, such as the time of an extended header: that is no contradiction. */
    private static void assertSame(List<String> ours, Listing theirs) {
        List<String> list;
        try {
            list = theirs.list();
        } catch (IOException e) {
            return;
        }
        assertThat(ours).isEqualTo(list);
    }

    private static String describe(String path, long crc, int mode, long uid, long gid, String target) {
        return String.join(" ", path.equals(".") ? "" : path, "" + crc, "" + mode, uid + ":" + gid, target);
    }

    @Test
    void ar() {
        String text = "!<arch>\n" + ArReaderTest.member("debian-binary", "4") + "2.0\n"
                + ArReaderTest.member("control.tar.xz", "5") + "abcde\n" + ArReaderTest.member("data.tar.xz", "3")
                + "abc\n";
        Mutations.run(text.getBytes(StandardCharsets.US_ASCII), 3000, bytes -> {
            List<String> ours = new ArrayList<>();
            var reader = new ArReader("fuzz", new ByteArrayInputStream(bytes), LIMITS);
            for (Optional<ArMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                ours.add(next.get().name() + " " + crc(reader.content().readAllBytes()));
            }
            assertSame(ours, () -> {
                List<String> theirs = new ArrayList<>();
                try (var in = new ArArchiveInputStream(new ByteArrayInputStream(bytes))) {
                    for (ArArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                        theirs.add(entry.getName() + " " + crc(in.readAllBytes()));
                    }
                }
                return theirs;
            });
        });
    }

    @Test
    void zip(@TempDir Path folder) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("d/"));
            zip.putNextEntry(new ZipEntry("d/deflated"));
            zip.write("hello ".repeat(50).getBytes(StandardCharsets.US_ASCII));
            var stored = new ZipEntry("stored");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(5);
            stored.setCrc(crc("hello".getBytes(StandardCharsets.US_ASCII)));
            zip.putNextEntry(stored);
            zip.write("hello".getBytes(StandardCharsets.US_ASCII));
        }
        Path file = folder.resolve("fuzz.zip");
        Mutations.run(out.toByteArray(), 600, bytes -> {
            Files.write(file, bytes);
            List<String> ours = new ArrayList<>();
            try (var zip = ZipReader.open(file, "fuzz", LIMITS)) {
                for (ZipMember member : zip.members()) {
                    try (var in = zip.open(member)) {
                        ours.add(member.name() + " " + crc(in.readAllBytes()));
                    }
                }
            }
            assertSame(ours, () -> {
                List<String> theirs = new ArrayList<>();
                try (var zip = ZipFile.builder().setPath(file).get()) {
                    for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
                        var entry = entries.nextElement();
                        theirs.add(entry.getName() + " "
                                + crc(zip.getInputStream(entry).readAllBytes()));
                    }
                }
                return theirs;
            });
        });
    }

    @Test
    void gzip() throws Exception {
        byte[] content = "hello ".repeat(500).getBytes(StandardCharsets.US_ASCII);
        Mutations.run(
                DecoderTest.gzip(content),
                2500,
                bytes -> assertThat(DecoderTest.gunzip(bytes, LIMITS)).isEqualTo(content));
    }

    @Test
    void xz() throws Exception {
        byte[] content = "hello ".repeat(500).getBytes(StandardCharsets.US_ASCII);
        Mutations.run(
                DecoderTest.xz(content, 0),
                1000,
                bytes -> assertThat(DecoderTest.unxz(bytes, LIMITS)).isEqualTo(content));
    }

    private static long crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
