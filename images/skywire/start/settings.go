package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

var folders = regexp.MustCompile(`^(/[A-Za-z0-9._-]+)+$`)

// settings is what the environment says.
//
//	SKYWIRE_DATA           folder of keys, configuration and state
//	SKYWIRE_SERVICES_FILE  which discovery, resolver, route and setup services are used: {"prod": {...}} in the form of
//	                       upstream's services-config.json; counts when the configuration is made
//	SKYWIRE_AUTOCONNECT    on: the visor connects to public visors by itself; off
//	SKYWIRE_LOG_LEVEL      debug, info, warn or error
//	SKYWIRE_PASSWORD_FILE  file with the password of the page's user admin; counts on the first start
type settings struct {
	data, services, level, passwordFile string
	autoconnect                         bool
}

func readSettings(env func(string) string) (settings, error) {
	s := settings{
		data:         orElse(env("SKYWIRE_DATA"), "/data"),
		services:     orElse(env("SKYWIRE_SERVICES_FILE"), "/usr/share/skywire/services.json"),
		level:        orElse(env("SKYWIRE_LOG_LEVEL"), "info"),
		passwordFile: strings.TrimSpace(env("SKYWIRE_PASSWORD_FILE")),
	}
	if !folders.MatchString(s.data) {
		return s, fmt.Errorf("SKYWIRE_DATA: %q is no folder like /data", s.data)
	}
	switch s.level {
	case "debug", "info", "warn", "error":
	default:
		return s, fmt.Errorf("SKYWIRE_LOG_LEVEL: %q is not one of debug, info, warn, error", s.level)
	}
	switch on := orElse(env("SKYWIRE_AUTOCONNECT"), "off"); on {
	case "on", "off":
		s.autoconnect = on == "on"
	default:
		return s, fmt.Errorf("SKYWIRE_AUTOCONNECT: %q is neither on nor off", on)
	}
	return s, nil
}

func (s settings) file(name string) string { return filepath.Join(s.data, name) }

// The visor takes only names that end so.
func (s settings) config() string { return s.file("skywire-config.json") }

func orElse(value, other string) string {
	if strings.TrimSpace(value) == "" {
		return other
	}
	return strings.TrimSpace(value)
}
