package network.privateness.reproducible.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Hosts that are reached without a proxy; loopback always is. */
final class HostPatterns {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** Strict, since the JDK takes anything else for a name and asks the resolver. */
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*");

    private final List<Predicate<URI>> patterns;

    private HostPatterns(List<Predicate<URI>> patterns) {
        this.patterns = patterns;
    }

    static HostPatterns none() {
        return new HostPatterns(List.of());
    }

    /** Maven's and Java's form: {@code localhost|*.example.org}. */
    static HostPatterns ofMaven(String list) {
        return new HostPatterns(Arrays.stream(list.split("[|,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(HostPatterns::wildcard)
                .toList());
    }

    /** The form of {@code no_proxy}: names with all below them, addresses, networks ({@code 10.0.0.0/8}), {@code *}. */
    static HostPatterns ofEnvironment(String list) {
        return new HostPatterns(Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(HostPatterns::name)
                .toList());
    }

    boolean matches(URI uri) {
        String host = host(uri);
        return host.equals("localhost")
                || host.equals("::1")
                || host.startsWith("127.") && ADDRESS.matcher(host).matches()
                || patterns.stream().anyMatch(pattern -> pattern.test(uri));
    }

    private static String host(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
    }

    private static Predicate<URI> wildcard(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("\\*", -1);
        Pattern pattern = Pattern.compile(
                String.join(".*", Arrays.stream(parts).map(Pattern::quote).toList()));
        return uri -> pattern.matcher(host(uri)).matches();
    }

    private static Predicate<URI> name(String text) {
        if (text.equals("*")) {
            return uri -> true;
        }
        int slash = text.indexOf('/');
        if (slash > 0) {
            return network(text.substring(0, slash), text.substring(slash + 1));
        }
        if (ADDRESS.matcher(text).matches()) {
            byte[] address = address(text);
            return uri -> Arrays.equals(address, address(host(uri))) && address.length > 0;
        }
        int colon = text.lastIndexOf(':');
        String port = colon < 0 ? "" : text.substring(colon + 1);
        String name = (colon < 0 ? text : text.substring(0, colon)).replaceFirst("^\\*?\\.", "");
        return uri -> (port.isEmpty() || port.equals(String.valueOf(port(uri))))
                && (host(uri).equals(name) || host(uri).endsWith("." + name));
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static Predicate<URI> network(String base, String prefix) {
        byte[] network = address(base);
        int bits = prefix.matches("[0-9]{1,3}") ? Integer.parseInt(prefix) : Integer.MAX_VALUE;
        if (network.length == 0 || bits > network.length * 8) {
            return uri -> false;
        }
        return uri -> {
            byte[] address = address(host(uri));
            if (address.length != network.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                if (((address[i / 8] ^ network[i / 8]) >> 7 - i % 8 & 1) != 0) {
                    return false;
                }
            }
            return true;
        };
    }

    /** The bytes of an address in digits; none for a name, which is never looked up. */
    private static byte[] address(String text) {
        try {
            return ADDRESS.matcher(text).matches() ? InetAddress.getByName(text).getAddress() : new byte[0];
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}
