// Command tunnel starts amneziawg-go, gives it its configuration and watches it.
//
//	tunnel node         one interface with a key of its own, configured by AWG_*
//	tunnel needs        says what the container lacks to be an exit
//	tunnel exit         the firewall, then the tunnel of WG_CONF, then xray
//	tunnel exit-health  both programs of an exit are there and not stopped, and the daemon answers
//	tunnel exit-ready   the tunnel has shaken hands lately and xray listens
//	tunnel uapi         one request from standard input to amneziawg-go, its answer to standard output
//
// A mistake in what the user gave ends it with one line and exit code 2, anything else that fails with 1.
package main

import (
	"fmt"
	"os"
)

// image is the name that stands before every line.
var image = "amneziawg"

func main() {
	command := ""
	if len(os.Args) == 2 {
		command = os.Args[1]
	}
	if command != "node" && command != "uapi" {
		image = "amnezia-exit"
	}
	switch command {
	case "node":
		os.Exit(node())
	case "needs":
		exitNeeds()
	case "exit":
		os.Exit(exit())
	case "exit-health":
		check(alive())
	case "exit-ready":
		check(ready())
	case "uapi":
		check(relay(os.Stdin, os.Stdout))
	default:
		refuse("tunnel node | needs | exit | exit-health | exit-ready | uapi")
	}
}

func say(format string, values ...any) {
	fmt.Printf(image+": "+format+"\n", values...)
}

// refuse ends the program over a mistake of its user.
func refuse(format string, values ...any) {
	fmt.Fprintf(os.Stderr, image+": "+format+"\n", values...)
	os.Exit(2)
}

func check(err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", image, err)
		os.Exit(1)
	}
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
