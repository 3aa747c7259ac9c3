package network.privateness.reproducible.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** FIPS 180-4 example "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void digestOfThePublishedExample() {
        assertThat(Sha256.of("abc")).hasToString("sha256:" + ABC);
    }

    @Test
    void streamPassesBytesOnAndKnowsDigestAndSize() throws Exception {
        var passed = new ByteArrayOutputStream();
        var out = new Sha256OutputStream(passed);
        out.write('a');
        out.write("bc".getBytes(StandardCharsets.US_ASCII));
        assertThat(out.digest()).isEqualTo(new Sha256(ABC));
        assertThat(out.size()).isEqualTo(3);
        assertThat(passed.toString(StandardCharsets.US_ASCII)).isEqualTo("abc");
    }

    @Test
    void bothWrittenFormsAreRead() {
        assertThat(Sha256.parse(ABC)).isEqualTo(Sha256.parse("sha256:" + ABC));
    }

    @Test
    void anythingElseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sha256.parse(ABC.toUpperCase(java.util.Locale.ROOT)))
                .withMessageContaining("64 lower-case hexadecimal digits");
        assertThatIllegalArgumentException().isThrownBy(() -> Sha256.parse(ABC.substring(1)));
    }
}
