package network.privateness.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {

    @Test
    void snapshotIsATagLikeAnother() {
        assertThat(ImageNames.of("nessnetwork", "mesh", "0.1.0-SNAPSHOT"))
                .hasToString("nessnetwork/mesh:0.1.0-SNAPSHOT");
        assertThat(ImageNames.of("registry.example:5000/ness", "mesh", "1"))
                .hasToString("registry.example:5000/ness/mesh:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nessnetwork", "ness network", "", "ness/", "a//b", "ness_", "https://example.org/ness"})
    void prefixThatMakesNoNameIsRefused(String prefix) {
        assertThatThrownBy(() -> ImageNames.of(prefix, "mesh", "1"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("ness.prefix: \"" + prefix + "\" makes no image name: ")
                .hasMessageEndingWith("Next: set it as -Dness.prefix=VALUE, such as nessnetwork");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0+build", "", "-1", "a b", "1.0__x", "a/b"})
    void tagThatMakesNoNameIsRefused(String tag) {
        assertThatThrownBy(() -> ImageNames.of("nessnetwork", "mesh", tag))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("ness.tag: \"" + tag + "\" makes no image name: ")
                .hasMessageEndingWith("Next: set it as -Dness.tag=VALUE, such as 1.0");
    }
}
