package network.privateness.reproducible.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** RFC 8785 §3.2.2 and §3.2.4. */
    @Test
    void theSampleOfTheRfc() throws Exception {
        String input = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50,
                              2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";
        assertThat(canonical(input))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(CanonicalJson.bytes(MAPPER.readTree(input)))
                .isEqualTo(canonical(input).getBytes(StandardCharsets.UTF_8))
                .contains(0xe2, 0x82, 0xac);
    }

    /** RFC 8785 §3.2.3: by UTF-16 units, not by code points and not by UTF-8 bytes. */
    @Test
    void theOrderOfTheRfc() throws Exception {
        String input = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""";
        assertThat(canonical(input))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** RFC 8785 appendix B. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void theNumbersOfTheRfc(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(CanonicalJson.text(DoubleNode.valueOf(value))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7fffffffffffffff", "7ff0000000000000", "fff0000000000000"})
    void whatIsNoNumberIsRefused(String bits) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.bytes(DoubleNode.valueOf(value)))
                .withMessage("JSON has no way to write " + value);
    }

    /** The JDK's own algorithm (since 19) is a second opinion; it never writes a single digit, so those are left out. */
    @Test
    void numbersAgreeWithTheJdk() {
        long seed = 8785;
        Random random = new Random(seed);
        int compared = 0;
        for (int i = 0; i < 8_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                continue;
            }
            String text = CanonicalNumber.text(value);
            assertThat(Double.parseDouble(text))
                    .as("seed %d, number %d", seed, i)
                    .isEqualTo(value);
            if (new BigDecimal(text).precision() > 1) {
                assertThat(new BigDecimal(text))
                        .as("seed %d, number %d: %s", seed, i, text)
                        .isEqualByComparingTo(new BigDecimal(Double.toString(value)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(7_900);
    }

    @Test
    void integers() throws Exception {
        assertThat(canonical("[0,-0,-1,1767225600,9007199254740991,-9007199254740991]"))
                .isEqualTo("[0,0,-1,1767225600,9007199254740991,-9007199254740991]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> canonical("9007199254740992"))
                .withMessage("the integer 9007199254740992 is beyond 2^53-1, so not every reader of JSON gets it"
                        + " exactly: write it as a string");
    }

    @Test
    void everyControlCharacterHasOneForm() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c <= 0x20; c++) {
            all.append(c);
        }
        assertThat(CanonicalJson.text(TextNode.valueOf(all + "\u007f/")))
                .isEqualTo("\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e"
                        + "\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a"
                        + "\\u001b\\u001c\\u001d\\u001e\\u001f \u007f/\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "\ud83dx"})
    void halfASurrogatePairIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.bytes(TextNode.valueOf("ab" + text)))
                .withMessage("a string has a lone surrogate at position 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.bytes(
                        JsonNodeFactory.instance.objectNode().put(text, 1)));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.pojoNode(new Object())))
                .withMessage("a node of type POJO can't be written as JSON");
    }

    @Test
    void emptyContainers() throws Exception {
        assertThat(canonical(" { \"b\" : [ ] , \"a\" : { } , \"\" : \"\" } "))
                .isEqualTo("{\"\":\"\",\"a\":{},\"b\":[]}");
    }

    private static String canonical(String text) throws Exception {
        JsonNode tree = MAPPER.readTree(text);
        return CanonicalJson.text(tree);
    }
}
