package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The uid of xray in the image.
const xrayUID = "10002"

// Keys of a session are thrown away after this time; each handshake makes new ones.
const sessionLife = 180 * time.Second

// A process as its line in /proc says: "7 (xray) S 1 ...".
type process struct {
	name, state, parent string
}

// alive: every process of the exit is there and not stopped, and the daemon answers. Needs no network.
func alive() error {
	all := processes()
	// An engine may put a process of its own before ours.
	first := "1"
	for pid, one := range all {
		if all["1"].name != "tunnel" && one.name == "tunnel" && one.parent == "1" {
			first = pid
		}
	}
	states := map[string]string{"tunnel": all[first].state}
	for _, one := range all {
		if one.parent == first {
			states[one.name] = one.state
		}
	}
	for _, name := range []string{"tunnel", "amneziawg-go", "xray"} {
		switch states[name] {
		case "R", "S", "D":
		case "":
			return fmt.Errorf("%s does not run", name)
		default:
			return fmt.Errorf("%s is in state %s", name, states[name])
		}
	}
	_, err := state()
	return err
}

func processes() map[string]process {
	all := map[string]process{}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		stat, _ := os.ReadFile(file)
		_, rest, _ := strings.Cut(string(stat), "(")
		name, rest, _ := strings.Cut(rest, ") ")
		if fields := strings.Fields(rest); len(fields) > 1 {
			all[filepath.Base(filepath.Dir(file))] = process{name: name, state: fields[0], parent: fields[1]}
		}
	}
	return all
}

// ready: some peer has shaken hands within the life of a session, and xray listens.
func ready() error {
	lines, err := state()
	if err != nil {
		return err
	}
	var last int64
	for _, line := range lines {
		if value, found := strings.CutPrefix(line, "last_handshake_time_sec="); found {
			second, _ := strconv.ParseInt(value, 10, 64)
			last = max(last, second)
		}
	}
	if last == 0 {
		return errors.New("no peer has shaken hands yet")
	}
	if age := time.Since(time.Unix(last, 0)); age > sessionLife {
		return fmt.Errorf("the last handshake is %d s old", int(age.Seconds()))
	}
	for _, file := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		table, _ := os.ReadFile(file)
		for _, line := range strings.Split(string(table), "\n") {
			fields := strings.Fields(line)
			// State 0A is LISTEN.
			if len(fields) > 7 && fields[3] == "0A" && fields[7] == xrayUID {
				return nil
			}
		}
	}
	return errors.New("xray does not listen")
}

func state() ([]string, error) {
	answer, err := ask(exitInterface, "get=1\n\n")
	if err != nil {
		return nil, err
	}
	return answer, accepted(answer)
}
