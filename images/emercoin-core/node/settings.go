package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	peers   = regexp.MustCompile(`^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?$`)
	tlds    = regexp.MustCompile(`^\.[a-z0-9-]{1,63}$`)
	names   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	folders = regexp.MustCompile(`^(/[A-Za-z0-9._-]+)+$`)
)

// settings is what the environment says.
//
//	EMERCOIN_DATA         folder of chain, wallets and configuration
//	EMERCOIN_COOKIE_DIR   folder to which the RPC cookie is copied, for those who may ask the node; nothing else is in it
//	EMERCOIN_ALLOW        networks that may ask RPC and EmerDNS
//	EMERCOIN_DNS_ALLOWED  top-level domains that EmerDNS answers for; empty: every name on the chain
//	EMERCOIN_PEERS        nodes to connect to besides those that are found, each with or without :port
//	EMERCOIN_STUN         on: public STUN servers are asked for this node's address; off
//	EMERCOIN_WALLET       name of the wallet to open or make; empty: no wallet
//	EMERCOIN_USER         one more RPC login, for programs that can't read a cookie, with its
//	EMERCOIN_PASS_FILE    file that holds the password
//
// Lists are separated by spaces.
type settings struct {
	data, cookies, wallet, user, passFile string
	cookiesAsked, stun                    bool
	allow                                 []netip.Prefix
	tlds, peers                           []string
}

func readSettings(env func(string) string) (settings, error) {
	s := settings{
		data:         orElse(env("EMERCOIN_DATA"), "/data"),
		cookies:      orElse(env("EMERCOIN_COOKIE_DIR"), "/cookie"),
		cookiesAsked: orElse(env("EMERCOIN_COOKIE_DIR"), "/cookie") != "/cookie",
		wallet:       strings.TrimSpace(env("EMERCOIN_WALLET")),
		user:         strings.TrimSpace(env("EMERCOIN_USER")),
		passFile:     strings.TrimSpace(env("EMERCOIN_PASS_FILE")),
		tlds:         strings.Fields(env("EMERCOIN_DNS_ALLOWED")),
		peers:        strings.Fields(env("EMERCOIN_PEERS")),
	}
	for name, folder := range map[string]string{"EMERCOIN_DATA": s.data, "EMERCOIN_COOKIE_DIR": s.cookies} {
		if !folders.MatchString(folder) {
			return s, fmt.Errorf("%s: %q is no folder like /data", name, folder)
		}
	}
	for _, text := range strings.Fields(env("EMERCOIN_ALLOW")) {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return s, fmt.Errorf("EMERCOIN_ALLOW: %q is no network like 172.16.0.0/12", text)
		}
		if network.Bits() == 0 {
			return s, fmt.Errorf("EMERCOIN_ALLOW: %q is the whole Internet, which must not ask this node", text)
		}
		s.allow = append(s.allow, network.Masked())
	}
	for _, tld := range s.tlds {
		if !tlds.MatchString(tld) {
			return s, fmt.Errorf("EMERCOIN_DNS_ALLOWED: %q is no top-level domain like .coin", tld)
		}
	}
	for _, peer := range s.peers {
		if !peers.MatchString(peer) {
			return s, fmt.Errorf("EMERCOIN_PEERS: %q is no node like host:6661", peer)
		}
	}
	switch stun := orElse(env("EMERCOIN_STUN"), "off"); stun {
	case "on", "off":
		s.stun = stun == "on"
	default:
		return s, fmt.Errorf("EMERCOIN_STUN: %q is neither on nor off", stun)
	}
	if s.wallet != "" && !names.MatchString(s.wallet) {
		return s, fmt.Errorf("EMERCOIN_WALLET: %q is no name of letters, digits, - and _", s.wallet)
	}
	return s, s.checkLogin(env)
}

func (s settings) checkLogin(env func(string) string) error {
	if env("EMERCOIN_PASS") != "" {
		return errors.New("EMERCOIN_PASS: everybody who may inspect the container would see it: " +
			"put it into a file and name that by EMERCOIN_PASS_FILE")
	}
	if (s.user == "") != (s.passFile == "") {
		return errors.New("EMERCOIN_USER and EMERCOIN_PASS_FILE belong together: set both, or none")
	}
	if s.user != "" && (!names.MatchString(s.user) || s.user == "__cookie__") {
		return fmt.Errorf("EMERCOIN_USER: %q is no name of letters, digits, - and _", s.user)
	}
	return nil
}

func (s settings) conf() string { return filepath.Join(s.data, "ness.conf") }

// cookie is where emercoind itself puts it.
func (s settings) cookie() string { return filepath.Join(s.data, ".cookie") }

func hasIP6() bool {
	_, err := os.Stat("/proc/net/if_inet6")
	return err == nil
}

func orElse(value, other string) string {
	if strings.TrimSpace(value) == "" {
		return other
	}
	return strings.TrimSpace(value)
}
