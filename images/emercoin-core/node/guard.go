package main

import (
	"fmt"
	"net"
	"net/netip"
	"time"
)

const (
	dnsHeader = 12
	// EmerDNS answers one question after the other; more than this would only wait.
	mostQuestions = 128
	dnsTimeout    = 4 * time.Second
)

// serveGuard takes the questions for EmerDNS, and hands on those that it can stand: a single empty datagram would end it
// until the node is started again. It answers to the allowed networks only.
func serveGuard(allow []netip.Prefix) error {
	conn, err := net.ListenPacket("udp", ":"+guardPort)
	if err != nil {
		return fmt.Errorf("nothing can listen on port %s/udp: %w", guardPort, err)
	}
	slots := make(chan struct{}, mostQuestions)
	go func() {
		for {
			buffer := make([]byte, 4096)
			n, from, err := conn.ReadFrom(buffer)
			if err != nil {
				continue
			}
			if !isQuestion(buffer[:n]) || !isAllowed(from, allow) {
				continue
			}
			select {
			case slots <- struct{}{}:
				go func() {
					defer func() { <-slots }()
					if answer, err := ask(dnsPort, buffer[:n], dnsTimeout); err == nil {
						conn.WriteTo(answer, from)
					}
				}()
			default: // Who gets no answer asks again.
			}
		}
	}()
	return nil
}

// isQuestion is true for what has a header that says so.
func isQuestion(packet []byte) bool { return len(packet) >= dnsHeader && packet[2]&0x80 == 0 }

func isAllowed(from net.Addr, allow []netip.Prefix) bool {
	sender, err := netip.ParseAddrPort(from.String())
	if err != nil {
		return false
	}
	address := sender.Addr().Unmap().WithZone("")
	if address.IsLoopback() {
		return true
	}
	for _, network := range allow {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// ask sends a question to a port of this container and returns the answer to it.
func ask(port string, question []byte, timeout time.Duration) ([]byte, error) {
	conn, err := net.Dial("udp4", "127.0.0.1:"+port)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(timeout))
	if _, err := conn.Write(question); err != nil {
		return nil, err
	}
	for {
		answer := make([]byte, 4096)
		n, err := conn.Read(answer)
		if err != nil {
			return nil, err
		}
		if n >= dnsHeader && answer[0] == question[0] && answer[1] == question[1] && answer[2]&0x80 != 0 {
			return answer[:n], nil
		}
	}
}
