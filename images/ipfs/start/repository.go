package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
)

var tokens = regexp.MustCompile(`^[A-Za-z0-9_-]{32,128}\n?$`)

// repository is kubo's, with its API token and our own state beside it.
type repository struct{ path string }

func (r repository) data() string { return filepath.Dir(r.path) }

func (r repository) requireWritable() error {
	const writable = 2 // W_OK of unistd.h
	if syscall.Access(r.data(), writable) != nil {
		uid, gid := os.Getuid(), os.Getgid()
		return fmt.Errorf("uid %d can't write %s: give it to %d:%d, or start as its owner", uid, r.data(), uid, gid)
	}
	return nil
}

// create makes the identity, beside and moved, so that no half repository is ever taken for one.
func (r repository) create() error {
	if _, err := os.Lstat(r.path); !errors.Is(err, fs.ErrNotExist) {
		if files, err := os.ReadDir(r.path); err == nil && len(files) == 0 {
			return fmt.Errorf("%s is an empty folder: mount the volume at %s, where API token and state stand too", r.path, r.data())
		}
		return nil
	}
	beside := r.path + ".new"
	if err := os.RemoveAll(beside); err != nil {
		return err
	}
	initialise := exec.Command(kubo, "init")
	initialise.Env = append(os.Environ(), "IPFS_PATH="+beside)
	initialise.Stderr = os.Stderr
	if err := initialise.Run(); err != nil {
		return fmt.Errorf("no repository could be made in %s (%w): is it full?", r.data(), err)
	}
	syscall.Sync()
	if err := os.Rename(beside, r.path); err != nil {
		return err
	}
	fmt.Println("ipfs: new identity in " + r.path + "/config: keep a copy")
	return nil
}

func (r repository) token() (string, error) {
	file := filepath.Join(r.data(), "api-token")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(text) == 0 {
		secret := make([]byte, 33)
		rand.Read(secret) // never fails: it ends the program instead
		text = []byte(base64.URLEncoding.EncodeToString(secret) + "\n")
		if err := write(file, text); err != nil {
			return "", err
		}
		fmt.Println("ipfs: new API token in " + file)
	} else if err != nil {
		return "", fmt.Errorf("the API token can't be read: %w", err)
	}
	if !tokens.Match(text) {
		return "", fmt.Errorf("%s must hold 32 to 128 letters, digits, - or _; remove it to get a new one", file)
	}
	return string(bytes.TrimSpace(text)), nil
}

// swarmKey takes over the key of a private network, and tells whether there is one.
func (r repository) swarmKey(source string) (bool, error) {
	file := filepath.Join(r.path, "swarm.key")
	if source != "" {
		key, err := os.ReadFile(source)
		if err != nil || !bytes.HasPrefix(key, []byte("/key/swarm/psk/1.0.0/\n")) {
			return false, fmt.Errorf("IPFS_SWARM_KEY_FILE: uid %d can't read a swarm key from %s", os.Getuid(), source)
		}
		if err := write(file, key); err != nil {
			return false, err
		}
	}
	_, err := os.Lstat(file)
	return err == nil, nil
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
