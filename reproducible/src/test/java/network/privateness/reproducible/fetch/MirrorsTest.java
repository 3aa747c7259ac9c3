package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;

class MirrorsTest {

    private static final String FORM = "set it as -Dness.mirror.NAME=URL-PREFIX=URL-OR-FOLDER";

    private static String redirect(String source, String... rules) {
        var replacements = new LinkedHashMap<String, String>();
        for (int i = 0; i < rules.length; i += 2) {
            replacements.put(rules[i], rules[i + 1]);
        }
        return Mirrors.of(replacements).redirect(URI.create(source)).toString();
    }

    @Test
    void prefixesFitWholeSegments() {
        assertThat(redirect("https://a.example/debian/x", "https://a.example/debian", "https://m.example/d/"))
                .isEqualTo("https://m.example/d/x");
        assertThat(redirect("https://a.example/debian/x", "https://a.example/debian/", "http://m.example"))
                .isEqualTo("http://m.example/x");
        assertThat(redirect("https://a.example/debian-security/x", "https://a.example/debian", "https://m.example"))
                .isEqualTo("https://a.example/debian-security/x");
        assertThat(redirect("https://a.example.org/x", "https://a.example", "https://m.example"))
                .isEqualTo("https://a.example.org/x");
    }

    @Test
    void theFirstThatFitsWins() {
        assertThat(redirect(
                        "https://a.example/x/y",
                        "https://a.example/x",
                        "https://first.example",
                        "https://a.example",
                        "https://second.example"))
                .isEqualTo("https://first.example/y");
    }

    @Test
    void ofPropertiesTheLongestPrefixWins() {
        Mirrors mirrors = Mirrors.fromProperties(Map.of(
                "ness.mirror.a", "https://a.example=https://short.example",
                "ness.mirror.b", "https://a.example/x=https://long.example/a=b",
                "other", "no rule"));
        assertThat(mirrors.redirect(URI.create("https://a.example/y"))).hasToString("https://short.example/y");
        assertThat(mirrors.redirect(URI.create("https://a.example/x/y"))).hasToString("https://long.example/a=b/y");
    }

    @Test
    void foldersGetTheDecodedPathWithoutQuery() {
        assertThat(redirect("https://a.example/d/a%2Bb%20c/@v/x.zip?q=1", "https://a.example/d", "/srv/m"))
                .isEqualTo("file:///srv/m/a+b%20c/@v/x.zip");
        assertThat(redirect("https://a.example/d/x", "https://a.example", "file:///srv/m/"))
                .isEqualTo("file:///srv/m/d/x");
    }

    @Test
    void noWayOutOfTheFolder() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> redirect("https://a.example/x/%2e%2e/y", "https://a.example", "/srv/m"))
                .withMessage("source /x/%2e%2e/y: \"..\" leads out of the mirror's folder. Next: " + FORM);
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Mirrors.fromProperties(Map.of("ness.mirror.a", "/srv/m")))
                .withMessage("property ness.mirror.a: \"/srv/m\" has no '=' after a URL prefix. Next: " + FORM);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Mirrors.fromProperties(Map.of("ness.mirror.a", "a.example=/srv/m")))
                .withMessage(
                        "property ness.mirror.a: \"a.example\" is not the beginning of an http or https URL. Next: "
                                + FORM);
        for (String replacement :
                List.of("m", "file://srv/m", "file:/%zz", "/srv/\0", "https://m.example/?x", "ftp://m")) {
            assertNoReplacement(replacement);
        }
    }

    private static void assertNoReplacement(String replacement) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Mirrors.fromProperties(Map.of("ness.mirror.a", "https://a.example=" + replacement)))
                .withMessage("property ness.mirror.a: \"" + replacement.replace('\0', '?')
                        + "\" is neither an http, https or file URL nor an absolute folder."
                        + " Next: " + FORM);
    }

    @Test
    void mutatedRulesAndSourcesGiveAProblemOrAUri() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String rule = mutate("https://a.example/x=file:///srv/m", random);
            String source = mutate("https://a.example/x/y%2e?z", random);
            try {
                URI uri = new URI(source);
                assertThat(Mirrors.fromProperties(Map.of("ness.mirror.a", rule)).redirect(uri))
                        .isNotNull();
            } catch (Problem | java.net.URISyntaxException e) {
                // Refused in words.
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": \"" + rule + "\" \"" + source + "\"", e);
            }
        }
    }

    static String mutate(String text, Random random) {
        var mutated = new StringBuilder(text);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(3)) {
                case 0 -> mutated.setCharAt(at, (char) random.nextInt(random.nextInt(10) == 0 ? 0x10000 : 128));
                case 1 -> mutated.insert(at, "/.:@%[]=0\0".charAt(random.nextInt(10)));
                default -> mutated.deleteCharAt(at);
            }
        }
        return mutated.toString();
    }
}
