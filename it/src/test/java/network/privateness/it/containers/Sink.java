package network.privateness.it.containers;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.it.Requirement;
import network.privateness.it.Tool;

/**
 * Two networks of their own, joined by one cable. Whatever comes out of the first, to any address, arrives at the second, which
 * notes where it was going before anything can drop it. Each is held by a container that does nothing.
 */
final class Sink {

    /** Where an answer of the first goes that a client asked for. */
    static final String CLIENT = "192.0.2.9";

    /** Where that client finds the first; the tunnel uses the address before it. */
    static final String INSIDE = "192.0.2.3";

    private static final Pattern SET = Pattern.compile("set (\\w+) \\{[^}]*?(?:elements = \\{([^}]*)\\})?\\s*\\}");

    private final Engine engine;
    private final String image;
    private final Engine.Container inside;
    private final Engine.Container outside;

    /** @param image any with the shell and nft */
    Sink(Engine engine, String image) {
        Requirement.need(System.getProperty("user.name").equals("root"), "root, to lay cables between networks");
        Tool ip = Tool.need("ip");
        this.engine = engine;
        this.image = image;
        inside = holder();
        outside = holder();
        ip.text("link", "add", "eth0", "netns", pid(inside), "type", "veth", "peer", "eth0", "netns", pid(outside));
        in(
                outside,
                "ip address add " + ExitConfiguration.ENDPOINT + "/24 dev eth0",
                "ip address add " + CLIENT + "/24 dev eth0",
                "ip address add 2001:db8:1::1/64 dev eth0",
                "ip address add " + ExitConfiguration.FAR + "/32 dev lo",
                "ip link set lo up",
                "ip link set eth0 up",
                "ip route add " + INSIDE + "/32 dev eth0 src " + CLIENT);
        in(
                inside,
                "ip address add 192.0.2.2/24 dev eth0",
                "ip address add " + INSIDE + "/24 dev eth0",
                "ip address add 2001:db8:1::2/64 dev eth0",
                "ip link set eth0 up",
                "ip route add default via " + ExitConfiguration.ENDPOINT,
                "ip -6 route add default via 2001:db8:1::1");
    }

    /** Options of a container in the first network. */
    List<String> inside() {
        return List.of("--network", "container:" + inside.name());
    }

    /** Options of a container in the second. */
    List<String> outside() {
        return List.of("--network", "container:" + outside.name());
    }

    /** Forgets what arrived. */
    void reset() {
        in(outside, "nft '" + """
                add table netdev sink
                delete table netdev sink
                table netdev sink {
                  set datagrams { typeof ip daddr . udp dport; flags dynamic; size 1000; }
                  set packets { typeof ip daddr . ip protocol; flags dynamic; size 1000; }
                  set addresses { typeof ip6 daddr; flags dynamic; size 1000; }
                  chain arrivals {
                    type filter hook ingress device eth0 priority 0;
                    ip protocol udp update @datagrams { ip daddr . udp dport }
                    ip protocol != udp update @packets { ip daddr . ip protocol }
                    ip6 daddr != { fe80::/10, ff02::/16 } update @addresses { ip6 daddr }
                  }
                }
                """ + "'");
    }

    /** Where packets were going, such as {@code datagrams 192.0.2.1 . 51820}; ARP and what no router passes on do not count. */
    Set<String> arrivals() {
        Set<String> arrivals = new TreeSet<>();
        Matcher set = SET.matcher(in(outside, "nft -n list table netdev sink"));
        while (set.find()) {
            if (set.group(2) != null) {
                for (String element : set.group(2).split(",")) {
                    arrivals.add(set.group(1) + " " + element.strip());
                }
            }
        }
        return arrivals;
    }

    private Engine.Container holder() {
        return engine.start(
                image,
                List.of(
                        "--network",
                        "none",
                        "--sysctl",
                        "net.ipv6.conf.all.disable_ipv6=0",
                        "--sysctl",
                        "net.ipv6.conf.default.disable_ipv6=0",
                        "--sysctl",
                        "net.ipv6.conf.default.accept_dad=0",
                        "--sysctl",
                        "net.ipv4.ip_unprivileged_port_start=443",
                        "--entrypoint",
                        "/usr/bin/sleep"),
                List.of("3600"));
    }

    private String pid(Engine.Container container) {
        return container.inspect("{{.State.Pid}}");
    }

    private String in(Engine.Container holder, String... commands) {
        Engine.Result result = engine.runOnce(
                image,
                List.of(
                        "--network",
                        "container:" + holder.name(),
                        "--cap-drop",
                        "ALL",
                        "--cap-add",
                        "NET_ADMIN",
                        "--entrypoint",
                        "/usr/bin/sh"),
                List.of("-ec", String.join("\n", commands)));
        if (result.exit() != 0) {
            throw new AssertionError(String.join("; ", commands) + ": " + result.all());
        }
        return result.output();
    }
}
