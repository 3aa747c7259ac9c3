package network.privateness.reproducible.golang;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How this machine reaches the network: all that Go gets of its environment, and only to fetch what hashes decide on. */
final class MachineNetwork {

    private static final Set<String> VARIABLES = Set.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private MachineNetwork() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> network = new TreeMap<>(environment);
        network.keySet().retainAll(VARIABLES);
        return network;
    }
}
