package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

const (
	emercoind = "/usr/bin/emercoind"
	lookEvery = 5 * time.Second
	// A single lost datagram means nothing.
	deafAfter = 3
)

// supervise runs emercoind until it ends or is asked to, and returns its exit status. A node whose EmerDNS has fallen
// silent is started again, because nothing else brings EmerDNS back.
func supervise(s settings, cookies cookies) int {
	// Pdeathsig counts the thread that started the node, not this program.
	runtime.LockOSThread()
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT)
	for {
		cookies.forget()
		node := exec.Command(emercoind, "-datadir="+s.data, "-conf="+s.conf())
		node.Stdout, node.Stderr = os.Stdout, os.Stderr
		// It ends with this program, however that ends.
		node.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
		if err := node.Start(); err != nil {
			fmt.Fprintf(os.Stderr, "emercoin-core: %s can't be started: %v\n", emercoind, err)
			return 2
		}
		done := make(chan struct{})
		ended := make(chan error, 1)
		go func() {
			ended <- node.Wait()
			close(done)
		}()
		go cookies.follow(done)
		deaf := make(chan struct{}, 1)
		go watch(s, done, deaf)
		select {
		case <-asked:
			node.Process.Signal(syscall.SIGTERM)
			<-ended
			cookies.forget()
			return 0
		case err := <-ended:
			cookies.forget()
			return status(err)
		case <-deaf:
			fmt.Println("emercoin-core: EmerDNS has fallen silent, the node is started again")
			node.Process.Signal(syscall.SIGTERM)
			select {
			case <-ended:
			case <-asked:
				<-ended
				return 0
			}
		}
	}
}

// watch tells when EmerDNS, having answered before, is silent though RPC answers.
func watch(s settings, done <-chan struct{}, deaf chan<- struct{}) {
	heard, silences := false, 0
	for {
		select {
		case <-done:
			return
		case <-time.After(lookEvery):
		}
		_, _, silence := lookUp(dnsPort, dnsTimeout)
		if silence == nil {
			if !heard {
				fmt.Println("emercoin-core: EmerDNS answers")
			}
			heard, silences = true, 0
			continue
		}
		if _, _, err := blockchain(s); err != nil || !heard {
			silences = 0
			continue
		}
		if silences++; silences == deafAfter {
			deaf <- struct{}{}
			return
		}
	}
}

// status is as a shell tells it: 128 and the signal for what a signal ended.
func status(err error) int {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return 0
	}
	if wait, ok := exit.Sys().(syscall.WaitStatus); ok && wait.Signaled() {
		return 128 + int(wait.Signal())
	}
	return exit.ExitCode()
}
