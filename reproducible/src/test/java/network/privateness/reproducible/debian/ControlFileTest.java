package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.ControlFile.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlFileTest {

    @Test
    void stanzasComeOneByOneWithTheirLines() throws Exception {
        ControlFile file = file("\n\nPackage: a\nDescription: one\n two\n .\n\tthree  \n\nPACKAGE:b\n", Style.ARCHIVE);
        Stanza first = file.next().orElseThrow();
        assertThat(first.get("description")).contains("one\ntwo\n.\nthree");
        assertThat(first.names()).containsExactly("package", "description");
        assertThat(first.where()).isEqualTo("F:3");
        Stanza second = file.next().orElseThrow();
        assertThat(second.require("Package")).isEqualTo("b");
        assertThat(second.where()).isEqualTo("F:9");
        assertThat(file.next()).isEmpty();
    }

    @Test
    void theLastLineNeedsNoLineFeedAndTextMayBeUtf8() throws Exception {
        assertThat(file("Maintainer: J\u00f6rg \u2713", Style.ARCHIVE).only().require("Maintainer"))
                .isEqualTo("J\u00f6rg \u2713");
    }

    @Test
    void linesMayCrossTheReadersBuffer() throws Exception {
        String value = "x".repeat(70_000);
        ControlFile file = file("A: " + value + "\nB: " + value + "\n", Style.ARCHIVE);
        assertThat(file.only().require("B")).isEqualTo(value);
    }

    @Test
    void peopleMayWriteCommentsAndBlankLines() throws Exception {
        ControlFile file = file("# one\nTypes: deb\n# two\nURIs: u\n \t\n#three\nTypes: x\n", Style.HAND_WRITTEN);
        assertThat(file.next().orElseThrow().get("uris")).contains("u");
        assertThat(file.next().orElseThrow().get("types")).contains("x");
        assertThat(file.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "A: 1\\nA: 2\\n => F:2: field \"A\" twice in one stanza",
                "A: 1\\na: 2\\n => F:2: field \"a\" twice in one stanza",
                "A: 1\\nnothing\\n => F:2: \"nothing\" is not \"field: value\"",
                "' x\\n' => F:1: a continuation line, but no field before it",
                "A: 1\\n \\n => F:2: a continuation line with nothing in it; an empty one is written \" .\"",
                "-A: 1\\n => F:1: \"-A\" is no field name: printable ASCII, no space, not beginning with # or -",
                "#A: 1\\n => F:1: \"#A\" is no field name: printable ASCII, no space, not beginning with # or -",
                ": 1\\n => F:1: \"\" is no field name: printable ASCII, no space, not beginning with # or -",
                "A b: 1\\n => F:1: \"A b\" is no field name: printable ASCII, no space, not beginning with # or -",
                "A: 1\\r\\n => F:1: control character 0x0d",
                "A: \\0\\n => F:1: control character 0x00"
            })
    void malformedFilesAreRefused(String text, String message) {
        String unescaped = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
        assertRefused(unescaped.getBytes(StandardCharsets.UTF_8), message.strip());
    }

    @Test
    void invalidUtf8IsRefused() {
        assertRefused(new byte[] {'A', ':', ' ', (byte) 0xc3, '\n'}, "F:1: not valid UTF-8");
        assertRefused(new byte[] {'A', ':', ' ', (byte) 0xc0, (byte) 0x80, '\n'}, "F:1: not valid UTF-8");
    }

    @Test
    void sizesAreBounded() {
        assertRefused(
                ("A: " + "x".repeat(ControlFile.MAX_LINE)).getBytes(StandardCharsets.UTF_8),
                "F:1: a line of more than 262144 bytes");
        assertRefused(
                ("A:\n" + (" " + "x".repeat(200_000) + "\n").repeat(21)).getBytes(StandardCharsets.UTF_8),
                "F:22: a stanza of more than 4194304 bytes");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= ControlFile.MAX_FIELDS; i++) {
            many.append('F').append(i).append(": x\n");
        }
        assertRefused(many.toString().getBytes(StandardCharsets.UTF_8), "F:501: more than 500 fields in one stanza");
    }

    @Test
    void aLineWithoutEndIsReadToTheBoundOnly() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 'x';
            }
        };
        assertThatThrownBy(() -> new ControlFile(endless, "F", "n", Style.ARCHIVE).next())
                .hasMessage("F:1: a line of more than 262144 bytes. Next: n");
        assertThat(read.get()).isLessThan(2L * ControlFile.MAX_LINE);
    }

    @Test
    void onlyMeansOne() {
        assertThatThrownBy(() -> file("\n\n", Style.ARCHIVE).only())
                .hasMessage("F: no field in it; one stanza is needed. Next: correct it");
        assertThatThrownBy(() -> file("A: 1\n\nB: 2\n", Style.ARCHIVE).only())
                .hasMessage("F:3: a second stanza; only one is allowed. Next: correct it");
    }

    @Test
    void aMissingFieldIsNamed() throws IOException {
        Stanza stanza = file("A: 1\nEmpty:\n", Style.ARCHIVE).only();
        assertThat(stanza.get("Empty")).contains("");
        assertThatThrownBy(() -> stanza.require("empty")).hasMessage("F:1: no field \"empty\". Next: correct it");
    }

    @Test
    void randomChangesNeverBreakTheReader() {
        byte[] good = "Package: a\nDescription: \u00f6ne\n two\n .\n\nPackage: b\nSize: 1\n\n"
                .getBytes(StandardCharsets.UTF_8);
        for (Style style : List.of(Style.ARCHIVE, Style.HAND_WRITTEN)) {
            Fuzz.mutate(good, "\n\r\t :.#-\0", 5_000, bytes -> {
                ControlFile file = new ControlFile(new ByteArrayInputStream(bytes), "F", "n", style);
                for (Optional<Stanza> next = file.next(); next.isPresent(); next = file.next()) {
                    assertThat(next.get().names()).isNotEmpty();
                }
            });
        }
    }

    private static void assertRefused(byte[] bytes, String message) {
        ControlFile file = new ControlFile(new ByteArrayInputStream(bytes), "F", "correct it", Style.ARCHIVE);
        assertThatThrownBy(() -> {
                    while (file.next().isPresent()) {}
                })
                .isInstanceOf(Problem.class)
                .hasMessage(message + ". Next: correct it");
    }

    private static ControlFile file(String text, Style style) {
        return new ControlFile(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "F", "correct it", style);
    }
}
