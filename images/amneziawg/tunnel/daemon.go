package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// run runs a program to its end; what it printed is the error.
func run(input, program string, arguments ...string) error {
	command := exec.Command(program, arguments...)
	command.Stdin = strings.NewReader(input)
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", program, strings.Join(arguments, " "), err, strings.TrimSpace(string(said)))
	}
	return nil
}

func ip(arguments ...string) error {
	return run("", "/usr/bin/ip", arguments...)
}

// startDaemon starts amneziawg-go, in the foreground and without its claim that the kernel has AmneziaWG.
func startDaemon(name string) (int, error) {
	os.Remove(socket(name))
	process, err := os.StartProcess("/usr/bin/amneziawg-go", []string{"amneziawg-go", name}, &os.ProcAttr{
		Env:   append(os.Environ(), "WG_PROCESS_FOREGROUND=1"),
		Files: []*os.File{nil, os.Stdout, os.Stderr},
	})
	if err != nil {
		return 0, err
	}
	return process.Pid, nil
}

// configure waits for the daemon's socket, gives it its configuration and brings the interface up.
func configure(daemon int, name string, config *Config) error {
	for tries := 100; ; tries-- {
		answer, err := ask(name, config.request())
		if err == nil {
			if err := accepted(answer); err != nil {
				return err
			}
			break
		}
		var status syscall.WaitStatus
		if ended, _ := syscall.Wait4(daemon, &status, syscall.WNOHANG, nil); ended == daemon {
			return errors.New("amneziawg-go ended at its start")
		}
		if tries == 0 {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	if config.mtu != 0 {
		if err := ip("link", "set", name, "mtu", strconv.Itoa(config.mtu)); err != nil {
			return err
		}
	}
	for _, address := range config.addresses {
		if err := ip("address", "add", address.String(), "dev", name); err != nil {
			return err
		}
	}
	return ip("link", "set", name, "up")
}

// ended waits, as the first process of the container must for every orphan, until one of the children ends.
func ended(children map[int]string) (name string, code int) {
	for {
		var status syscall.WaitStatus
		child, err := syscall.Wait4(-1, &status, 0, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return "no child", 1
		}
		if name, mine := children[child]; mine {
			if status.Signaled() {
				return name, 128 + int(status.Signal())
			}
			return name, status.ExitStatus()
		}
	}
}
