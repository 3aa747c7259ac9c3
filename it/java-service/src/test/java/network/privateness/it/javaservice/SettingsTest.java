package network.privateness.it.javaservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.of(Map.of())).isEqualTo(new Settings("0.0.0.0", 8090, true));
    }

    @Test
    void everyVariable() {
        assertThat(Settings.of(Map.of("PORT", "65535", "BIND", "::1", "OVERLAY", "off")))
                .isEqualTo(new Settings("::1", 65535, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "65536", "99999999999", "80a", " 80"})
    void wrongPorts(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("PORT", port)))
                .withMessage("PORT=\"" + port + "\" is not a number from 0 to 65535");
    }

    @ParameterizedTest
    @CsvSource({"BIND,localhost,a numeric IP address", "OVERLAY,yes,on or off"})
    void otherWrongValues(String name, String value, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of(name, value)))
                .withMessage(name + "=\"" + value + "\" is not " + rule);
    }
}
