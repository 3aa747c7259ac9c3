package network.privateness.reproducible.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {

    @Test
    void valuesOutOfTheirRangeAreRefused() {
        refuses(() -> new Directory(010000, 0, 0, 0, "a"), "mode 10000 has more than 12 bits");
        refuses(() -> new Directory(0, -1, 0, 0, "a"), "owner -1:0 is not between 0 and 2097151");
        refuses(() -> new Directory(0, 0, 2097152, 0, "a"), "owner 0:2097152 is not between 0 and 2097151");
        refuses(() -> new Directory(0, 0, 0, -1, "a"), "the time -1 is before 1970");
        refuses(() -> new Directory(0, 0, 0, 0, ""), "a node without an origin");
        refuses(() -> SymbolicLink.made("", "a"), "the target of a link is empty or has a control character");
        refuses(() -> SymbolicLink.made("a\nb", "a"), "the target of a link is empty or has a control character");
    }

    @Test
    void capabilitiesHaveOneOfTwoForms() {
        String bits = "0030000000000000" + "0000000000000000";
        assertThat(new FileCapability("01000002" + bits).bytes()).hasSize(20).startsWith(1, 0, 0, 2);
        assertThat(new FileCapability("01000003" + bits + "00000000").bytes()).hasSize(24);
        for (String wrong : new String[] {"", "01000001" + bits, "01000003" + bits, "01000002" + bits + "00", "zz"}) {
            refuses(
                    () -> new FileCapability(wrong),
                    "\"" + wrong + "\" is not a security.capability of revision 2 (20 bytes) or 3 (24 bytes)");
        }
    }

    @Test
    void contentIsReadAgainAndAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "0123456789");
        for (Content content : new Content[] {Content.of("3456"), Content.slice(file, 3, 4)}) {
            assertThat(content.size()).isEqualTo(4);
            for (int i = 0; i < 2; i++) {
                try (var in = content.open()) {
                    assertThat(in.read()).isEqualTo('3');
                    assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                            .isEqualTo("456");
                    assertThat(in.read()).isEqualTo(-1);
                }
            }
            assertThat(Content.sameBytes(content, Content.of(new byte[] {'3', '4', '5', '6'})))
                    .isTrue();
            assertThat(Content.sameBytes(content, Content.of("3457"))).isFalse();
            assertThat(Content.sameBytes(content, Content.of("34567"))).isFalse();
        }
        assertThat(Content.of(file).size()).isEqualTo(10);
        assertThat(Content.slice(file, 8, 4).open())
                .as("the file became shorter")
                .hasContent("89");
    }

    private static void refuses(Runnable making, String message) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessage(message);
    }
}
