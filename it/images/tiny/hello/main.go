// Command hello greets from its configuration and counts its starts in its volume, until it is told to stop.
package main

import (
	_ "embed"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

// version is set by the linker.
var version = "none"

//go:embed greeting.txt
var greeting string

func main() {
	file := os.Getenv("HELLO_DATA") + "/starts"
	starts := 1
	if text, err := os.ReadFile(file); err == nil {
		if before, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			starts = before + 1
		}
	}
	if err := os.WriteFile(file, []byte(strconv.Itoa(starts)+"\n"), 0o644); err != nil {
		os.Stderr.WriteString("hello: can't write " + file + "\n")
		os.Exit(2)
	}
	who, err := os.ReadFile("/etc/hello/who")
	if err != nil {
		os.Stderr.WriteString("hello: can't read /etc/hello/who\n")
		os.Exit(2)
	}
	os.Stdout.WriteString(strings.TrimSpace(greeting) + ", " + strings.TrimSpace(string(who)) +
		": version " + version + ", start " + strconv.Itoa(starts) + "\n")
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
}
