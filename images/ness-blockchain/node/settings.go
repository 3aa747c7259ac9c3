package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// settings is what the environment says:
//
//	NESS_DATA               folder of the node: chain, peers, wallets
//	NESS_PEERS              default: the public network; none; or IPV4:PORT and NAME:PORT, separated by blanks: then nothing of
//	                        the public network is used
//	NESS_NETWORK            on, or off: no connection is made or taken
//	NESS_API_SETS           of READ STATUS TXN WALLET STORAGE; STATUS is always on, WALLET and STORAGE need a login
//	NESS_API_USER           name of the login that every request then needs, with
//	NESS_API_PASSWORD_FILE  the file of its password, at least 12 characters
//	NESS_API_HOSTS          names that the API is called by; addresses and localhost are always taken
//	NESS_LOG_LEVEL          debug, info, warn or error
type settings struct {
	data     string
	public   bool
	peers    []string
	network  bool
	apiSets  string
	user     string
	password string
	hosts    []string
	logLevel string
}

// mistake is an error of the operator's, which another start would meet again.
type mistake string

func (m mistake) Error() string { return string(m) }

func wrong(variable, format string, values ...any) error {
	return mistake(variable + ": " + fmt.Sprintf(format, values...))
}

var hostName = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$`)

func readSettings(getenv func(string) string) (s settings, err error) {
	or := func(name, value string) string {
		if set := strings.TrimSpace(getenv(name)); set != "" {
			return set
		}
		return value
	}
	if s.data = or("NESS_DATA", "/data"); !filepath.IsAbs(s.data) || filepath.Clean(s.data) == "/" {
		return s, wrong("NESS_DATA", "%q is no folder like /data", s.data)
	}
	if s.network, err = choice(or, "NESS_NETWORK", "on", "off"); err != nil {
		return s, err
	}
	s.logLevel = or("NESS_LOG_LEVEL", "info")
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, s.logLevel) {
		return s, wrong("NESS_LOG_LEVEL", "%q is none of debug, info, warn, error", s.logLevel)
	}
	if s.public, s.peers, err = peerNames(or("NESS_PEERS", "default")); err != nil {
		return s, err
	}
	s.hosts = words(or("NESS_API_HOSTS", "ness-blockchain privateness"))
	for _, host := range s.hosts {
		if !hostName.MatchString(host) {
			return s, wrong("NESS_API_HOSTS", "%q is no host name; leave its port out", host)
		}
	}
	if s.user, s.password, err = login(or); err != nil {
		return s, err
	}
	s.apiSets, err = apiSets(or("NESS_API_SETS", "READ STATUS TXN"), s.user != "")
	return s, err
}

func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
}

func choice(or func(string, string) string, name, yes, no string) (bool, error) {
	switch value := or(name, yes); value {
	case yes, no:
		return value == yes, nil
	default:
		return false, wrong(name, "%q is neither %s nor %s", value, yes, no)
	}
}

func peerNames(list string) (public bool, peers []string, err error) {
	if list == "default" || list == "none" {
		return list == "default", nil, nil
	}
	for _, peer := range words(list) {
		host, port, err := net.SplitHostPort(peer)
		number, _ := strconv.Atoi(port)
		address := net.ParseIP(host)
		switch {
		case err != nil || address == nil && !hostName.MatchString(host):
			return false, nil, wrong("NESS_PEERS", "%q is neither default, none nor like 192.0.2.1:6006", peer)
		case address != nil && (address.To4() == nil || !address.IsGlobalUnicast()):
			return false, nil, wrong("NESS_PEERS", "%q: the NESS protocol takes IPv4 addresses of other machines only", peer)
		case number < 1024 || number > 65535:
			return false, nil, wrong("NESS_PEERS", "%q: the NESS protocol takes ports from 1024 to 65535 only", peer)
		}
		peers = append(peers, peer)
	}
	return false, peers, nil
}

func login(or func(string, string) string) (user, password string, err error) {
	user, file := or("NESS_API_USER", ""), or("NESS_API_PASSWORD_FILE", "")
	switch {
	case or("NESS_API_PASSWORD", "") != "":
		return "", "", wrong("NESS_API_PASSWORD", "the environment is no place for a secret: name its file in NESS_API_PASSWORD_FILE")
	case user == "" && file == "":
		return "", "", nil
	case user == "":
		return "", "", wrong("NESS_API_USER", "is missing: NESS_API_PASSWORD_FILE needs it")
	case strings.Contains(user, ":"):
		return "", "", wrong("NESS_API_USER", "%q has a colon, which a login can't have", user)
	case file == "":
		return "", "", wrong("NESS_API_PASSWORD_FILE", "is missing: NESS_API_USER needs it")
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", "", wrong("NESS_API_PASSWORD_FILE", "uid %d can't read %s: %v", os.Getuid(), file, cause(err))
	}
	password = strings.TrimRight(string(content), "\r\n")
	if len(password) < 12 {
		return "", "", wrong("NESS_API_PASSWORD_FILE", "%s holds fewer than 12 characters", file)
	}
	return user, password, nil
}

func apiSets(list string, hasLogin bool) (string, error) {
	sets := []string{"STATUS"}
	for _, set := range words(strings.ToUpper(list)) {
		switch set {
		case "STATUS":
			continue
		case "READ", "TXN":
		case "WALLET", "STORAGE":
			if !hasLogin {
				return "", wrong("NESS_API_SETS", "%s needs a login: set NESS_API_USER and NESS_API_PASSWORD_FILE", set)
			}
		case "INSECURE_WALLET_SEED", "NET_CTRL":
			return "", wrong("NESS_API_SETS", "%s is refused: it hands out seeds or cuts peers off", set)
		default:
			return "", wrong("NESS_API_SETS", "%q is none of READ, STATUS, TXN, WALLET, STORAGE", set)
		}
		sets = append(sets, set)
	}
	return strings.Join(sets, ","), nil
}
