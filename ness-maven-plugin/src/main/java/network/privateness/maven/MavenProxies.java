package network.privateness.maven;

import java.net.PasswordAuthentication;
import java.util.Map;
import java.util.Optional;
import network.privateness.reproducible.fetch.ProxySettings;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;

/** The proxies of settings.xml, or else those of the environment. */
final class MavenProxies {

    private MavenProxies() {}

    static ProxySettings of(Settings settings, Map<String, String> environment) {
        Optional<Proxy> http = active(settings, "http");
        Optional<Proxy> https = active(settings, "https").or(() -> http);
        if (https.isEmpty()) {
            return ProxySettings.fromEnvironment(environment);
        }
        String direct = https.get().getNonProxyHosts();
        return ProxySettings.ofMaven(
                http.map(MavenProxies::server), https.map(MavenProxies::server), direct == null ? "" : direct);
    }

    private static Optional<Proxy> active(Settings settings, String protocol) {
        return settings.getProxies().stream()
                .filter(proxy -> proxy.isActive() && protocol.equalsIgnoreCase(proxy.getProtocol()))
                .findFirst();
    }

    private static ProxySettings.Server server(Proxy proxy) {
        Optional<PasswordAuthentication> login = Optional.ofNullable(proxy.getUsername())
                .map(user -> new PasswordAuthentication(
                        user, Optional.ofNullable(proxy.getPassword()).orElse("").toCharArray()));
        return new ProxySettings.Server(proxy.getHost(), proxy.getPort(), login);
    }
}
