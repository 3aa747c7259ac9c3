package network.privateness.reproducible.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import network.privateness.reproducible.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static Proxy proxy(ProxySettings settings, String uri) {
        return settings.selector().select(URI.create(uri)).get(0);
    }

    private static String proxy(Map<String, String> environment, String uri) {
        Proxy proxy = proxy(ProxySettings.fromEnvironment(environment), uri);
        return proxy == Proxy.NO_PROXY ? "none" : proxy.address().toString().replace("/<unresolved>", "");
    }

    @Test
    void schemesHaveTheirOwnProxy() {
        var environment =
                Map.of("https_proxy", "http://s.example:3128/", "http_proxy", "h.example", "all_proxy", "x:1");
        assertThat(proxy(environment, "https://a.example")).isEqualTo("s.example:3128");
        assertThat(proxy(environment, "http://a.example")).isEqualTo("h.example:80");
        assertThat(proxy(Map.of("ALL_PROXY", "[fd00::1]:1"), "http://a.example"))
                .isEqualTo("fd00::1:1");
        assertThat(proxy(Map.of(), "http://a.example")).isEqualTo("none");
    }

    @Test
    void whatARequestHeaderCanSetIsNotRead() {
        assertThat(proxy(Map.of("HTTP_PROXY", "evil:1"), "http://a.example")).isEqualTo("none");
        assertThat(proxy(Map.of("HTTPS_PROXY", "good:1"), "https://a.example")).isEqualTo("good:1");
    }

    @Test
    void loopbackIsAlwaysDirect() {
        for (String host : new String[] {"localhost", "127.0.0.1", "127.9.9.9", "[::1]"}) {
            assertThat(proxy(Map.of("all_proxy", "x:1"), "http://" + host + ":8080/"))
                    .isEqualTo("none");
        }
        assertThat(proxy(Map.of("all_proxy", "x:1"), "http://127.example/")).isEqualTo("x:1");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, http://example.org, true",
        "example.org, http://EXAMPLE.org., true",
        "example.org, http://a.example.org, true",
        ".example.org, http://a.example.org, true",
        "*.example.org, http://a.example.org, true",
        "example.org, http://badexample.org, false",
        "example.org:8080, http://example.org:8080, true",
        "example.org:80, http://example.org, true",
        "example.org:443, http://example.org, false",
        "10.0.0.0/8, http://10.1.2.3, true",
        "10.0.0.0/8, http://11.1.2.3, false",
        "10.0.0.0/7, http://11.1.2.3, true",
        "10.0.0.0/33, http://10.0.0.0, false",
        "10.0.0.0/8, http://10.example.org, false",
        "192.0.2.7, http://192.0.2.7, true",
        "192.0.2.7, http://192.0.2.70, false",
        "999.0.2.7, http://192.0.2.7, false",
        "fd00::/8, http://[fd12::1]:80, true",
        "fd00::/8, http://[fe12::1], false",
        "fd00:0::1, http://[fd00::1], true",
        "*, http://a.example, true",
    })
    void noProxy(String list, String uri, boolean direct) {
        assertThat(proxy(Map.of("all_proxy", "x:1", "no_proxy", "other.example, " + list), uri))
                .isEqualTo(direct ? "none" : "x:1");
    }

    @Test
    void mavensFormHasWildcards() {
        var server = new ProxySettings.Server("x", 1, Optional.empty());
        var settings = ProxySettings.ofMaven(Optional.of(server), Optional.empty(), "a.example|*.b.example|10.*");
        assertThat(proxy(settings, "http://a.example")).isSameAs(Proxy.NO_PROXY);
        assertThat(proxy(settings, "http://x.b.example")).isSameAs(Proxy.NO_PROXY);
        assertThat(proxy(settings, "http://10.1.1.1")).isSameAs(Proxy.NO_PROXY);
        assertThat(proxy(settings, "http://b.example").type()).isEqualTo(Proxy.Type.HTTP);
        assertThat(proxy(settings, "https://c.example")).isSameAs(Proxy.NO_PROXY);
        assertThat(settings.authenticator()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://u:secret@x:1",
                "https://u:secret@x:1",
                "http://u:secret@",
                "x:secret",
                "http://x:99999",
                "a b"
            })
    void otherProxiesAreRefusedWithoutShowingPasswords(String value) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ProxySettings.fromEnvironment(Map.of("https_proxy", value)))
                .withMessage(
                        "environment variable https_proxy: its value is not http://HOST:PORT; other kinds of proxies"
                                + " are not supported. Next: correct it, or unset it and set the proxy in Maven's settings.xml");
    }

    @Test
    void mutatedVariablesGiveAProblemOrAProxy() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String value = MirrorsTest.mutate("http://user:pw@[fd00::1]:3128/", random);
            String direct = MirrorsTest.mutate("a.example:80,10.0.0.0/8,[fd00::]/8 *", random);
            try {
                assertThat(proxy(Map.of("all_proxy", value, "no_proxy", direct), "http://10.2.3.4"))
                        .isNotNull();
            } catch (Problem e) {
                assertThat(e.getMessage()).doesNotContain("pw");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": \"" + value + "\" \"" + direct + "\"", e);
            }
        }
    }
}
