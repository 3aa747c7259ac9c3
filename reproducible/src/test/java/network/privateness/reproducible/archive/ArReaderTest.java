package network.privateness.reproducible.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.archive.ArReader.ArMember;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.junit.jupiter.api.Test;

class ArReaderTest {

    private static final ReadLimits LIMITS = new ReadLimits(1000, 1500, 3);
    private static final String NEXT =
            ". Next: fetch it again; if its hash is the pinned one, pin another version of it";

    @Test
    void readsWhatAnotherWriterWrites() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ArArchiveOutputStream(bytes)) {
            for (String content : new String[] {"odd", "even"}) {
                out.putArchiveEntry(new ArArchiveEntry(content, content.length()));
                out.write(content.getBytes(StandardCharsets.US_ASCII));
                out.closeArchiveEntry();
            }
        }
        var reader = reader(bytes.toByteArray());
        assertThat(reader.next()).contains(new ArMember("odd", 3));
        assertThat(reader.content()).hasContent("odd");
        assertThat(reader.next()).contains(new ArMember("even", 4));
        assertThat(reader.next()).as("skips what was not read").isEmpty();
    }

    @Test
    void aSlashBehindANameIsCutOff() throws Exception {
        assertThat(reader(ar(member("a/", "1") + "x\n")).next()).contains(new ArMember("a", 1));
    }

    @Test
    void refusesWhatIsNoArchive() {
        refuses("", "a.ar, offset 0: this is no ar archive: it does not start with \"!<arch>\"");
        refuses("!<arch>", "a.ar, offset 0: this is no ar archive: it does not start with \"!<arch>\"");
        refuses("garbage", "a.ar, offset 0: this is no ar archive: it does not start with \"!<arch>\"");
    }

    @Test
    void refusesWhatIsCutOffOrGoesOn() {
        refuses(
                "!<arch>\n" + member("a", "4") + "abc",
                "a.ar, member \"a\", offset 71: the archive ends inside this member of 4 bytes");
        refuses(
                "!<arch>\n" + member("a", "3") + "abc",
                "a.ar, member \"a\", offset 71: the archive ends inside this member of 3 bytes");
        refuses(
                "!<arch>\n" + member("a", "4") + "abcdgarbage",
                "a.ar, offset 72: the archive ends after 7 of the 60 bytes of a header");
        refuses(
                "!<arch>\n" + member("a", "4").replace("`\n", "xx") + "abcd",
                "a.ar, offset 8: the header of a member does not end with its mark");
    }

    @Test
    void refusesNames() {
        refuses(
                "!<arch>\n" + member("../a", "0"),
                "a.ar, member \"../a\", offset 8: its name has the component \"..\", which is not allowed");
        refuses("!<arch>\n" + member("", "0"), "a.ar, offset 8: the member's name is empty");
        refuses(
                "!<arch>\n" + member(" a", "0"),
                "a.ar, member \" a\", offset 8: its name has a space, with which names are padded");
        for (String name : new String[] {"/", "//", "/12", "#1/20"}) {
            refuses(
                    "!<arch>\n" + member(name, "0"),
                    "a.ar, member \"" + name
                            + "\", offset 8: long names and symbol tables are not allowed in this archive");
        }
    }

    @Test
    void refusesSizesBeforeReading() {
        refuses("!<arch>\n" + member("a", ""), "a.ar, member \"a\", offset 56: its size is missing");
        refuses("!<arch>\n" + member("a", "-1"), "a.ar, member \"a\", offset 56: its size is not a decimal number");
        refuses("!<arch>\n" + member("a", "1x"), "a.ar, member \"a\", offset 57: its size is not a decimal number");
        refuses(
                "!<arch>\n" + member("a", "9999999999"),
                "a.ar, member \"a\", offset 8: it declares 9999999999 bytes, at most 1000 are allowed for one member");
        refuses(
                "!<arch>\n" + member("a", "1000") + "x".repeat(1000) + member("b", "501"),
                "a.ar, member \"b\", offset 1068: with its 501 bytes the archive holds more than the allowed 1500");
        refuses(
                "!<arch>\n" + member("a", "0").repeat(4),
                "a.ar, member \"a\", offset 188: the archive has more than the allowed 3 members");
    }

    static String member(String name, String size) {
        return String.format("%-16s%-12s%-6s%-6s%-8s%-10s`\n", name, "0", "0", "0", "100644", size);
    }

    private static byte[] ar(String members) {
        return ("!<arch>\n" + members).getBytes(StandardCharsets.US_ASCII);
    }

    private static ArReader reader(byte[] bytes) {
        return new ArReader("a.ar", new ByteArrayInputStream(bytes), LIMITS);
    }

    private static void refuses(String archive, String message) {
        assertThatThrownBy(() -> {
                    var reader = reader(archive.getBytes(StandardCharsets.US_ASCII));
                    while (reader.next().isPresent()) {
                        reader.content().read();
                    }
                })
                .isInstanceOf(Problem.class)
                .hasMessage(message + NEXT);
    }
}
