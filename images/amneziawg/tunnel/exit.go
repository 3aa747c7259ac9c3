package main

import (
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
)

func wgConf() string {
	return setting("WG_CONF", "/config/wg.conf")
}

func xrayConf() string {
	return setting("XRAY_CONF", "/config/config.json")
}

// exit is the first process of the container: the firewall first, then the tunnel, then xray. When either ends, the container
// ends; the rules stay for as long as anything uses its network. The entry script has started xray (process XRAY_PID), which has
// no capability and a uid of its own, and waits for its configuration on the pipe whose other end is our descriptor 3.
func exit() int {
	syscall.Umask(0o077)
	syscall.CloseOnExec(3)
	pipe := os.NewFile(3, "xray's configuration")
	xray, err := strconv.Atoi(os.Getenv("XRAY_PID"))
	if err != nil || pipe == nil {
		refuse("start it by /usr/lib/ness/amnezia-exit/start")
	}
	settings := read(xrayConf())
	if len(settings) == 0 {
		refuse("%s is empty", xrayConf())
	}
	config, err := parse(string(read(wgConf())))
	if err != nil {
		refuse("%s: %v", wgConf(), err)
	}
	prepare(config)

	check(run(rules(config), "/usr/sbin/nft", "-f", "-"))
	check(route())
	check(os.MkdirAll(filepath.Dir(socket(exitInterface)), 0o700))
	daemon, err := startDaemon(exitInterface)
	check(err)
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-asked
		// Nothing here has state, and what is left of a container ends with its first process.
		say("stopped")
		os.Exit(0)
	}()
	check(configure(daemon, exitInterface, config))
	check(routePeers(config))
	say("the tunnel is up")

	if _, err := pipe.Write(settings); err != nil {
		say("xray does not take its configuration: %v", err)
	}
	pipe.Close()
	name, code := ended(map[int]string{daemon: "amneziawg-go", xray: "xray"})
	say("%s ended with %d, so the exit does", name, code)
	if name == "xray" && code == invalidConfiguration {
		return 2
	}
	return max(code, 1)
}

// xray's exit code for a configuration that it can't use.
const invalidConfiguration = 23

// prepare adds what an exit wants and nobody wrote.
func prepare(config *Config) {
	for _, key := range config.unused {
		say("%s: %s is not used: name servers stand in %s, and are asked through the tunnel", wgConf(), key, xrayConf())
	}
	if !hasIPv6() && config.dropIPv6() {
		say("IPv6 is off in this container: addresses of it are left out")
		if len(config.addresses) == 0 {
			refuse("%s: no Address is left", wgConf())
		}
	}
	config.mark = exitMark
	if config.mtu == 0 {
		config.mtu = smallestMTU
	}
	for _, peer := range config.peers {
		// Otherwise nothing would show that an idle tunnel works.
		if peer.keepalive == "" && peer.endpoint.IsValid() {
			peer.keepalive = "25"
		}
	}
}

// read reads a file that the user gave.
func read(file string) []byte {
	in, err := os.Open(file)
	if os.IsNotExist(err) {
		refuse("missing: %s. An exit starts with %s and %s only", file, wgConf(), xrayConf())
	}
	if err != nil {
		refuse("uid %d can't read %s: give it to the owner of its folder", os.Getuid(), file)
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		refuse("uid %d can't read %s: %v", os.Getuid(), file, err)
	}
	return content
}
