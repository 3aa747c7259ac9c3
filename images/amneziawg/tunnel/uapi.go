package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"sort"
	"strings"
	"time"
)

// How long the daemon may take to answer: a stopped one never does.
const patience = 3 * time.Second

func socket(name string) string {
	return "/run/amneziawg/" + name + ".sock"
}

// request is the whole configuration as the daemon takes it.
func (config *Config) request() string {
	var lines strings.Builder
	line := func(key string, value any) { fmt.Fprintf(&lines, "%s=%v\n", key, value) }
	lines.WriteString("set=1\n")
	line("private_key", config.key)
	line("listen_port", config.listenPort)
	if config.mark != 0 {
		line("fwmark", config.mark)
	}
	line("replace_peers", true)
	keys := make([]string, 0, len(config.disguise))
	for key := range config.disguise {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		// The daemon refuses a 0 for some of them, and it is the default of all.
		if config.disguise[key] != "0" {
			line(key, config.disguise[key])
		}
	}
	for _, peer := range config.peers {
		line("public_key", peer.publicKey)
		if peer.presharedKey != "" {
			line("preshared_key", peer.presharedKey)
		}
		if peer.endpoint.IsValid() {
			line("endpoint", peer.endpoint)
		}
		if peer.keepalive != "" {
			line("persistent_keepalive_interval", peer.keepalive)
		}
		line("replace_allowed_ips", true)
		for _, prefix := range peer.allowed {
			line("allowed_ip", prefix)
		}
	}
	lines.WriteString("\n")
	return lines.String()
}

// ask sends a request that ends with an empty line, and returns the lines of the answer.
func ask(name, request string) ([]string, error) {
	connection, err := net.DialTimeout("unix", socket(name), patience)
	if err != nil {
		return nil, fmt.Errorf("amneziawg-go can't be reached: %w", err)
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(patience))
	if _, err := io.WriteString(connection, request); err != nil {
		return nil, fmt.Errorf("amneziawg-go does not listen: %w", err)
	}
	var lines []string
	reader := bufio.NewScanner(connection)
	for reader.Scan() && reader.Text() != "" {
		lines = append(lines, reader.Text())
	}
	if err := reader.Err(); err != nil {
		return nil, fmt.Errorf("amneziawg-go does not answer: %w", err)
	}
	return lines, nil
}

// accepted tells whether the last line of an answer says so.
func accepted(answer []string) error {
	if len(answer) == 0 {
		return errors.New("amneziawg-go gave no answer")
	}
	if last := answer[len(answer)-1]; last != "errno=0" {
		return fmt.Errorf("amneziawg-go refuses: %s", last)
	}
	return nil
}

// relay passes one request and its answer on, for people and tests.
func relay(from io.Reader, to io.Writer) error {
	var request strings.Builder
	lines := bufio.NewScanner(from)
	for lines.Scan() && lines.Text() != "" {
		request.WriteString(lines.Text() + "\n")
	}
	if err := lines.Err(); err != nil {
		return err
	}
	answer, err := ask(interfaceName(), request.String()+"\n")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(to, strings.Join(answer, "\n"))
	return err
}
