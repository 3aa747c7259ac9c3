package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecipeTest {

    @Test
    void whatLooksAlikeIsNotTheSame() {
        assertThat(rule("a", "b").text()).isNotEqualTo(new Recipe().input("a", "b").text());
        assertThat(rule("a 5", "b c").text()).isNotEqualTo(rule("a", "3 b c").text());
        assertThat(rule("a", "b\n1:a 1 1:b").text())
                .isNotEqualTo(rule("a", "b").rule("a", "b").text());
        assertThat(new Recipe().rule("x", List.of("a, b")).text())
                .isNotEqualTo(new Recipe().rule("x", List.of("a", "b")).text());
        assertThat(new Recipe().rule("x", Map.of("a", "1, b=2")).text())
                .isNotEqualTo(new Recipe().rule("x", Map.of("a", "1", "b", "2")).text());
    }

    @Test
    void orderOfAMapDoesNotCountOrderOfAListDoes() {
        Map<String, String> one = new HashMap<>(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(new Recipe().rule("x", one).digest())
                .isEqualTo(new Recipe()
                        .rule("x", Map.of("c", "3", "b", "2", "a", "1"))
                        .digest());
        assertThat(new Recipe().rule("x", List.of("a", "b")).digest())
                .isNotEqualTo(new Recipe().rule("x", List.of("b", "a")).digest());
    }

    /** Names and values of the characters that the text itself is made of. */
    @Test
    void noTwoRecipesHaveOneText() {
        long seed = 20260101;
        Random random = new Random(seed);
        Map<String, String> seen = new HashMap<>();
        for (int round = 0; round < 50_000; round++) {
            Recipe recipe = new Recipe();
            StringBuilder said = new StringBuilder();
            for (int line = random.nextInt(3); line >= 0; line--) {
                boolean input = random.nextInt(3) == 0;
                List<String> texts = List.of(text(random), text(random));
                if (input) {
                    recipe.input(texts.get(0), texts.get(1));
                } else {
                    recipe.rule(texts.get(0), texts.get(1));
                }
                // Rules and inputs are two lists, each in its order.
                said.insert(input ? said.length() : 0, (input ? "i" : "r") + texts.toString().replace(",", ",,") + ";");
            }
            String key = said.toString();
            String before = seen.put(recipe.text(), key);
            if (before != null && !sorted(before).equals(sorted(key))) {
                throw new AssertionError("seed " + seed + ": " + before + " and " + key + " are both " + recipe.text());
            }
        }
        assertThat(seen.size()).isGreaterThan(1000);
    }

    @Test
    void inputsAndRulesAreToldApart() {
        Recipe recipe = rule("a", "1").input("debian x 1", "h");
        Recipe otherInput = rule("a", "1").input("debian x 1", "i");
        assertThat(otherInput.inputs()).isNotEqualTo(recipe.inputs());
        assertThat(otherInput.rules()).isEqualTo(recipe.rules());
        assertThat(recipe.inputNames()).containsExactly("debian x 1");
        assertThat(recipe.ruleNames()).containsExactly("a");
    }

    private static Recipe rule(String name, String value) {
        return new Recipe().rule(name, value);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.append("1: \na".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private static List<String> sorted(String text) {
        return List.of(text.split(";")).stream().sorted().toList();
    }
}
