package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

const skywire = "/usr/bin/skywire"

var secretKeys = regexp.MustCompile(`^[0-9a-f]{64}$`)

// configure makes the configuration with new keys if there is none, and holds an existing one to what the environment says.
func (s settings) configure() error {
	text, err := os.ReadFile(s.config())
	made := errors.Is(err, fs.ErrNotExist)
	if made {
		if text, err = s.generate(); err != nil {
			return err
		}
	} else if err != nil {
		return fmt.Errorf("%s can't be read: %w", s.config(), err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	config := map[string]any{}
	if err := decoder.Decode(&config); err != nil {
		return fmt.Errorf("%s can't be used: %w", s.config(), err)
	}
	key, _ := config["sk"].(string)
	if !secretKeys.MatchString(key) || strings.Trim(key, "0") == "" {
		return fmt.Errorf("%s holds no secret key: restore it, or remove it to become another visor", s.config())
	}
	s.apply(config, made)
	lines, err := json.MarshalIndent(config, "", "  ")
	if err != nil {
		return err
	}
	if err := write(s.config(), append(lines, '\n')); err != nil {
		return fmt.Errorf("%s can't be written: %w", s.config(), err)
	}
	if made {
		fmt.Println("skywire: new keys in " + s.config() + ": keep a copy")
	}
	return nil
}

// generate asks the program for a configuration. All defaults are given: it reads them by bash, which is not there, and would
// take zeros instead. Without a file of services it prints nothing at all.
func (s settings) generate() ([]byte, error) {
	generator := exec.Command(skywire, "cli", "config", "gen", "--stdout", "--nofetch", "--svcconf", s.services,
		"--ishv", "--auth", "--autoconn", "--noproxyserver", "--loglvl", s.level, "--minsess", "2", "--binpath", "/usr/bin")
	generator.Dir = s.data
	var output, errors bytes.Buffer
	generator.Stdout, generator.Stderr = &output, &errors
	err := generator.Run()
	// Lines of its log may stand before and after.
	text := output.Bytes()
	from, to := bytes.IndexByte(text, '{'), bytes.LastIndexByte(text, '}')
	if err != nil || from < 0 || to < from {
		said := strings.Join(strings.Fields(errors.String()), " ")
		return nil, fmt.Errorf("no configuration could be made of %s (%v) %s", s.services, err, said)
	}
	return text[from : to+1], nil
}

// apply sets what this image stands for at each start, and folders that follow the volume; the rest is the operator's.
func (s settings) apply(config map[string]any, made bool) {
	set(config, s.file("local"), "local_path")
	set(config, s.file("local/custom"), "dmsghttp_server_path")
	set(config, s.file("local/transport_logs"), "transport", "log_store", "location")
	set(config, s.autoconnect, "transport", "public_autoconnect")
	set(config, s.level, "log_level")
	// Those keys could read a survey of this machine's hardware.
	set(config, []any{}, "survey_whitelist")
	set(config, true, "hypervisor", "enable_auth")
	set(config, "127.0.0.1:"+innerPort, "hypervisor", "http_addr")
	set(config, s.file("users.db"), "hypervisor", "db_path")
	if !made {
		return
	}
	set(config, false, "is_public")
	launcher, _ := config["launcher"].(map[string]any)
	apps, _ := launcher["apps"].([]any)
	for _, app := range apps {
		if app, ok := app.(map[string]any); ok {
			app["auto_start"] = false
		}
	}
}

func set(object map[string]any, value any, place ...string) {
	for _, key := range place[:len(place)-1] {
		inner, ok := object[key].(map[string]any)
		if !ok {
			inner = map[string]any{}
			object[key] = inner
		}
		object = inner
	}
	object[place[len(place)-1]] = value
}
