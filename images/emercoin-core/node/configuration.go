package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
)

const (
	rpcPort   = "6662"
	guardPort = "5335"
	// EmerDNS itself, which only this program may ask.
	dnsPort = "5336"
)

// configuration is the file that emercoind reads, in Bitcoin's form of lines key=value.
func (s settings) configuration() (string, error) {
	lines := []string{
		"# Written at every start from the environment of the container.",
		"server=1", "daemon=0", "listen=1", "listenonion=0", "upnp=0", "txindex=1", "stakegen=0",
		// The container's log is the log; a file beside it would only grow.
		"printtoconsole=1", "debuglogfile=0",
		"rpcport=" + rpcPort, "rpcbind=0.0.0.0",
		// An IPv4 address here is ignored, and EmerDNS then listens everywhere.
		"emcdns=1", "emcdnsport=" + dnsPort, "emcdnsbindip=::ffff:127.0.0.1",
	}
	if hasIP6() {
		lines = append(lines, "rpcbind=::")
	}
	for _, network := range s.allow {
		lines = append(lines, "rpcallowip="+network.String())
	}
	if len(s.tlds) > 0 {
		// Commas would let only the last one count.
		lines = append(lines, "emcdnsallowed="+strings.Join(s.tlds, "|"))
	}
	if !s.stun {
		lines = append(lines, "stuntimio=-1")
	}
	if s.wallet == "" {
		lines = append(lines, "disablewallet=1")
	} else {
		lines = append(lines, "wallet="+s.wallet)
	}
	for _, peer := range s.peers {
		lines = append(lines, "addnode="+peer)
	}
	if s.user != "" {
		login, err := s.login()
		if err != nil {
			return "", err
		}
		lines = append(lines, "rpcauth="+login)
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// login is user:salt$hmac, from which nobody gets the password back.
func (s settings) login() (string, error) {
	password, err := os.ReadFile(s.passFile)
	if err != nil {
		return "", fmt.Errorf("EMERCOIN_PASS_FILE: uid %d can't read %s", os.Getuid(), s.passFile)
	}
	secret := strings.TrimRight(string(password), "\r\n")
	if len(secret) < 16 {
		return "", fmt.Errorf("EMERCOIN_PASS_FILE: %s holds fewer than 16 characters", s.passFile)
	}
	random := make([]byte, 16)
	rand.Read(random) // never fails: it ends the program instead
	salt := fmt.Sprintf("%x", random)
	code := hmac.New(sha256.New, []byte(salt))
	code.Write([]byte(secret))
	return fmt.Sprintf("%s:%s$%x", s.user, salt, code.Sum(nil)), nil
}
