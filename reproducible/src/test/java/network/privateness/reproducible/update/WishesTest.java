package network.privateness.reproducible.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishesTest {

    @Test
    void namesAndVersions() {
        Wishes wishes = update("netbase, example.org/a@v1.2.3 ,go");
        assertThat(wishes.all()).isFalse();
        assertThat(wishes.moves("netbase")).isTrue();
        assertThat(wishes.moves("other")).isFalse();
        assertThat(wishes.version("netbase")).isEmpty();
        assertThat(wishes.version("example.org/a")).contains("v1.2.3");
    }

    @Test
    void allMovesEverything() {
        Wishes wishes = update("all,example.org/a@v1.2.3");
        assertThat(wishes.moves("other")).isTrue();
        assertThat(wishes.versions().keySet()).containsExactly("example.org/a");
    }

    @Test
    void nothingMovesNothing() {
        assertThat(Wishes.parse(Optional.empty(), Optional.empty())).isEqualTo(Wishes.NONE);
        assertThat(update(" , ")).isEqualTo(Wishes.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@v1", "netbase@", "all@v1", "@"})
    void halfAWishIsRefused(String item) {
        assertThatThrownBy(() -> update("a," + item))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.update: \"" + item + "\" is neither NAME, NAME@VERSION nor all."
                        + " Next: write -Dness.update=NAME, or NAME@VERSION for a Go program or the Go toolchain");
    }

    @Test
    void archivesHaveAddresses() {
        Wishes wishes = Wishes.parse(
                Optional.empty(), Optional.of("coin=https://example.org/a http://example.org/b, x=file:/c"));
        assertThat(wishes.archives().get("coin"))
                .containsExactly(URI.create("https://example.org/a"), URI.create("http://example.org/b"));
        assertThat(wishes.archives().get("x")).isEqualTo(List.of(URI.create("file:/c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coin",
                "=https://example.org/a",
                "coin=",
                "coin=ftp://example.org/a",
                "coin=https://a  https://b",
                "coin=https://a^b"
            })
    void archiveWithoutAddressIsRefused(String item) {
        assertThatThrownBy(() -> Wishes.parse(Optional.empty(), Optional.of(item)))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.archive: \"" + item + "\" is not NAME=URL."
                        + " Next: write -Dness.archive=NAME=URL, several URLs parted by blanks");
    }

    private static Wishes update(String text) {
        return Wishes.parse(Optional.of(text), Optional.empty());
    }
}
