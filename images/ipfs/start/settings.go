package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

var (
	sizes     = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,3})?[kKMGTP]?i?B$`)
	addresses = regexp.MustCompile(`^(/(ip4|ip6|dns|dns4|dns6|dnsaddr)/[A-Za-z0-9.:/_-]+)/p2p/([A-Za-z0-9]+)$`)
)

// settings is what the environment says.
//
//	IPFS_STORAGE_MAX     size that the garbage collector keeps the repository under
//	IPFS_BOOTSTRAP       default: the public network; none; or addresses, separated by spaces: then nothing of the public
//	                     network is used (no bootstrap peers, resolvers, delegated routers or configuration server)
//	IPFS_SWARM_KEY_FILE  key of a private network: only peers with the same key; implies IPFS_BOOTSTRAP=none unless it is set
//	IPFS_PATH            folder of the repository; API token and state stand beside it
type settings struct {
	path, storage, swarmKey string
	bootstrap               []string
	private, ip6            bool
}

func readSettings(env func(string) string) (settings, error) {
	_, err := os.Stat("/proc/net/if_inet6")
	s := settings{
		path:      orElse(env("IPFS_PATH"), "/data/ipfs"),
		storage:   orElse(env("IPFS_STORAGE_MAX"), "10GB"),
		swarmKey:  env("IPFS_SWARM_KEY_FILE"),
		bootstrap: strings.Fields(orElse(env("IPFS_BOOTSTRAP"), "default")),
		ip6:       err == nil,
	}
	if !strings.HasPrefix(s.path, "/") || strings.Count(s.path, "/") < 2 {
		return s, fmt.Errorf("IPFS_PATH: %q is no folder below another, like /data/ipfs", s.path)
	}
	return s, nil
}

func (s settings) check() error {
	if !sizes.MatchString(s.storage) {
		return fmt.Errorf("IPFS_STORAGE_MAX: %q is no size like 10GB", s.storage)
	}
	if len(s.bootstrap) == 1 && (s.bootstrap[0] == "default" || s.bootstrap[0] == "none") {
		return nil
	}
	for _, address := range s.bootstrap {
		if !addresses.MatchString(address) {
			return fmt.Errorf("IPFS_BOOTSTRAP: %q is neither default, none nor an address like "+
				"/ip4/192.0.2.1/tcp/4001/p2p/12D3...", address)
		}
	}
	return nil
}

// public tells whether the node joins the public network.
func (s settings) public() bool {
	return !s.private && len(s.bootstrap) == 1 && s.bootstrap[0] == "default"
}

func orElse(value, other string) string {
	if strings.TrimSpace(value) == "" {
		return other
	}
	return value
}
