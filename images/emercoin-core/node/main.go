// Command node is start, health and ready of the image, by the name that it is called by.
//
// start writes the node's configuration from the environment, keeps emercoind running and stands before its EmerDNS;
// health tells whether the node is alive, ready whether it does its job.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	syscall.Umask(0o077)
	var err error
	status := 0
	switch name := filepath.Base(os.Args[0]); name {
	case "start":
		status, err = start()
	case "health":
		err = health()
		status = 1
	case "ready":
		err = ready()
		status = 1
	default:
		err = fmt.Errorf("%q is neither start, health nor ready", name)
		status = 2
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "emercoin-core:", err)
		os.Exit(status)
	}
	if filepath.Base(os.Args[0]) == "start" {
		os.Exit(status)
	}
}

// start ends with the node's own exit status, or with an error and 2.
func start() (int, error) {
	settings, err := readSettings(os.Getenv)
	if err != nil {
		return 2, err
	}
	if err := requireWritable(settings.data); err != nil {
		return 2, err
	}
	text, err := settings.configuration()
	if err != nil {
		return 2, err
	}
	if err := write(settings.conf(), []byte(text), 0o600); err != nil {
		return 2, fmt.Errorf("%s can't be written: %w", settings.conf(), err)
	}
	cookies, err := shareCookies(settings)
	if err != nil {
		return 2, err
	}
	if err := serveGuard(settings.allow); err != nil {
		return 2, err
	}
	return supervise(settings, cookies), nil
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
func write(file string, content []byte, mode os.FileMode) error {
	beside, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer beside.Close()
	if _, err := beside.Write(content); err != nil {
		return err
	}
	if err := beside.Chmod(mode); err != nil {
		return err
	}
	if err := beside.Sync(); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
