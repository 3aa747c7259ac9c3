// Command start is start, health and ready of the image, by the name that it is called by.
//
// start makes the visor's configuration once, offline, keeps the visor running, and opens the hypervisor page when it has a
// login; health tells whether the page answers, ready whether the visor has a transport.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	syscall.Umask(0o077)
	settings, err := readSettings(os.Getenv)
	status := 2
	if err == nil {
		switch name := filepath.Base(os.Args[0]); name {
		case "start":
			status, err = start(settings)
		case "health":
			status, err = 1, page{settings}.ping(pagePort)
		case "ready":
			status, err = 1, page{settings}.hasTransport()
		default:
			err = fmt.Errorf("%q is neither start, health nor ready", name)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "skywire:", err)
		os.Exit(status)
	}
	if filepath.Base(os.Args[0]) == "start" {
		os.Exit(status)
	}
}

// start ends with the visor's own exit status, or with an error and 2.
func start(s settings) (int, error) {
	if err := requireWritable(s.data); err != nil {
		return 2, err
	}
	if err := s.configure(); err != nil {
		return 2, err
	}
	password, err := s.password()
	if err != nil {
		return 2, err
	}
	go page{s}.open(password)
	return supervise(s)
}

func requireWritable(folder string) error {
	const writable = 2 // W_OK of unistd.h
	if syscall.Access(folder, writable) != nil {
		uid, gid := os.Getuid(), os.Getgid()
		return fmt.Errorf("uid %d can't write %s: give it to %d:%d, or start as its owner", uid, folder, uid, gid)
	}
	return nil
}

// write replaces a file, which is at every moment the old or the new one.
func write(file string, content []byte) error {
	beside, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer beside.Close()
	if _, err := beside.Write(content); err != nil {
		return err
	}
	if err := beside.Sync(); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
