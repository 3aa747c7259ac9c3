package network.privateness.reproducible.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.TarMember.Kind;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class TarReaderTest {

    private static final ReadLimits LIMITS = new ReadLimits(10_000, 20_000, 4);
    private static final String NEXT =
            ". Next: fetch it again; if its hash is the pinned one, pin another version of it";

    @Test
    void readsAllKindsWithTheirValues() throws Exception {
        byte[] tar = new RawTar()
                .header("./", '5', 0)
                .header("./d/", '5', 0)
                .file("./d/f", "content")
                .link("l", '2', "../x")
                .bytes();
        var reader = reader(new RawTar().raw(tar).end().bytes());
        assertThat(reader.next()).contains(new TarMember(".", Kind.DIRECTORY, 0644, 0, 0, 0, "", 0));
        assertThat(reader.next()).contains(new TarMember("d", Kind.DIRECTORY, 0644, 0, 0, 0, "", 0));
        assertThat(reader.next()).contains(new TarMember("d/f", Kind.FILE, 0644, 0, 0, 0, "", 7));
        assertThat(reader.contentOffset()).isEqualTo(1536);
        assertThat(reader.content()).hasContent("content");
        assertThat(reader.next()).contains(new TarMember("l", Kind.SYMLINK, 0644, 0, 0, 0, "../x", 0));
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void readsBothKindsOfLongNamesAsAnotherWriterWritesThem() throws Exception {
        String path = "d".repeat(120) + "/" + "ä".repeat(120);
        for (int mode : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
            var bytes = new ByteArrayOutputStream();
            try (var out = new TarArchiveOutputStream(bytes, "UTF-8")) {
                out.setLongFileMode(mode);
                var link = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
                link.setLinkName("t/" + path);
                link.setModTime(1_700_000_000_000L);
                out.putArchiveEntry(link);
                out.closeArchiveEntry();
            }
            TarMember member = reader(bytes.toByteArray()).next().orElseThrow();
            assertThat(member.path()).isEqualTo(path);
            assertThat(member.linkTarget()).isEqualTo("t/" + path);
            assertThat(member.mtime()).isEqualTo(1_700_000_000L);
        }
    }

    @Test
    void paxValuesRuleOverTheHeader() throws Exception {
        byte[] tar = new RawTar()
                .pax("12 path=a/b\n" + "10 uid=42\n" + "10 gid=43\n" + "19 mtime=1234567.5\n" + "10 size=3\n")
                .header("other", '0', 0)
                .content("abc")
                .end()
                .bytes();
        var reader = reader(tar);
        assertThat(reader.next()).contains(new TarMember("a/b", Kind.FILE, 0644, 42, 43, 1_234_567, "", 3));
        assertThat(reader.content()).hasContent("abc");
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void aGlobalCommentIsFine() throws Exception {
        byte[] tar = new RawTar()
                .header("pax_global_header", 'g', 15)
                .content("15 comment=abc\n")
                .file("f", "")
                .end()
                .bytes();
        assertThat(paths(tar)).containsExactly("f");
    }

    @Test
    void recordPaddingIsFine() throws Exception {
        assertThat(paths(new RawTar().file("f", "x").end().raw(new byte[9000]).bytes()))
                .containsExactly("f");
    }

    @Test
    void refusesWhatIsNoTar() {
        refuses(new byte[0], "a.tar, offset 0: the archive ends without its end mark of two blocks of zeros");
        refuses(new byte[100], "a.tar, offset 0: the archive ends inside a header");
        byte[] text = new byte[512];
        Arrays.fill(text, (byte) 'x');
        refuses(
                text,
                "a.tar, offset 0: the header's checksum is -1, its bytes give 60736: this is no tar archive, or it is damaged");
    }

    @Test
    void refusesDamage() {
        byte[] tar = new RawTar().file("f", "content").end().bytes();
        tar[0] = 'g';
        refuses(
                tar,
                "a.tar, offset 0: the header's checksum is 3146, its bytes give 3147: this is no tar archive, or it is damaged");
    }

    @Test
    void refusesWhatIsCutOff() {
        byte[] tar = new RawTar().file("f", "content").file("g", "content").bytes();
        refuses(tar, "a.tar, offset 2048: the archive ends without its end mark of two blocks of zeros");
        refuses(
                Arrays.copyOf(tar, 2047),
                "a.tar, member \"g\", offset 2047: the archive ends inside this member of 7 bytes");
        refuses(Arrays.copyOf(tar, 1100), "a.tar, offset 1024: the archive ends inside a header");
        refuses(
                Arrays.copyOf(tar, 520),
                "a.tar, member \"f\", offset 520: the archive ends inside this member of 7 bytes");
        refuses(
                Arrays.copyOf(tar, 2560),
                "a.tar, offset 2560: the archive ends without its end mark of two blocks of zeros");
        refuses(
                Arrays.copyOf(new RawTar().pax("12 path=a/b\n").bytes(), 520),
                "a.tar, offset 520: the archive ends inside a pax header");
        refuses(
                Arrays.copyOf(new RawTar().pax("12 path=a/b\n").bytes(), 530),
                "a.tar, offset 530: the archive ends inside an extended header");
    }

    @Test
    void refusesBytesBehindTheEnd() {
        refuses(
                new RawTar().end().raw(new byte[] {0, 0, 7}).bytes(),
                "a.tar, offset 1026: there are bytes behind the end of the archive");
        refuses(
                new RawTar().raw(new byte[512]).file("f", "").end().bytes(),
                "a.tar, offset 512: there are bytes behind the end of the archive");
        refuses(
                new RawTar().end().file("f", "").end().bytes(),
                "a.tar, offset 1024: there are bytes behind the end of the archive");
    }

    @Test
    void refusesNamesThatLeaveTheArchive() {
        refuses(
                new RawTar().file("/etc/passwd", "").end().bytes(),
                "a.tar, member \"/etc/passwd\", offset 0: its name is absolute, only relative names are allowed");
        refuses(
                new RawTar().file("a/../../b", "").end().bytes(),
                "a.tar, member \"a/../../b\", offset 0: its name has the component \"..\", which is not allowed");
        refuses(
                new RawTar().file("./..", "").end().bytes(),
                "a.tar, member \"..\", offset 0: its name has the component \"..\", which is not allowed");
        refuses(
                new RawTar().file("a//b", "").end().bytes(),
                "a.tar, member \"a//b\", offset 0: its name has the component \"\", which is not allowed");
        refuses(
                new RawTar().file("a/./b", "").end().bytes(),
                "a.tar, member \"a/./b\", offset 0: its name has the component \".\", which is not allowed");
        refuses(new RawTar().file("", "").end().bytes(), "a.tar, offset 0: the member's name is empty");
        refuses(new RawTar().file("/", "").end().bytes(), "a.tar, offset 0: the member's name is empty");
        refuses(
                new RawTar().file("a\nb", "").end().bytes(),
                "a.tar, member \"a\\u000ab\", offset 0: its name has a control character");
        refuses(
                new RawTar().pax("14 path=a\0b/c\n").file("f", "").end().bytes(),
                "a.tar, member \"a\\u0000b/c\", offset 1024: its name has a control character");
        refuses(
                new RawTar()
                        .header("f", '0', "00000000000", 0, new byte[] {'a', (byte) 0xff})
                        .end()
                        .bytes(),
                "a.tar, offset 0: the member's name \"a\u00ff\" is not UTF-8");
        refuses(
                new RawTar().link("l", '1', "../f").end().bytes(),
                "a.tar, member \"../f\", offset 0: its name has the component \"..\", which is not allowed");
        refuses(
                new RawTar().link("l", '2', "").end().bytes(),
                "a.tar, member \"l\", offset 0: its target \"\" is empty or has a control character");
    }

    @Test
    void refusesKindsThatImagesDoNotHave() {
        String device = "a.tar, member \"f\", offset 0: it is a device, which is not allowed";
        refuses(new RawTar().header("f", '3', 0).end().bytes(), device);
        refuses(new RawTar().header("f", '4', 0).end().bytes(), device);
        refuses(
                new RawTar().header("f", '6', 0).end().bytes(),
                "a.tar, member \"f\", offset 0: it is a named pipe, which is not allowed");
        refuses(
                new RawTar().header("f", 'S', 0).end().bytes(),
                "a.tar, member \"f\", offset 0: it is a sparse file, which is not allowed");
        refuses(
                new RawTar().header("f", 'M', 0).end().bytes(),
                "a.tar, member \"f\", offset 0: its type \"M\" is not one that is read here");
        refuses(
                new RawTar().pax("22 GNU.sparse.major=1\n").file("f", "").end().bytes(),
                "a.tar, offset 0: a sparse file (\"GNU.sparse.major\"), which is not allowed");
        refuses(
                new RawTar()
                        .pax("38 SCHILY.xattr.security.capability=x\n")
                        .file("f", "")
                        .end()
                        .bytes(),
                "a.tar, offset 0: a member has file capabilities, which are not taken from archives");
    }

    @Test
    void onlyDirectoriesMayEndWithASlash() throws Exception {
        refuses(
                new RawTar().header("f/", '0', 0).end().bytes(),
                "a.tar, member \"f\", offset 0: its name ends with a slash, but it is no directory");
        refuses(
                new RawTar().link("l/", '2', "x").end().bytes(),
                "a.tar, member \"l\", offset 0: its name ends with a slash, but it is no directory");
        assertThat(reader(new RawTar().header("old/", '\0', 0).end().bytes())
                        .next()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.DIRECTORY);
    }

    @Test
    void refusesSizesBeforeReading() {
        refuses(
                new RawTar()
                        .header("f", '0', "", 124, new byte[] {-128, 0, 0, 0, 0, 0, 0, 2, -128, 0, 0, 0})
                        .bytes(),
                "a.tar, member \"f\", offset 0: it declares 10737418240 bytes, at most 10000 are allowed for one member");
        refuses(
                new RawTar()
                        .file("f", "x".repeat(9000))
                        .file("g", "x".repeat(9000))
                        .header("h", '0', 9000)
                        .bytes(),
                "a.tar, member \"h\", offset 19456: with its 9000 bytes the archive holds more than the allowed 20000");
        var many = new RawTar();
        for (int i = 0; i < 5; i++) {
            many.file("f" + i, "");
        }
        refuses(
                many.end().bytes(),
                "a.tar, member \"f4\", offset 2048: the archive has more than the allowed 4 members");
        refuses(
                new RawTar().header("d", '5', 5).content("abcde").end().bytes(),
                "a.tar, member \"d\", offset 0: it declares 5 bytes, but only files have a content");
        refuses(
                new RawTar().header("n", 'L', 5000).bytes(),
                "a.tar, offset 0: a GNU long name of 5000 bytes, at most 4096 are allowed");
        refuses(
                new RawTar().header("n", 'x', 70_000).bytes(),
                "a.tar, offset 0: a pax header of 70000 bytes, at most 65536 are allowed");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(
                new RawTar()
                        .header("f", '0', "0000000000x", 0, new byte[0])
                        .end()
                        .bytes(),
                "a.tar, offset 124: the size in a member's header is not a number in its range");
        refuses(
                new RawTar()
                        .header("f", '0', "00000000000", 136, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
                        })
                        .end()
                        .bytes(),
                "a.tar, offset 136: the time in a member's header is not a number in its range");
        refuses(
                new RawTar()
                        .header("f", '0', "00000000000", 108, new byte[] {-128, 0, 0, 0, 0, 32, 0, 0})
                        .end()
                        .bytes(),
                "a.tar, member \"f\", offset 0: its uid 2097152 is greater than 2097151");
        refuses(
                new RawTar().pax("20 mtime=9999999999\n").file("f", "").end().bytes(),
                "a.tar, member \"f\", offset 1024: its time 9999999999 is beyond the year 2242");
        refuses(
                new RawTar().pax("12 mtime=-1\n").file("f", "").end().bytes(),
                "a.tar, offset 1024: the value \"-1\" of the pax record \"mtime\" is not a number");
    }

    @Test
    void refusesMalformedExtendedHeaders() {
        for (String records :
                List.of("12 path=a/b", "11 path=a/b\n", "13 path=a/b\n", "path=a/b\n", "9999999 a=b\n", "5 abc\n")) {
            refuses(
                    new RawTar().pax(records).file("f", "").end().bytes(),
                    "a.tar, offset 0: the pax record at byte 0 of its header is malformed");
        }
        refuses(
                new RawTar().pax("10 path=a\n10 path=b\n").file("f", "").end().bytes(),
                "a.tar, offset 0: the value \"path\" of a member is given twice");
        refuses(
                new RawTar()
                        .pax("10 path=a\n")
                        .pax("10 path=b\n")
                        .file("f", "")
                        .end()
                        .bytes(),
                "a.tar, offset 1024: the same member has two pax headers");
        refuses(
                new RawTar()
                        .header("n", 'L', 1)
                        .content("a")
                        .header("n", 'L', 1)
                        .content("b")
                        .file("f", "")
                        .end()
                        .bytes(),
                "a.tar, offset 1024: the same member has two long names");
        refuses(
                new RawTar()
                        .header("n", 'L', 4)
                        .content("a\0b\0")
                        .file("f", "")
                        .end()
                        .bytes(),
                "a.tar, offset 0: a GNU long name has a NUL inside");
        refuses(
                new RawTar().pax("10 path=a\n").end().bytes(),
                "a.tar, offset 1024: the archive ends after an extended header, before its member");
        refuses(
                new RawTar()
                        .header("g", 'g', 10)
                        .content("10 path=a\n")
                        .file("f", "")
                        .end()
                        .bytes(),
                "a.tar, offset 0: the global pax header sets \"path\" for all members, which is not allowed");
        refuses(
                new RawTar().pax("21 hdrcharset=BINARY\n").file("f", "").end().bytes(),
                "a.tar, offset 0: the pax header is written in \"BINARY\", not in UTF-8");
    }

    private static TarReader reader(byte[] tar) {
        return new TarReader("a.tar", new ByteArrayInputStream(tar), LIMITS);
    }

    private static List<String> paths(byte[] tar) throws IOException {
        var reader = reader(tar);
        List<String> paths = new ArrayList<>();
        for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
            paths.add(next.get().path());
        }
        return paths;
    }

    private static void refuses(byte[] tar, String message) {
        assertThatThrownBy(() -> paths(tar)).isInstanceOf(Problem.class).hasMessage(message + NEXT);
    }
}
