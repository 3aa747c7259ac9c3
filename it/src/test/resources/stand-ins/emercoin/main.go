// Command emercoin stands in for emercoind and, by that name, for emercoin-cli. It reads the real one's configuration and
// behaves as the real one was recorded to, as far as scripts and probes can tell.
//
//	STAND_IN  ibd (default): no block yet; synced; warmup: still loading; stale: synced, but long ago
package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	options := map[string]string{}
	for _, argument := range os.Args[1:] {
		if key, value, found := strings.Cut(argument, "="); found {
			options[strings.TrimLeft(key, "-")] = value
		}
	}
	if filepath.Base(os.Args[0]) == "emercoin-cli" {
		fmt.Println("emercoin-cli", strings.Join(os.Args[1:], " "))
		return
	}
	datadir := options["datadir"]
	conf := read(options["conf"])
	identity := filepath.Join(datadir, "peers.dat")
	if _, err := os.Stat(identity); err != nil {
		must(os.WriteFile(identity, []byte(random()), 0o600))
	}
	if last(conf, "stuntimio") != "-1" {
		fmt.Println("asks STUN servers")
	}
	if last(conf, "disablewallet") != "1" {
		fmt.Println("opens wallet", last(conf, "wallet"))
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	cookie := filepath.Join(datadir, ".cookie")
	password := random()
	must(os.WriteFile(cookie, []byte("__cookie__:"+password), 0o600))
	serveDNS(conf)
	rpc := &http.Server{Handler: handler(conf, password)}
	for _, address := range conf["rpcbind"] {
		listener, err := net.Listen("tcp", net.JoinHostPort(address, last(conf, "rpcport")))
		if err != nil && address == "0.0.0.0" {
			must(err)
		}
		if err == nil {
			go rpc.Serve(listener)
		}
	}
	_, err := net.Listen("tcp", ":6661")
	must(err)
	<-stop
	os.Remove(cookie)
}

func handler(conf map[string][]string, password string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if user, secret, _ := r.BasicAuth(); user != "__cookie__" || secret != password {
			w.Header().Set("WWW-Authenticate", `Basic realm="jsonrpc"`)
			w.WriteHeader(401)
			return
		}
		var request struct{ Method string }
		json.NewDecoder(r.Body).Decode(&request)
		w.Header().Set("Content-Type", "application/json")
		switch {
		case request.Method == "getinfo" && last(conf, "disablewallet") == "1":
			syscall.Kill(os.Getpid(), syscall.SIGSEGV)
		case state() == "warmup":
			w.WriteHeader(500)
			fmt.Fprintln(w, `{"result":null,"error":{"code":-28,"message":"Verifying blocks..."},"id":1}`)
		case request.Method == "getblockchaininfo":
			fmt.Fprintln(w, `{"result":`+chain()+`,"error":null,"id":1}`)
		default:
			w.WriteHeader(404)
			fmt.Fprintln(w, `{"result":null,"error":{"code":-32601,"message":"Method not found"},"id":1}`)
		}
	}
}

func chain() string {
	blocks, median, downloading := 1334, time.Now().Unix()-3600, false
	switch state() {
	case "ibd":
		blocks, median, downloading = 0, 1386628033, true
	case "stale":
		median -= 30 * 24 * 3600
	}
	return fmt.Sprintf(`{"chain":"main","blocks":%d,"headers":%d,"mediantime":%d,"initialblockdownload":%t}`,
		blocks, blocks, median, downloading)
}

// serveDNS answers until an empty datagram or SIGUSR1 comes; the socket stays open and silent then.
func serveDNS(conf map[string][]string) {
	address := last(conf, "emcdnsbindip")
	if !strings.HasPrefix(address, "::") {
		address = "" // An IPv4 address is ignored.
	}
	conn, err := net.ListenPacket("udp", net.JoinHostPort(address, last(conf, "emcdnsport")))
	must(err)
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGUSR1)
	go func() {
		<-end
		conn.SetReadDeadline(time.Unix(1, 0))
	}()
	go func() {
		for {
			query := make([]byte, 512)
			n, from, err := conn.ReadFrom(query)
			if err != nil || n == 0 {
				return
			}
			conn.WriteTo(reply(query[:n]), from)
		}
	}()
}

func reply(query []byte) []byte {
	header := []byte{query[0], query[1], 0x85, 0x03, 0, 1, 0, 0, 0, 0, 0, 0}
	if state() != "synced" && state() != "stale" {
		header[3] = 0x02 // and no question after it
		return header
	}
	return append(header, query[12:]...)
}

func state() string {
	if state := os.Getenv("STAND_IN"); state != "" {
		return state
	}
	return "ibd"
}

func read(file string) map[string][]string {
	text, err := os.ReadFile(file)
	must(err)
	conf := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if key, value, found := strings.Cut(strings.TrimSpace(line), "="); found {
			conf[key] = append(conf[key], value)
		}
	}
	return conf
}

func last(conf map[string][]string, key string) string {
	if values := conf[key]; len(values) > 0 {
		return values[len(values)-1]
	}
	return ""
}

func random() string {
	bytes := make([]byte, 32)
	rand.Read(bytes)
	return hex.EncodeToString(bytes)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
