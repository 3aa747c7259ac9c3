package main

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// A Config is what an interface is given.
type Config struct {
	key        string // hexadecimal
	listenPort int    // 0: any
	mark       int    // of the packets that the daemon sends, 0: none
	mtu        int
	addresses  []netip.Prefix
	disguise   map[string]string // by UAPI key
	peers      []*Peer
	unused     []string // keys that are understood and have no effect here
}

// A Peer is a section [Peer].
type Peer struct {
	publicKey    string // hexadecimal
	presharedKey string // hexadecimal, empty: none
	endpoint     netip.AddrPort
	keepalive    string // seconds, empty: not said
	allowed      []netip.Prefix
}

// parse reads a configuration as awg-quick has it. Its errors begin with the line's number, and never show a key.
func parse(text string) (*Config, error) {
	config := &Config{disguise: map[string]string{}}
	var peer *Peer
	section := ""
	seen := map[string]bool{}
	if strings.HasPrefix(text, "\ufeff") {
		return nil, errors.New("line 1: begins with a byte order mark: save it without")
	}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		var err error
		switch lower := strings.ToLower(line); {
		case lower == "[interface]":
			section = lower
		case lower == "[peer]":
			section = lower
			peer = &Peer{}
			config.peers = append(config.peers, peer)
			clear(seen)
		default:
			name, value, found := strings.Cut(line, "=")
			name, value = strings.TrimSpace(name), strings.TrimSpace(value)
			key := strings.ToLower(name)
			switch {
			case !found:
				err = errors.New("is neither [Interface], [Peer] nor KEY = VALUE")
			case value == "":
				err = fmt.Errorf("%s: has no value", name)
			case seen[key] && key != "address" && key != "allowedips" && key != "dns":
				err = fmt.Errorf("%s: stands twice", name)
			case section == "[interface]":
				err = named(name, config.set(key, value))
			case section == "[peer]":
				err = named(name, peer.set(key, value))
			default:
				err = fmt.Errorf("%s: stands before [Interface]", name)
			}
			seen[key] = true
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return config, config.check()
}

func named(name string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (config *Config) set(key, value string) (err error) {
	switch key {
	case "privatekey":
		config.key, err = parseKey(value)
	case "listenport":
		config.listenPort, err = parseNumber(value, 1, 65535)
	case "mtu":
		config.mtu, err = parseNumber(value, 576, 65535)
	case "address":
		var more []netip.Prefix
		more, err = parsePrefixes(value)
		config.addresses = append(config.addresses, more...)
	case "dns":
		config.unused = append(config.unused, "DNS")
	case "preup", "postup", "predown", "postdown", "saveconfig", "table", "fwmark":
		err = errors.New("is a hook of awg-quick or a routing choice, which this image makes itself: take the line out")
	default:
		if !isDisguise(key) {
			return errors.New("is no key of [Interface]")
		}
		config.disguise[key], err = parseDisguise(key, value)
	}
	return err
}

func (peer *Peer) set(key, value string) (err error) {
	switch key {
	case "publickey":
		peer.publicKey, err = parseKey(value)
	case "presharedkey":
		peer.presharedKey, err = parseKey(value)
	case "endpoint":
		peer.endpoint, err = netip.ParseAddrPort(value)
		if err != nil || peer.endpoint.Port() == 0 || peer.endpoint.Addr().Zone() != "" {
			err = fmt.Errorf("%q is no IP address with port; names are not looked up, as that would show outside", value)
		}
	case "persistentkeepalive":
		if strings.ToLower(value) == "off" {
			value = "0"
		}
		peer.keepalive = value
		_, err = parseNumber(value, 0, 65535)
	case "allowedips":
		var more []netip.Prefix
		more, err = parsePrefixes(value)
		for _, prefix := range more {
			peer.allowed = append(peer.allowed, prefix.Masked())
		}
	default:
		err = errors.New("is no key of [Peer]")
		if isDisguise(key) {
			err = errors.New("belongs below [Interface], not below [Peer]")
		}
	}
	return err
}

// check holds what no single line shows.
func (config *Config) check() error {
	switch {
	case config.key == "":
		return errors.New("has no PrivateKey below [Interface]")
	case len(config.addresses) == 0:
		return errors.New("has no Address below [Interface]")
	case len(config.peers) == 0:
		return errors.New("has no [Peer]")
	}
	for i, peer := range config.peers {
		if peer.publicKey == "" || len(peer.allowed) == 0 {
			return fmt.Errorf("[Peer] number %d lacks PublicKey or AllowedIPs", i+1)
		}
		if !peer.endpoint.IsValid() && config.listenPort == 0 {
			return fmt.Errorf("[Peer] number %d has no Endpoint, and [Interface] no ListenPort where it could call", i+1)
		}
	}
	return checkDisguise(config.disguise)
}

// A key is 32 bytes in base64.
func parseKey(value string) (string, error) {
	key, err := base64.StdEncoding.Strict().DecodeString(value)
	if err != nil || len(key) != 32 {
		return "", errors.New("is no key of 44 base64 characters")
	}
	return hex.EncodeToString(key), nil
}

func parseNumber(value string, least, most int) (int, error) {
	number, err := strconv.Atoi(value)
	if err != nil || number < least || number > most {
		return 0, fmt.Errorf("%q is no number from %d to %d", value, least, most)
	}
	return number, nil
}

// parsePrefixes reads a list; an address without length is one of its own.
func parsePrefixes(list string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range strings.Split(list, ",") {
		text = strings.TrimSpace(text)
		prefix, err := netip.ParsePrefix(text)
		if address, failed := netip.ParseAddr(text); failed == nil && address.Zone() == "" {
			prefix, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%q is no address like 10.8.0.2/32", text)
		}
		all = append(all, prefix)
	}
	return all, nil
}
