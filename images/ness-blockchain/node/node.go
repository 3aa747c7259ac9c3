package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/skycoin/skycoin/src/daemon/pex"
	"github.com/skycoin/skycoin/src/readable"
	"github.com/skycoin/skycoin/src/skycoin"
	"github.com/skycoin/skycoin/src/util/logging"

	// Kinds of wallets register themselves.
	_ "github.com/skycoin/skycoin/src/wallet/bip44wallet"
	_ "github.com/skycoin/skycoin/src/wallet/collection"
	_ "github.com/skycoin/skycoin/src/wallet/deterministic"
	_ "github.com/skycoin/skycoin/src/wallet/xpubwallet"
)

// How long the library may take to end: engines wait 5 seconds or more. The database survives being cut off.
const patience = 4 * time.Second

var logger = logging.MustGetLogger("node")

func runNode(s settings) (err error) {
	defer func() {
		// The library panics where others return an error.
		if broken := recover(); broken != nil {
			err = fmt.Errorf("the node broke: %v", broken)
		}
	}()
	endOnSignal()
	if err := checkFolder(s.data); err != nil {
		return err
	}
	if !s.public {
		// What was learned may be of the public network.
		if err := os.Remove(filepath.Join(s.data, pex.PeerCacheFilename)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return mistake(fmt.Sprintf("uid %d can't remove a file in %s: %v", os.Getuid(), s.data, cause(err)))
		}
	}
	port, err := standBefore(s)
	if err != nil {
		return err
	}
	coin := skycoin.NewCoin(skycoin.Config{
		Node:  nodeConfig(s, resolved(s.peers), port),
		Build: readable.BuildInfo{Version: version},
	}, logger)
	if err := coin.ParseConfig(); err != nil {
		return err
	}
	return told(coin.Run(), s.data)
}

// told is an error of the library's in words for the operator.
func told(err error, folder string) error {
	switch {
	case err == nil:
		return nil
	case strings.HasPrefix(err.Error(), "Open boltdb failed, timeout"):
		return mistake("another node uses " + folder + ": give each one its own")
	case strings.HasPrefix(err.Error(), "Open boltdb failed"):
		return mistake(fmt.Sprintf("%s/data.db can't be used (%v): remove it, and the chain is fetched again; wallets stay", folder, err))
	}
	return fmt.Errorf("the node ended: %w", err)
}

// checkFolder makes the folder, if need be, and tries whether files can be made in it.
func checkFolder(folder string) error {
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		var file *os.File
		if file, err = os.CreateTemp(folder, ".write-"); err == nil {
			file.Close()
			err = os.Remove(file.Name())
		}
	}
	if err != nil {
		uid, gid := os.Getuid(), os.Getgid()
		return mistake(fmt.Sprintf("uid %d can't write %s (%v): mount it writable and give it to %d:%d, or start as its owner",
			uid, folder, cause(err), uid, gid))
	}
	return nil
}

// cause is the system's own message, without the path that stands before it.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// endOnSignal turns SIGTERM into what the library listens to.
func endOnSignal() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	go func() {
		first := <-signals
		time.AfterFunc(patience, func() {
			fmt.Fprintln(os.Stderr, "ness-blockchain: cut off while ending")
			os.Exit(128 + int(syscall.SIGTERM))
		})
		if first == syscall.SIGTERM {
			syscall.Kill(os.Getpid(), syscall.SIGINT)
		}
	}()
}

// resolved gives peers as the protocol knows them. A peer that has no address yet may still connect by itself.
func resolved(peers []string) []string {
	patient, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var addresses []string
	for _, peer := range peers {
		host, port, _ := net.SplitHostPort(peer)
		found, err := net.DefaultResolver.LookupIP(patient, "ip4", host)
		if err != nil || !found[0].IsGlobalUnicast() {
			logger.Warningf("Peer %s has no usable address now and is left out", peer)
			continue
		}
		addresses = append(addresses, net.JoinHostPort(found[0].String(), port))
	}
	return addresses
}
