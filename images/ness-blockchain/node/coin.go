package main

import (
	"github.com/skycoin/skycoin/src/fiber"
	"github.com/skycoin/skycoin/src/skycoin"
)

const (
	peerPort = 6006
	apiPort  = 6660
)

// What every node of the NESS network must agree on, or tells about the coin.
var privateness = fiber.NodeConfig{
	CoinName:              "privateness",
	DisplayName:           "Privateness",
	Ticker:                "NESS",
	CoinHoursName:         "Coin Hours",
	CoinHoursNameSingular: "Coin Hour",
	CoinHoursTicker:       "NCH",
	QrURIPrefix:           "privateness",
	ExplorerURL:           "https://explorer.privateness.network",
	VersionURL:            "https://nodes.privateness.network/blockchain/version.txt",
	Bip44Coin:             8000,

	GenesisAddressStr: "24GJTLPMoz61sV4J4qg1n14x5qqDwXqyJJy",
	GenesisSignatureStr: "80c03cf8f9ee3ad70c4169c29a5afdf2ebc705e96463ae6442a0674deacbbb7d" +
		"1c49030982b07baa27d338583265719386765d06a1dd2ca5bef4806459b9442800",
	GenesisTimestamp:    1650046010,
	GenesisCoinVolume:   165000000000000,
	BlockchainPubkeyStr: "02933015bd2fa1e0a885c05fb08eb7c647bf8c3188ed5120b51d0d09ccaf525036",

	UnconfirmedBurnFactor:          20,
	UnconfirmedMaxTransactionSize:  32768,
	UnconfirmedMaxDropletPrecision: 6,
	CreateBlockBurnFactor:          20,
	CreateBlockMaxTransactionSize:  32768,
	CreateBlockMaxDropletPrecision: 6,
	MaxBlockTransactionsSize:       32768,

	Port:               peerPort,
	WebInterfacePort:   apiPort,
	DefaultConnections: []string{"154.16.118.97:6006", "151.80.37.6:6006", "179.61.232.155:6006"},
}

// nodeConfig says how this node runs. The public peer list comes over plain HTTP and is left out: peers tell each other.
func nodeConfig(s settings, peers []string, port int) skycoin.NodeConfig {
	c := skycoin.NewNodeConfig("", privateness)
	// Also gives the transaction limits the values that ParseConfig checks; no flag is ever parsed.
	c.RegisterFlags()
	c.DataDirectory = s.data
	c.DownloadPeerList = false
	c.LaunchBrowser = false
	c.ColorLog = false
	c.LogLevel = s.logLevel
	c.DisablePingPong = true
	c.DisableNetworking = !s.network
	if !s.public {
		c.DefaultConnections = peers
		c.MaxDefaultPeerOutgoingConnections = min(len(peers), c.MaxOutgoingConnections)
	}
	// guard.go stands before it.
	c.WebInterfaceAddr = "127.0.0.1"
	c.WebInterfacePort = port
	c.EnabledAPISets = s.apiSets
	c.WebInterfaceUsername = s.user
	c.WebInterfacePassword = s.password
	c.WebInterfacePlaintextAuth = true
	return c
}
