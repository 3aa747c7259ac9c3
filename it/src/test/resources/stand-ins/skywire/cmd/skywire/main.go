// Command skywire stands in for the real one: it makes a configuration of the same shape, and serves as much of the
// hypervisor page as scripts and probes can tell.
//
//	STAND_IN  connected: there is one transport
package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	gotop "github.com/xxxserxxx/gotop/v4"
)

type object = map[string]any

func main() {
	arguments := strings.Join(os.Args[1:], " ")
	switch {
	case strings.HasPrefix(arguments, "cli config gen "):
		generate(os.Args[4:])
	case len(os.Args) > 1 && os.Args[1] == "visor":
		visor(value(os.Args, "--config"))
	default:
		fmt.Println("skywire", arguments, "with", gotop.Name)
	}
}

// generate prints nothing without a file of services, as the real one does.
func generate(flags []string) {
	text, err := os.ReadFile(value(flags, "--svcconf"))
	var services struct{ Prod object }
	if err != nil || json.Unmarshal(text, &services) != nil || !slices.Contains(flags, "--nofetch") {
		return
	}
	if services.Prod["dmsg_discovery"] == nil {
		fmt.Fprintln(os.Stderr, "Dmsg Discovery not set")
		os.Exit(1)
	}
	random := make([]byte, 32)
	rand.Read(random)
	folder, _ := os.Getwd()
	fmt.Println("[skywire-cli] a line of the log")
	config, _ := json.MarshalIndent(object{
		"version": "v1.3.28", "sk": fmt.Sprintf("%x", random), "pk": fmt.Sprintf("02%x", sha256.Sum256(random)),
		"dmsg":      object{"discovery": services.Prod["dmsg_discovery"], "sessions_count": 2},
		"transport": object{"public_autoconnect": !slices.Contains(flags, "--autoconn"), "log_store": object{"location": "./local"}},
		"launcher": object{"bin_path": value(flags, "--binpath"), "apps": []object{
			{"name": "skychat", "binary": "skywire", "auto_start": true, "port": 1}}},
		"survey_whitelist": []string{"02b5"}, "local_path": "./local", "log_level": value(flags, "--loglvl"), "is_public": false,
		"hypervisor": object{"enable_auth": slices.Contains(flags, "--auth"), "http_addr": ":8000",
			"db_path": filepath.Join(folder, "users.db")},
	}, "", "\t")
	fmt.Println(string(config))
}

func visor(file string) {
	text, err := os.ReadFile(file)
	var config struct {
		SK, PK          string
		SurveyWhitelist []string `json:"survey_whitelist"`
		Transport       struct {
			Autoconnect bool `json:"public_autoconnect"`
		}
		Launcher struct {
			Apps []struct {
				Name  string
				Start bool `json:"auto_start"`
			}
		}
		Hypervisor struct {
			Auth bool   `json:"enable_auth"`
			Addr string `json:"http_addr"`
			DB   string `json:"db_path"`
		}
	}
	if err != nil || json.Unmarshal(text, &config) != nil || !strings.HasSuffix(file, ".json") {
		fmt.Fprintln(os.Stderr, "Failed to read in config.")
		os.Exit(1)
	}
	fmt.Println("visor", config.PK, "autoconnect", config.Transport.Autoconnect, "survey", len(config.SurveyWhitelist))
	for _, app := range config.Launcher.Apps {
		fmt.Println("app", app.Name, app.Start)
	}
	http.HandleFunc("/api/ping", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `"PONG!"`) })
	http.HandleFunc("/api/create-account", func(w http.ResponseWriter, r *http.Request) {
		login := read(r)
		if !strings.HasPrefix(login, "admin ") {
			w.WriteHeader(http.StatusForbidden)
		} else if _, err := os.Stat(config.Hypervisor.DB); err == nil {
			w.WriteHeader(http.StatusInternalServerError)
		} else if err := os.WriteFile(config.Hypervisor.DB, []byte(login), 0o600); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	http.HandleFunc("/api/login", func(w http.ResponseWriter, r *http.Request) {
		if known, err := os.ReadFile(config.Hypervisor.DB); err != nil || string(known) != read(r) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "swm-session", Value: config.SK[:16], Path: "/"})
	})
	http.HandleFunc("/api/visors/"+config.PK+"/transports", func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie("swm-session"); config.Hypervisor.Auth && (err != nil || cookie.Value != config.SK[:16]) {
			w.WriteHeader(http.StatusUnauthorized)
		} else if os.Getenv("STAND_IN") == "connected" {
			fmt.Fprint(w, `[{"id":"1"}]`)
		} else {
			fmt.Fprint(w, `[]`)
		}
	})
	go func() {
		fmt.Fprintln(os.Stderr, http.ListenAndServe(config.Hypervisor.Addr, nil))
		os.Exit(1)
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
}

func read(r *http.Request) string {
	var login struct{ Username, Password string }
	json.NewDecoder(r.Body).Decode(&login)
	return login.Username + " " + login.Password
}

// value is what stands after a flag.
func value(flags []string, name string) string {
	if at := slices.Index(flags, name); at >= 0 && at+1 < len(flags) {
		return flags[at+1]
	}
	return ""
}
