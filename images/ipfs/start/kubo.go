package main

// unroutable is kubo's profile "server" without /ip6/::/ipcidr/3 and what lies in it: that range holds 0200::/7, so every
// Yggdrasil peer.
var unroutable = []string{
	"/ip4/10.0.0.0/ipcidr/8", "/ip4/100.64.0.0/ipcidr/10", "/ip4/127.0.0.0/ipcidr/8", "/ip4/169.254.0.0/ipcidr/16",
	"/ip4/172.16.0.0/ipcidr/12", "/ip4/192.0.0.0/ipcidr/24", "/ip4/192.0.2.0/ipcidr/24", "/ip4/192.168.0.0/ipcidr/16",
	"/ip4/198.18.0.0/ipcidr/15", "/ip4/198.51.100.0/ipcidr/24", "/ip4/203.0.113.0/ipcidr/24", "/ip4/240.0.0.0/ipcidr/4",
	"/ip6/::1/ipcidr/128", "/ip6/100::/ipcidr/64", "/ip6/2001:2::/ipcidr/48", "/ip6/2001:db8::/ipcidr/32",
	"/ip6/fc00::/ipcidr/7", "/ip6/fe80::/ipcidr/10",
}

// kubo is what these settings mean for kubo's configuration: values by their place in it.
func (s settings) kubo() map[string]any {
	values := map[string]any{
		"Addresses.Swarm":      s.listen(),
		"Addresses.API":        "/ip4/0.0.0.0/tcp/5001",
		"Addresses.Gateway":    "/ip4/0.0.0.0/tcp/8080",
		"Datastore.StorageMax": s.storage,
		// No certificate authority and no router is told about this node; multicast never leaves a container's network.
		"AutoTLS.Enabled":         false,
		"Discovery.MDNS.Enabled":  false,
		"Swarm.DisableNatPortMap": true,
	}
	network := s.closed()
	if s.public() {
		network = public()
	}
	for key, value := range network {
		values[key] = value
	}
	return values
}

func (s settings) listen() []string {
	listen := []string{"/ip4/0.0.0.0/tcp/4001", "/ip4/0.0.0.0/tcp/8081/ws"}
	if s.ip6 {
		listen = append(listen, "/ip6/::/tcp/4001", "/ip6/::/tcp/8081/ws")
	}
	if s.private {
		return listen // A private network has no QUIC.
	}
	listen = append(listen, "/ip4/0.0.0.0/udp/4001/quic-v1")
	if s.ip6 {
		listen = append(listen, "/ip6/::/udp/4001/quic-v1")
	}
	return listen
}

func public() map[string]any {
	return map[string]any{
		"Addresses.NoAnnounce":                     unroutable,
		"Swarm.AddrFilters":                        unroutable,
		"AutoConf.Enabled":                         true,
		"Bootstrap":                                []string{"auto"},
		"DNS.Resolvers":                            map[string]any{".": "auto"},
		"Routing":                                  map[string]any{"Type": "auto", "DelegatedRouters": []string{"auto"}},
		"Ipns.DelegatedPublishers":                 []string{"auto"},
		"Internal.Bitswap.BroadcastControl.Enable": true,
		"Peering.Peers":                            []any{},
	}
}

func (s settings) closed() map[string]any {
	return map[string]any{
		// As peers to stay connected to, not as "Bootstrap": those are dialled while kubo is still starting, before its block
		// exchange listens for connections, and then no block is ever asked of them.
		"Peering.Peers":            s.peers(),
		"Addresses.NoAnnounce":     []string{},
		"Swarm.AddrFilters":        []string{},
		"AutoConf.Enabled":         false,
		"Bootstrap":                []string{},
		"DNS.Resolvers":            map[string]any{},
		"Routing":                  map[string]any{"Type": "dht", "DelegatedRouters": []string{}},
		"Ipns.DelegatedPublishers": []string{},
		// By default kubo asks only peers that have served it before, and finds others by a big routing table.
		"Internal.Bitswap.BroadcastControl.Enable": false,
	}
}

// peers are those of IPFS_BOOTSTRAP, each once with all its addresses, in the order of their first.
func (s settings) peers() []any {
	peers := []any{}
	known := map[string]int{}
	for _, address := range s.bootstrap {
		parts := addresses.FindStringSubmatch(address)
		if parts == nil {
			continue // default or none
		}
		at, there := known[parts[3]]
		if !there {
			at = len(peers)
			known[parts[3]] = at
			peers = append(peers, map[string]any{"ID": parts[3], "Addrs": []string{}})
		}
		peer := peers[at].(map[string]any)
		peer["Addrs"] = append(peer["Addrs"].([]string), parts[1])
	}
	return peers
}
