package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/skycoin/skycoin/src/api"
	"github.com/skycoin/skycoin/src/cli"
	"github.com/skycoin/skycoin/src/daemon"
	"github.com/skycoin/skycoin/src/util/logging"
)

var address = fmt.Sprintf("http://127.0.0.1:%d", apiPort)

// runClient runs the library's command line with the values of this node, where the environment names no others.
func runClient(s settings) error {
	warn, err := logging.LevelFromString("warn")
	if err != nil {
		return err
	}
	logging.SetLevel(warn)
	preset := map[string]string{"COIN": privateness.CoinName, "DATA_DIR": s.data}
	// Another node is not told this one's login.
	if os.Getenv("RPC_ADDR") == "" {
		preset["RPC_ADDR"], preset["RPC_USER"], preset["RPC_PASS"] = address, s.user, s.password
	}
	for name, value := range preset {
		if os.Getenv(name) == "" {
			os.Setenv(name, value)
		}
	}
	cli.Version = version
	config, err := cli.LoadConfig()
	if err != nil {
		return mistake(err.Error())
	}
	command, err := cli.NewCLI(config)
	if err != nil {
		return err
	}
	if command.Execute() != nil {
		// It has told why.
		os.Exit(1)
	}
	return nil
}

// health: alive, the node reads its chain. Needs no peer and no network.
func health(s settings) error {
	_, err := client(s).Health()
	return err
}

// ready: working, at least one peer has introduced itself, and none knows a higher block.
func ready(s settings) error {
	node := client(s)
	peers, err := node.NetworkConnections(&api.NetworkConnectionsFilter{
		States: []daemon.ConnectionState{daemon.ConnectionStateIntroduced},
	})
	if err != nil {
		return err
	}
	if len(peers.Connections) == 0 {
		return errors.New("no peer is connected")
	}
	progress, err := node.BlockchainProgress()
	if err != nil {
		return err
	}
	if progress.Current < progress.Highest {
		return fmt.Errorf("block %d of %d", progress.Current, progress.Highest)
	}
	return nil
}

func client(s settings) *api.Client {
	node := api.NewClient(address)
	node.SetAuth(s.user, s.password)
	// Below the time that a health check has.
	node.HTTPClient.Timeout = 4 * time.Second
	return node
}
