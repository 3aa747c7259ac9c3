package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var peerIDs = regexp.MustCompile(`^[A-Za-z0-9]{40,64}$`)

func (r repository) config() string { return filepath.Join(r.path, "config") }

// load reads kubo's configuration, which may hold more than this program knows.
func (r repository) load() (map[string]any, error) {
	text, err := os.ReadFile(r.config())
	if err != nil {
		return nil, fmt.Errorf("%s can't be used: %w", r.config(), err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	config := map[string]any{}
	if err := decoder.Decode(&config); err != nil {
		return nil, fmt.Errorf("%s can't be used: %w", r.config(), err)
	}
	identity, _ := config["Identity"].(map[string]any)
	if id, _ := identity["PeerID"].(string); !peerIDs.MatchString(id) {
		return nil, fmt.Errorf("%s names no peer: restore it, or remove %s to become another node", r.config(), r.path)
	}
	return config, nil
}

// apply sets the values if they are others than the last time, and the node's own token always.
func (r repository) apply(config map[string]any, values map[string]any, token string) error {
	before, err := json.Marshal(config)
	if err != nil {
		return err
	}
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	applied := filepath.Join(r.data(), "applied")
	digest := fmt.Sprintf("%x\n", sha256.Sum256(text))
	last, _ := os.ReadFile(applied)
	if string(last) != digest {
		for place, value := range values {
			if err := set(config, strings.Split(place, "."), value); err != nil {
				return fmt.Errorf("%s in %s can't be set: %w", place, r.config(), err)
			}
		}
	}
	own := map[string]any{"AllowedPaths": []string{"/api/v0"}, "AuthSecret": "bearer:" + token}
	if err := set(config, []string{"API", "Authorizations", "node"}, own); err != nil {
		return fmt.Errorf("API.Authorizations in %s can't be set: %w", r.config(), err)
	}
	after, err := json.Marshal(config)
	if err != nil {
		return err
	}
	if !bytes.Equal(before, after) {
		lines, err := json.MarshalIndent(config, "", "  ")
		if err != nil {
			return err
		}
		if err := write(r.config(), append(lines, '\n')); err != nil {
			return err
		}
	}
	return write(applied, []byte(digest))
}

func set(object map[string]any, place []string, value any) error {
	for _, key := range place[:len(place)-1] {
		if object[key] == nil {
			object[key] = map[string]any{}
		}
		inner, ok := object[key].(map[string]any)
		if !ok {
			return fmt.Errorf("%q is no object", key)
		}
		object = inner
	}
	object[place[len(place)-1]] = value
	return nil
}
