package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianVersionTest {

    /** The signs are what {@code dpkg --compare-versions} of Debian 12 answers. */
    @ParameterizedTest
    @CsvSource({
        "1.0, <, 1.1",
        "1.9, <, 1.10",
        "1.0~rc1, <, 1.0",
        "1.0~~, <, 1.0~",
        "1.0~~a, <, 1.0~",
        "1.0~, <, 1.0",
        "1.0, <, 1.0a",
        "1.0a, <, 1.0+",
        "1.0a, <, 1.0.1",
        "1.0-1, <, 1.0-2",
        "1.0-1, <, 1.0-1+b1",
        "1.0-1~deb13u1, <, 1.0-1",
        "1.0-1, <, 1.0-1+deb13u1",
        "9, <, 1:0",
        "1:2, <, 2:1",
        "1.0, =, 1.00",
        "1.0, =, 0:1.0",
        "1.0, =, 1.0-0",
        "1.2-1, <, 1.2.0-1",
        "1-1-1, <, 1-2-0",
        "2:1:3, >, 2:1",
        "1.0Z, <, 1.0a",
        "5.2.15-2+b8, <, 5.2.37-2+b5",
        "1.99999999999999999999, <, 1.100000000000000000000",
        "0.0.0, =, 0.0.00",
        "1.0.0, >, 1.0"
    })
    void orderOfThePolicy(String a, char sign, String b) {
        int expected = "<=>".indexOf(sign) - 1;
        assertThat(Integer.signum(version(a).compareTo(version(b)))).isEqualTo(expected);
        assertThat(Integer.signum(version(b).compareTo(version(a)))).isEqualTo(-expected);
    }

    @Test
    void textIsKeptAndDecidesEquality() {
        assertThat(version("0:1.00")).hasToString("0:1.00").isNotEqualTo(version("1.0"));
        assertThat(version("1.0")).isEqualTo(version("1.0")).hasSameHashCodeAs(version("1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "a1", ":1", "a:1", "1:", "-1:1", "1-", "1_0", "1 0", "1.0-a_b", "\u0661", "1/2"})
    void whatIsNoVersionIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> version(text))
                .withMessageContaining("is no Debian version");
    }

    @Test
    void refusalsSayWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> version("x"))
                .withMessage("\"x\" is no Debian version: the upstream part must begin with a digit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> version("1".repeat(257)))
                .withMessage("\"" + "1".repeat(60) + "...\" is no Debian version: it has more than 256 characters");
    }

    @Test
    void theOrderIsTotal() {
        Random random = new Random(7);
        List<DebianVersion> versions = random.ints(300, 0, Integer.MAX_VALUE)
                .mapToObj(seed -> version("0" + text(new Random(seed))))
                .sorted()
                .toList();
        for (int i = 0; i < versions.size(); i++) {
            for (int j = i; j < versions.size(); j++) {
                assertThat(versions.get(i).compareTo(versions.get(j)))
                        .as("%s %s", versions.get(i), versions.get(j))
                        .isNotPositive();
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append("019aZ.+~".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static DebianVersion version(String text) {
        return DebianVersion.parse(text);
    }
}
