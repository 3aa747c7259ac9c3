package network.privateness.reproducible.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    @ParameterizedTest
    @CsvSource({
        "node:1, node, 1, docker.io/library/node:1",
        "nessnetwork/node:0.1.0-SNAPSHOT, nessnetwork/node, 0.1.0-SNAPSHOT, docker.io/nessnetwork/node:0.1.0-SNAPSHOT",
        "registry.example:5000/a/b:_x, registry.example:5000/a/b, _x, registry.example:5000/a/b:_x",
        "localhost/node:1, localhost/node, 1, localhost/node:1",
        "a__b/c-d--e.f:v, a__b/c-d--e.f, v, docker.io/a__b/c-d--e.f:v"
    })
    void namesAndWhatEnginesMakeOfThem(String text, String repository, String tag, String qualified) {
        ImageName name = ImageName.parse(text);
        assertThat(name).isEqualTo(new ImageName(repository, tag)).hasToString(text);
        assertThat(name.qualified()).isEqualTo(qualified);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Node:1",
                "a//b:1",
                "/a:1",
                "a/:1",
                "a b:1",
                "a.:1",
                "a___b:1",
                ":1",
                "a:",
                "a:.x",
                "a:b c",
                "-x.example/a:1",
                "x.example:port/a:1",
                "x.example/:1",
                "../a:1",
                "a@sha256:1"
            })
    void otherNamesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageName.parse(text))
                .withMessage("\"" + text + "\" is not an image name: NAME:TAG or HOST/NAME:TAG, with a NAME of"
                        + " lower-case letters, digits, single . _ - and /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "registry.example:5000/node"})
    void aTagIsNeeded(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageName.parse(text))
                .withMessage("\"" + text + "\" has no tag: NAME:TAG is needed");
    }

    @Test
    void longNamesAreRefusedQuickly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageName("a".repeat(256), "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageName("a", "1".repeat(129)));
        assertThat(new ImageName("a".repeat(255), "1".repeat(128)).tag()).hasSize(128);
    }
}
