package network.privateness.it.containers;

import java.util.List;
import java.util.stream.Stream;

/** What an exit is given: its tunnel, and an xray that answers on 443 with what it finds at a far address. */
final class ExitConfiguration {

    /** Of the documentation's networks, so that nothing real is meant. */
    static final String FAR = "198.51.100.7";

    static final String FAR6 = "2001:db8::7";

    /** The far end of the tunnel as the outside sees it. */
    static final String ENDPOINT = "192.0.2.1";

    /** Values of AmneziaWG 2.0 that both ends share, as the file has them. */
    static final String DISGUISE = """
            Jc = 5
            Jmin = 40
            Jmax = 70
            S1 = 41
            S2 = 77
            S3 = 23
            S4 = 9
            H1 = 5-1000
            H2 = 2000 - 3000
            H3 = 4000-5000
            H4 = 6000
            I1 = <b 0xf6ab3267fa><t><r 10>
            """;

    static final String XRAY = """
            { // xray takes comments
              "log": {"loglevel": "warning"},
              "inbounds": [{"port": 443, "protocol": "dokodemo-door",
                "settings": {"address": "%s", "port": 8080, "network": "tcp"}}],
              "outbounds": [{"protocol": "freedom"}]
            }
            """.formatted(FAR);

    /** What an exit needs and no more, without those that change the network, which may be another container's. */
    static final List<String> NEEDS = Stream.of(
                    ContainerContract.HARDENED,
                    List.of("--cap-add", "NET_ADMIN", "--cap-add", "SETGID", "--cap-add", "SETPCAP"),
                    List.of("--cap-add", "SETUID", "--device", "/dev/net/tun", "--tmpfs", "/run"))
            .flatMap(List::stream)
            .toList();

    private ExitConfiguration() {}

    static String tunnel(TunnelKey own, TunnelKey peer) {
        return """
                [Interface]
                PrivateKey = %s
                Address = 10.8.0.2/32, fd00:8::2/128
                ListenPort = 51820
                DNS = 10.8.0.1
                %s
                [Peer]
                PublicKey = %s
                Endpoint = %s:51820
                AllowedIPs = 0.0.0.0/0, ::/0
                """.formatted(own.privateText(), DISGUISE, peer.publicText(), ENDPOINT);
    }
}
