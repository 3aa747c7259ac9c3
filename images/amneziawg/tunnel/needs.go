package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Numbers of linux/capability.h.
var capabilities = []struct {
	name string
	bit  uint
}{{"NET_ADMIN", 12}, {"SETGID", 6}, {"SETPCAP", 8}, {"SETUID", 7}}

// has tells whether this process holds a capability.
func has(bit uint) bool {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if value, found := strings.CutPrefix(line, "CapEff:"); found {
			held, _ := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
			return held>>bit&1 == 1
		}
	}
	return false
}

// missingForTun is empty where an interface can be made.
func missingForTun() string {
	if info, err := os.Stat("/dev/net/tun"); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return "/dev/net/tun is missing: add the device"
	}
	if !has(12) {
		return "NET_ADMIN is missing: add the capability, and start as uid 0"
	}
	return ""
}

// exitNeeds says in one line all that is missing, before anything is started.
func exitNeeds() {
	var missing []string
	var names []string
	for _, one := range capabilities {
		if !has(one.bit) {
			names = append(names, one.name)
		}
	}
	switch {
	case os.Getuid() != 0:
		missing = append(missing, fmt.Sprintf("uid 0 (started as %d)", os.Getuid()))
	case len(names) > 0:
		missing = append(missing, "the capabilities "+strings.Join(names, " "))
	}
	if _, err := os.Stat("/dev/net/tun"); err != nil {
		missing = append(missing, "the device /dev/net/tun")
	}
	// W_OK of unistd.h.
	if syscall.Access("/run", 2) != nil {
		missing = append(missing, "a tmpfs on /run")
	}
	for _, file := range []string{wgConf(), xrayConf()} {
		// What this uid may not look into is looked for again by the owner.
		if _, err := os.Stat(file); os.IsNotExist(err) {
			missing = append(missing, file)
		}
	}
	if len(missing) > 0 {
		refuse("missing: %s. An exit starts with all of them only", strings.Join(missing, ", "))
	}
}
