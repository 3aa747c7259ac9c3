package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"time"
)

// standBefore listens on the API's port and passes on to the library, which gets a port of the loopback: it checks the
// Host header on a loopback address only. A page that reaches the node by a name of its own is refused here
// (DNS rebinding), as is one that is not the node's own.
func standBefore(s settings) (inner int, err error) {
	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", apiPort))
	if err != nil {
		return 0, fmt.Errorf("port %d can't be opened: %w", apiPort, err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("no port of the loopback can be opened: %w", err)
	}
	inner = free.Addr().(*net.TCPAddr).Port
	free.Close()
	target := &url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", inner)}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Header.Del("Origin")
			r.Out.Header.Del("Referer")
		},
		Transport: &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			http.Error(w, "502 Bad Gateway - the node is starting or ending", http.StatusBadGateway)
		},
	}
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if reason := refusal(r, s.hosts); reason != "" {
				http.Error(w, "403 Forbidden - "+reason, http.StatusForbidden)
				return
			}
			proxy.ServeHTTP(w, r)
		}),
	}
	go server.Serve(listener)
	return inner, nil
}

// refusal says why a request is not passed on. No page can make a browser send another host's address or localhost as Host.
func refusal(r *http.Request, hosts []string) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = strings.Trim(r.Host, "[]")
	}
	known := func(name string) bool { return strings.EqualFold(name, host) }
	if net.ParseIP(host) == nil && !known("localhost") && !slices.ContainsFunc(hosts, known) {
		return "Invalid Host: NESS_API_HOSTS does not name it"
	}
	for _, header := range []string{"Origin", "Referer"} {
		if value := r.Header.Get(header); value != "" {
			if page, err := url.Parse(value); err != nil || !strings.EqualFold(page.Host, r.Host) {
				return "Invalid " + header
			}
		}
	}
	return ""
}
