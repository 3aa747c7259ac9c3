// Command start checks the environment, prepares kubo's repository and becomes kubo. Identity and API token are made once.
// The settings that the environment decides are applied when they change; everything else in the configuration stays as the
// operator left it.
package main

import (
	"fmt"
	"os"
	"syscall"
)

const kubo = "/usr/bin/ipfs"

func main() {
	syscall.Umask(0o077)
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ipfs:", err)
		os.Exit(2)
	}
}

func run() error {
	settings, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	repo := repository{settings.path}
	if err := repo.requireWritable(); err != nil {
		return err
	}
	if err := settings.check(); err != nil {
		return err
	}
	if err := repo.create(); err != nil {
		return err
	}
	config, err := repo.load()
	if err != nil {
		return err
	}
	token, err := repo.token()
	if err != nil {
		return err
	}
	if settings.private, err = repo.swarmKey(settings.swarmKey); err != nil {
		return err
	}
	if err := repo.apply(config, settings.kubo(), token); err != nil {
		return err
	}
	environment := append(os.Environ(), "IPFS_PATH="+settings.path)
	if settings.private {
		// A private network never falls back to the public one.
		environment = append(environment, "LIBP2P_FORCE_PNET=1")
	}
	err = syscall.Exec(kubo, []string{"ipfs", "daemon", "--migrate=true", "--enable-gc"}, environment)
	return fmt.Errorf("%s can't be started: %w", kubo, err)
}
