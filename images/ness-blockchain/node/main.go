// Command privateness is the NESS node. It takes its settings from the environment (settings.go). Called by the name
// privateness-cli it is the node's client; health and ready, as names or as arguments, ask the node that runs beside it.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// version is the node's own, set by the linker: it goes to peers and into the database.
var version = "none"

func main() {
	// The library would put its files below it.
	os.Unsetenv("HOME")
	syscall.Umask(0o077)

	role := filepath.Base(os.Args[0])
	if role == "privateness" {
		role = "node"
		if len(os.Args) > 1 {
			role = os.Args[1]
		}
	}
	if err := act(role); err != nil {
		fmt.Fprintln(os.Stderr, "ness-blockchain: "+err.Error())
		var mistake mistake
		if errors.As(err, &mistake) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

func act(role string) error {
	if role == "version" || role == "--version" {
		fmt.Println(version)
		return nil
	}
	s, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	switch role {
	case "node":
		return runNode(s)
	case "privateness-cli":
		return runClient(s)
	case "health":
		return health(s)
	case "ready":
		return ready(s)
	}
	return mistake(fmt.Sprintf("there is no command %q: start the node without one and set NESS_... variables; "+
		"its client is privateness-cli", role))
}
