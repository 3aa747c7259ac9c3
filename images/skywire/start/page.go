package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"time"
)

const (
	pagePort = "8000"
	// The visor's own page, on the loopback address: until it has a user, the first visitor may become it.
	innerPort = "8010"
	user      = "admin" // the only name that the visor takes
	answer    = 4 * time.Second
)

// page is the hypervisor's, with its interface for programs.
type page struct{ settings }

// open makes the user if there is none, and then lets others in.
func (p page) open(password string) {
	account := p.file("account-made")
	for ; ; time.Sleep(200 * time.Millisecond) {
		if p.ping(innerPort) != nil {
			continue
		}
		if _, err := os.Stat(account); err == nil {
			break
		}
		if err := p.makeUser(password); err != nil {
			fmt.Fprintln(os.Stderr, "skywire: the page stays closed, its user can't be made:", err)
			return
		}
		if err := write(account, []byte(user+"\n")); err != nil {
			fmt.Fprintln(os.Stderr, "skywire: the page stays closed:", err)
			return
		}
		break
	}
	listener, err := net.Listen("tcp", ":"+pagePort)
	if err != nil {
		fmt.Fprintln(os.Stderr, "skywire: the page stays closed:", err)
		return
	}
	fmt.Println("skywire: the page is open on port " + pagePort + ", its user is " + user)
	for {
		if visitor, err := listener.Accept(); err == nil {
			go join(visitor)
		}
	}
}

func join(visitor net.Conn) {
	defer visitor.Close()
	inner, err := net.DialTimeout("tcp", "127.0.0.1:"+innerPort, answer)
	if err != nil {
		return
	}
	defer inner.Close()
	ended := make(chan struct{}, 2)
	for _, pair := range [][2]net.Conn{{inner, visitor}, {visitor, inner}} {
		go func() {
			io.Copy(pair[0], pair[1])
			pair[0].(*net.TCPConn).CloseWrite()
			ended <- struct{}{}
		}()
	}
	<-ended
	<-ended
}

// makeUser is content with a user that is there already and has this password: the last start was ended in between.
func (p page) makeUser(password string) error {
	client := http.Client{Timeout: answer}
	login := map[string]string{"username": user, "password": password}
	made, err := post(&client, innerPort, "create-account", login)
	if err != nil || made == http.StatusOK {
		return err
	}
	if known, err := post(&client, innerPort, "login", login); err != nil || known != http.StatusOK {
		return fmt.Errorf("the visor answers %d", made)
	}
	return nil
}

func (p page) ping(port string) error {
	client := http.Client{Timeout: answer}
	text, err := get(&client, port, "ping")
	if err == nil && !bytes.Contains(text, []byte("PONG")) {
		err = errors.New("something else answers")
	}
	if err != nil {
		return fmt.Errorf("the page does not answer: %w", err)
	}
	return nil
}

// hasTransport logs in with the password of this volume, which an operator may have changed on the page.
func (p page) hasTransport() error {
	password, err := os.ReadFile(p.file("hypervisor-password"))
	if err != nil {
		return err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: answer, Jar: jar}
	login := map[string]string{"username": user, "password": strings.TrimSpace(string(password))}
	status, err := post(&client, innerPort, "login", login)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("the page refuses the password in %s: put the new one there", p.file("hypervisor-password"))
	}
	text, err := os.ReadFile(p.config())
	if err != nil {
		return err
	}
	var config struct{ PK string }
	if err := json.Unmarshal(text, &config); err != nil {
		return err
	}
	if text, err = get(&client, innerPort, "visors/"+config.PK+"/transports"); err != nil {
		return err
	}
	var transports []any
	if err := json.Unmarshal(text, &transports); err != nil {
		return err
	}
	if len(transports) == 0 {
		return errors.New("there is no transport to another visor")
	}
	return nil
}

func get(client *http.Client, port, path string) ([]byte, error) {
	response, err := client.Get("http://127.0.0.1:" + port + "/api/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("it answers %d to %s", response.StatusCode, path)
	}
	return text, err
}

func post(client *http.Client, port, path string, value any) (int, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return 0, err
	}
	response, err := client.Post("http://127.0.0.1:"+port+"/api/"+path, "application/json", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	response.Body.Close()
	return response.StatusCode, nil
}
