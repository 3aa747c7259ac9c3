package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	rpcTimeout = 5 * time.Second
	// A node that has just seen a block; without peers its newest one grows old.
	oldestTip = 24 * time.Hour
)

// chain is what getblockchaininfo tells; getinfo would end a node without a wallet.
type chain struct {
	Blocks, Headers int64
	MedianTime      int64
	Downloading     bool `json:"initialblockdownload"`
}

// blockchain asks the node. The error is nil or its own, such as "Loading block index..." while it warms up; answered is
// false if nothing answered at all.
func blockchain(s settings) (found chain, answered bool, err error) {
	body := `{"jsonrpc":"1.0","id":1,"method":"getblockchaininfo","params":[]}`
	request, err := http.NewRequest("POST", "http://127.0.0.1:"+rpcPort+"/", strings.NewReader(body))
	if err != nil {
		return found, false, err
	}
	cookie, _ := os.ReadFile(s.cookie())
	user, password, _ := strings.Cut(string(cookie), ":")
	request.SetBasicAuth(user, password)
	client := http.Client{Timeout: rpcTimeout}
	response, err := client.Do(request)
	if err != nil {
		return found, false, fmt.Errorf("RPC does not answer: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return found, false, fmt.Errorf("RPC does not answer: %w", err)
	}
	var reply struct {
		Result *chain
		Error  struct{ Message string }
	}
	if json.Unmarshal(text, &reply) != nil || reply.Result == nil {
		return found, true, fmt.Errorf("RPC answers %d %s", response.StatusCode, reply.Error.Message)
	}
	return *reply.Result, true, nil
}

// lookUp asks EmerDNS for a name, through the guard or past it.
func lookUp(port string, timeout time.Duration) (question, answer []byte, err error) {
	id := rand.Uint32()
	question = []byte{byte(id), byte(id >> 8), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}
	question = append(question, "\x08emercoin\x03emc\x00\x00\x01\x00\x01"...)
	answer, err = ask(port, question, timeout)
	if err != nil {
		err = errors.New("EmerDNS does not answer")
	}
	return question, answer, err
}

// health is nil while RPC answers, whatever it says; once it is past its warm-up, EmerDNS must answer too.
func health() error {
	s, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	_, answered, err := blockchain(s)
	if !answered {
		return err
	}
	if err == nil {
		_, _, err := lookUp(guardPort, dnsTimeout)
		return err
	}
	return nil
}

// ready is nil when the chain is up to date and EmerDNS answers the very question that it was asked: while blocks are
// downloaded it sends a bare header.
func ready() error {
	s, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	chain, _, err := blockchain(s)
	if err != nil {
		return err
	}
	if chain.Downloading || chain.Headers-chain.Blocks > 1 {
		return fmt.Errorf("block %d of %d", chain.Blocks, chain.Headers)
	}
	if age := time.Since(time.Unix(chain.MedianTime, 0)); age > oldestTip {
		return fmt.Errorf("the newest blocks are %d hours old", int(age.Hours()))
	}
	question, answer, err := lookUp(guardPort, dnsTimeout)
	if err != nil {
		return err
	}
	const serverFailure = 2 // RFC 1035, 4.1.1
	if answer[3]&0x0f == serverFailure || !bytes.HasPrefix(answer[dnsHeader:], question[dnsHeader:]) {
		return errors.New("EmerDNS does not answer the question")
	}
	return nil
}
