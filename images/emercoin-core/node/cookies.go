package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// cookies copies emercoind's cookie, which it writes anew at each start, to where others may read it.
type cookies struct {
	from, to string
}

// shareCookies checks the folder; one that was not asked for and can't be written is only told of.
func shareCookies(s settings) (cookies, error) {
	c := cookies{from: s.cookie(), to: filepath.Join(s.cookies, "cookie")}
	if _, err := os.Stat(s.cookies); os.IsNotExist(err) {
		// Group and mode come down to what is made in it.
		if os.Mkdir(s.cookies, 0o750) == nil {
			os.Chmod(s.cookies, 0o750|os.ModeSetgid)
		}
	}
	if err := requireWritable(s.cookies); err != nil {
		if s.cookiesAsked {
			return c, fmt.Errorf("EMERCOIN_COOKIE_DIR: %w", err)
		}
		fmt.Println("emercoin-core: the RPC cookie is not shared:", err)
		c.to = ""
	}
	return c, nil
}

// forget removes what a node left that was killed, so that nobody takes it for the next one's.
func (c cookies) forget() {
	os.Remove(c.from)
	if c.to != "" {
		os.Remove(c.to)
	}
}

// follow copies the cookie once it is there.
func (c cookies) follow(done <-chan struct{}) {
	for c.to != "" {
		if cookie, err := os.ReadFile(c.from); err == nil && len(cookie) > 0 {
			if err := write(c.to, cookie, 0o640); err != nil {
				fmt.Fprintln(os.Stderr, "emercoin-core: the RPC cookie can't be shared:", err)
			}
			return
		}
		select {
		case <-done:
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}
