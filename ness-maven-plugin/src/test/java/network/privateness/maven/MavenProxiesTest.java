package network.privateness.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy.Type;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.fetch.ProxySettings;
import org.apache.maven.settings.Proxy;
import org.junit.jupiter.api.Test;

class MavenProxiesTest {

    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    @Test
    void httpProxyServesHttpsTooUnlessThatHasItsOwn() {
        ProxySettings one = MavenProxies.of(List.of(proxy("a", "http", "one.example", 3128)), Map.of());
        assertThat(chosen(one, "http://x.example/")).isEqualTo("one.example:3128");
        assertThat(chosen(one, "https://x.example/")).isEqualTo("one.example:3128");
        ProxySettings two = MavenProxies.of(
                List.of(proxy("a", "http", "one.example", 3128), proxy("b", "HTTPS", "two.example", 3129)), Map.of());
        assertThat(chosen(two, "http://x.example/")).isEqualTo("one.example:3128");
        assertThat(chosen(two, "https://x.example/")).isEqualTo("two.example:3129");
    }

    @Test
    void firstActiveOneCounts() {
        Proxy off = proxy("off", "http", "off.example", 1);
        off.setActive(false);
        ProxySettings settings = MavenProxies.of(
                List.of(off, proxy("a", "http", "one.example", 1), proxy("b", "http", "two.example", 1)), Map.of());
        assertThat(chosen(settings, "http://x.example/")).isEqualTo("one.example:1");
    }

    @Test
    void withoutAnyTheEnvironmentCounts() {
        ProxySettings settings = MavenProxies.of(List.of(), Map.of("https_proxy", "http://env.example:8080"));
        assertThat(chosen(settings, "https://x.example/")).isEqualTo("env.example:8080");
        assertThat(chosen(settings, "http://x.example/")).isEqualTo("direct");
        ProxySettings both = MavenProxies.of(
                List.of(proxy("a", "http", "one.example", 1)), Map.of("https_proxy", "http://env.example:8080"));
        assertThat(chosen(both, "https://x.example/")).isEqualTo("one.example:1");
    }

    @Test
    void hostsOfBothListsAreReachedDirectly() {
        Proxy http = proxy("a", "http", "one.example", 1);
        http.setNonProxyHosts("*.lan|localhost");
        Proxy https = proxy("b", "https", "two.example", 1);
        https.setNonProxyHosts("mirror.example");
        ProxySettings settings = MavenProxies.of(List.of(http, https), Map.of());
        assertThat(chosen(settings, "http://a.lan/")).isEqualTo("direct");
        assertThat(chosen(settings, "https://mirror.example/")).isEqualTo("direct");
        assertThat(chosen(settings, "https://other.example/")).isEqualTo("two.example:1");
    }

    @Test
    void proxyThatCanBeNoneIsNamedBySettings() {
        assertThatThrownBy(() -> MavenProxies.of(List.of(proxy("office", "http", " ", 8080)), Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("proxy office of settings.xml: \"\", port 8080, is no proxy: a host and a port from 1 to 65535"
                        + " are needed. Next: correct it, or set its <active> to false");
        assertThatThrownBy(() -> MavenProxies.of(List.of(proxy("office", "https", null, 99999)), Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("proxy office of settings.xml: \"\", port 99999, is no proxy");
    }

    @Test
    void loginOnTheWayToHttpsIsAllowedOnlyWhereOneIsConfiguredAndTheUserSaidNothing() {
        Properties system = new Properties();
        MavenProxies.allowLogin(MavenProxies.of(List.of(proxy("a", "http", "one.example", 1)), Map.of()), system);
        assertThat(system).isEmpty();
        Proxy login = proxy("a", "http", "one.example", 1);
        login.setUsername("me");
        login.setPassword("secret");
        ProxySettings settings = MavenProxies.of(List.of(login), Map.of());
        MavenProxies.allowLogin(settings, system);
        assertThat(system).containsExactly(Map.entry(TUNNELING, ""));
        system.setProperty(TUNNELING, "Basic");
        MavenProxies.allowLogin(settings, system);
        assertThat(system.getProperty(TUNNELING)).isEqualTo("Basic");
    }

    private static Proxy proxy(String id, String protocol, String host, int port) {
        Proxy proxy = new Proxy();
        proxy.setId(id);
        proxy.setProtocol(protocol);
        proxy.setHost(host);
        proxy.setPort(port);
        return proxy;
    }

    private static String chosen(ProxySettings settings, String uri) {
        java.net.Proxy chosen = settings.selector().select(URI.create(uri)).get(0);
        if (chosen.type() == Type.DIRECT) {
            return "direct";
        }
        InetSocketAddress address = (InetSocketAddress) chosen.address();
        return address.getHostString() + ":" + address.getPort();
    }
}
