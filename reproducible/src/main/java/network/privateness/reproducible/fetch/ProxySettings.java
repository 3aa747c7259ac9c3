package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import network.privateness.reproducible.Problem;

/**
 * Which proxy a host is reached through, and how to log in there. For https through a proxy that wants a password, the
 * JDK must be started with {@code -Djdk.http.auth.tunneling.disabledSchemes=}.
 *
 * @param selector chooses the proxy
 * @param authenticator answers a proxy that asks for a password
 */
public record ProxySettings(ProxySelector selector, Optional<Authenticator> authenticator) {

    public ProxySettings {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(authenticator, "authenticator");
    }

    /** Every host is reached directly. */
    public static ProxySettings none() {
        return new ProxySettings(new Fixed(Optional.empty(), Optional.empty(), HostPatterns.none()), Optional.empty());
    }

    /**
     * Reads {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, in small or capital letters
     * (not {@code HTTP_PROXY}, which a web server sets from a request's header).
     *
     * @throws Problem if a value is no http proxy
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        Optional<Server> all = server(environment, "all_proxy", "ALL_PROXY");
        Optional<Server> http = server(environment, "http_proxy").or(() -> all);
        Optional<Server> https =
                server(environment, "https_proxy", "HTTPS_PROXY").or(() -> all);
        String direct = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return of(http, https, HostPatterns.ofEnvironment(direct));
    }

    /**
     * The proxies of Maven's settings.
     *
     * @param http for http URLs
     * @param https for https URLs
     * @param nonProxyHosts names separated by {@code |}, with {@code *} as wildcard
     */
    public static ProxySettings ofMaven(Optional<Server> http, Optional<Server> https, String nonProxyHosts) {
        return of(http, https, HostPatterns.ofMaven(nonProxyHosts));
    }

    private static ProxySettings of(Optional<Server> http, Optional<Server> https, HostPatterns direct) {
        Optional<Authenticator> authenticator = http.or(() -> https)
                .filter(server -> http.flatMap(Server::login)
                        .or(() -> https.flatMap(Server::login))
                        .isPresent())
                .map(server -> new Logins(
                        List.of(http, https).stream().flatMap(Optional::stream).toList()));
        return new ProxySettings(new Fixed(http, https, direct), authenticator);
    }

    /**
     * A proxy.
     *
     * @param host its name or address
     * @param port 1 to 65535
     * @param login for proxies that ask
     */
    public record Server(String host, int port, Optional<PasswordAuthentication> login) {
        public Server {
            if (host.isEmpty() || port < 1 || port > 65535) {
                throw new IllegalArgumentException("\"" + host + "\":" + port + " is no proxy");
            }
        }

        private Proxy proxy() {
            return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        }

        /** Never the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private static Optional<Server> server(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(parse(name, value));
            }
        }
        return Optional.empty();
    }

    private static Server parse(String variable, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                int port = uri.getPort() < 0 ? 80 : uri.getPort();
                return new Server(uri.getHost().replaceAll("[\\[\\]]", ""), port, login(uri.getUserInfo()));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // The value may hold a password, and so may the exception's text.
        }
        throw new Problem(
                "environment variable " + variable,
                "its value is not http://HOST:PORT; other kinds of proxies are not supported",
                "correct it, or unset it and set the proxy in Maven's settings.xml");
    }

    private static Optional<PasswordAuthentication> login(String userInfo) {
        if (userInfo == null) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return Optional.of(new PasswordAuthentication(user, password.toCharArray()));
    }

    private static final class Fixed extends ProxySelector {
        private final Optional<Server> http;
        private final Optional<Server> https;
        private final HostPatterns direct;

        Fixed(Optional<Server> http, Optional<Server> https, HostPatterns direct) {
            this.http = http;
            this.https = https;
            this.direct = direct;
        }

        @Override
        public List<Proxy> select(URI uri) {
            Optional<Server> server = "https".equals(uri.getScheme()) ? https : http;
            return List.of(
                    server.filter(s -> !direct.matches(uri)).map(Server::proxy).orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }

    private static final class Logins extends Authenticator {
        private final List<Server> servers;

        Logins(List<Server> servers) {
            this.servers = servers;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() != RequestorType.PROXY
                    ? null
                    : servers.stream()
                            .filter(s ->
                                    s.host().equalsIgnoreCase(getRequestingHost()) && s.port() == getRequestingPort())
                            .flatMap(s -> s.login().stream())
                            .findFirst()
                            .orElse(null);
        }
    }
}
