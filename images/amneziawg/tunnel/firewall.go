package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// What an exit has fixed: its interface, the mark of the tunnel's own packets (as awg-quick has it), the routing table behind
// it (the shell's ip takes one byte), and the port that xray answers on.
const (
	exitInterface = "awg0"
	exitMark      = 51820
	exitTable     = "200"
	exitPort      = 443
)

// rules let out what goes through the tunnel, the tunnel's own packets to its endpoints, and answers. All else is dropped,
// also when the tunnel's interface is gone: it is matched by name.
func rules(config *Config) string {
	var text strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&text, format+"\n", values...) }
	line("add table inet exit")
	line("delete table inet exit")
	line("table inet exit {")
	line("chain input {")
	line("type filter hook input priority filter; policy drop;")
	line("iifname lo accept")
	line("ct state established,related accept")
	line("tcp dport %d ct state new accept", exitPort)
	if config.listenPort != 0 {
		line("iifname != %s udp dport %d accept", exitInterface, config.listenPort)
	}
	line("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } ip6 hoplimit 255 accept")
	line("}")
	line("chain forward {")
	line("type filter hook forward priority filter; policy drop;")
	line("}")
	line("chain output {")
	line("type filter hook output priority filter; policy drop;")
	// An engine's own resolver stands on this loopback address and asks from outside of this network.
	line("ip daddr 127.0.0.11 counter drop")
	line("oifname lo accept")
	// The tunnel in itself, where no other way leads to an endpoint.
	line("oifname %s meta mark %d drop", exitInterface, exitMark)
	line("oifname %s accept", exitInterface)
	for _, peer := range config.peers {
		if peer.endpoint.IsValid() {
			family := "ip"
			if peer.endpoint.Addr().Is6() {
				family = "ip6"
			}
			line("meta mark %d %s daddr %s udp dport %d accept", exitMark, family, peer.endpoint.Addr(), peer.endpoint.Port())
		}
	}
	if config.listenPort != 0 {
		line("meta mark %d udp sport %d ct direction reply accept", exitMark, config.listenPort)
	}
	line("tcp sport %d ct direction reply ct state established accept", exitPort)
	line("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept")
	line("counter drop")
	line("}")
	line("}")
	return text.String()
}

// route sends everything into the tunnel but what is marked, and answers from the addresses that the container was given.
// Behind the tunnel's routes stands one that says "unreachable", for when they are gone with their interface.
func route() error {
	for _, family := range families() {
		for _, priority := range []string{"100", "101", "102"} {
			for ip(family, "rule", "del", "prio", priority) == nil {
			}
		}
		ip(family, "route", "flush", "table", exitTable)
		if err := ip(family, "route", "add", "unreachable", "default", "table", exitTable, "metric", "4096"); err != nil {
			return err
		}
		if err := ip(family, "rule", "add", "fwmark", strconv.Itoa(exitMark), "table", "main", "prio", "101"); err != nil {
			return err
		}
		if err := ip(family, "rule", "add", "table", exitTable, "prio", "102"); err != nil {
			return err
		}
	}
	given, err := net.InterfaceAddrs()
	if err != nil {
		return err
	}
	for _, one := range given {
		prefix, err := netip.ParsePrefix(one.String())
		if err != nil || prefix.Addr().IsLoopback() || prefix.Addr().IsLinkLocalUnicast() {
			continue
		}
		if err := ip(family(prefix), "rule", "add", "from", prefix.Addr().String(), "table", "main", "prio", "100"); err != nil {
			return err
		}
	}
	return nil
}

// routePeers needs the interface.
func routePeers(config *Config) error {
	for _, peer := range config.peers {
		for _, prefix := range peer.allowed {
			if err := ip(family(prefix), "route", "replace", prefix.String(), "dev", exitInterface, "table", exitTable); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropIPv6 takes out what this container can't have.
func (config *Config) dropIPv6() (dropped bool) {
	keep := func(all []netip.Prefix) (kept []netip.Prefix) {
		for _, prefix := range all {
			if prefix.Addr().Is6() {
				dropped = true
			} else {
				kept = append(kept, prefix)
			}
		}
		return kept
	}
	config.addresses = keep(config.addresses)
	for _, peer := range config.peers {
		peer.allowed = keep(peer.allowed)
	}
	return dropped
}

func family(prefix netip.Prefix) string {
	if prefix.Addr().Is6() {
		return "-6"
	}
	return "-4"
}

func families() []string {
	if hasIPv6() {
		return []string{"-4", "-6"}
	}
	return []string{"-4"}
}

// hasIPv6 is false where the kernel or the engine has it off, which is most engines' default.
func hasIPv6() bool {
	off, err := os.ReadFile("/proc/sys/net/ipv6/conf/default/disable_ipv6")
	return err == nil && strings.TrimSpace(string(off)) == "0"
}
