package network.privateness.maven;

import java.net.PasswordAuthentication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.fetch.ProxySettings;
import org.apache.maven.settings.Proxy;

/** The proxies of settings.xml, or else those of the environment. */
final class MavenProxies {

    private MavenProxies() {}

    /** @param proxies those of the settings, with their passwords in clear */
    static ProxySettings of(List<Proxy> proxies, Map<String, String> environment) {
        Optional<Proxy> http = active(proxies, "http");
        Optional<Proxy> https = active(proxies, "https").or(() -> http);
        if (https.isEmpty()) {
            return ProxySettings.fromEnvironment(environment);
        }
        String direct = Stream.of(http, https)
                .flatMap(Optional::stream)
                .map(Proxy::getNonProxyHosts)
                .filter(hosts -> hosts != null && !hosts.isBlank())
                .distinct()
                .collect(Collectors.joining("|"));
        return ProxySettings.ofMaven(http.map(MavenProxies::server), https.map(MavenProxies::server), direct);
    }

    /**
     * The JDK refuses by default to log in at a proxy on the way to an https server; Maven's own transports don't. Must
     * come before the first HTTP client of this JVM; what the user has set stays.
     */
    static void allowLogin(ProxySettings proxies, Properties system) {
        if (proxies.authenticator().isPresent()) {
            system.putIfAbsent("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private static Optional<Proxy> active(List<Proxy> proxies, String protocol) {
        return proxies.stream()
                .filter(proxy -> proxy.isActive() && protocol.equalsIgnoreCase(proxy.getProtocol()))
                .findFirst();
    }

    private static ProxySettings.Server server(Proxy proxy) {
        Optional<PasswordAuthentication> login = Optional.ofNullable(proxy.getUsername())
                .map(user -> new PasswordAuthentication(
                        user, Optional.ofNullable(proxy.getPassword()).orElse("").toCharArray()));
        String host = Optional.ofNullable(proxy.getHost()).orElse("").strip();
        try {
            return new ProxySettings.Server(host, proxy.getPort(), login);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    "proxy " + proxy.getId() + " of settings.xml",
                    "\"" + host + "\", port " + proxy.getPort() + ", is no proxy: a host and a port from 1 to 65535 are"
                            + " needed",
                    "correct it, or set its <active> to false");
        }
    }
}
