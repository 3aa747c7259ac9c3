package main

import (
	"crypto/rand"
	"encoding/base64"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

var interfaceNames = regexp.MustCompile(`^[A-Za-z0-9_=+-][A-Za-z0-9_=+.-]{0,14}$`)

func interfaceName() string {
	return setting("AWG_INTERFACE", "awg0")
}

// node is an interface with a key that is made once. Peers and the disguise are set over the daemon's socket by whoever
// controls this node.
//
//	AWG_INTERFACE    name of the interface
//	AWG_LISTEN_PORT  UDP port
//	AWG_ADDRESS      addresses of the interface with prefix length, separated by spaces
//	AWG_DATA         folder of private.key (base64, as in a configuration file)
func node() int {
	syscall.Umask(0o077)
	data := setting("AWG_DATA", "/data")
	name := interfaceName()
	port := setting("AWG_LISTEN_PORT", "51820")
	config := &Config{}

	os.MkdirAll(data, 0o700)
	// W_OK of unistd.h, in what access(2) takes.
	if syscall.Access(data, 2) != nil {
		refuse("uid %d can't write %s: give it to %d:%d, or start as its owner", os.Getuid(), data, os.Getuid(), os.Getgid())
	}
	if os.MkdirAll(filepath.Dir(socket(name)), 0o700) != nil {
		refuse("uid %d can't write /run: mount a tmpfs there", os.Getuid())
	}
	if !interfaceNames.MatchString(name) {
		refuse("AWG_INTERFACE: %q is no interface name of up to 15 letters, digits or _=+.-", name)
	}
	var err error
	if config.listenPort, err = parseNumber(port, 1, 65535); err != nil {
		refuse("AWG_LISTEN_PORT: %q is no port", port)
	}
	for _, text := range strings.Fields(os.Getenv("AWG_ADDRESS")) {
		address, err := netip.ParsePrefix(text)
		if err != nil {
			refuse("AWG_ADDRESS: %q is no address like 10.8.0.1/24", text)
		}
		config.addresses = append(config.addresses, address)
	}
	if missing := missingForTun(); missing != "" {
		refuse("%s", missing)
	}
	config.key = identity(filepath.Join(data, "private.key"))

	daemon, err := startDaemon(name)
	check(err)
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-asked
		syscall.Kill(daemon, syscall.SIGTERM)
	}()
	check(configure(daemon, name, config))
	say("%s is up on UDP port %s", name, port)
	_, code := ended(map[int]string{daemon: "amneziawg-go"})
	return code
}

// identity is the key of the file in hexadecimal. The file is made once, moved into place whole, never replaced.
func identity(file string) string {
	if _, err := os.Lstat(file); os.IsNotExist(err) {
		key := make([]byte, 32)
		rand.Read(key)
		// X25519 wants the two ends of a key masked; the daemon would do it and then show another key than the file.
		key[0] &= 248
		key[31] = key[31]&127 | 64
		if err := writeWhole(file, base64.StdEncoding.EncodeToString(key)+"\n"); err != nil {
			refuse("no key could be made: %v", err)
		}
		say("new identity in %s: keep a copy", file)
	}
	text, _ := os.ReadFile(file)
	key, err := parseKey(strings.TrimSpace(string(text)))
	if err != nil {
		refuse("%s holds no key: restore it, or remove it to become another node", file)
	}
	return key
}

func writeWhole(file, text string) error {
	out, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := out.WriteString(text); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
