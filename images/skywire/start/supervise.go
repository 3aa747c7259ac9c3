package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
)

// supervise runs the visor until it ends or is asked to, and returns its exit status.
func supervise(s settings) (int, error) {
	// Pdeathsig counts the thread that started the visor, not this program.
	runtime.LockOSThread()
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGINT)
	visor := exec.Command(skywire, "visor", "--config", s.config())
	visor.Dir = s.data
	visor.Stdout, visor.Stderr = os.Stdout, os.Stderr
	visor.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := visor.Start(); err != nil {
		return 2, fmt.Errorf("%s can't be started: %w", skywire, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- visor.Wait() }()
	select {
	case <-asked:
		visor.Process.Signal(syscall.SIGTERM)
		<-ended
		return 0, nil
	case err := <-ended:
		return status(err), nil
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
