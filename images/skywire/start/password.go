package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// The visor wants six to sixty-four printable characters, of each of these kinds one.
var kinds = []string{"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789", "!#$%&()*+,-./:;<=>?@[]^_{|}~"}

// password is that of the page's user: the operator's, or one that is made once. It is kept on the volume, where the
// readiness check needs it.
func (s settings) password() (string, error) {
	file := s.file("hypervisor-password")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if s.passwordFile != "" {
			if text, err = os.ReadFile(s.passwordFile); err != nil {
				return "", fmt.Errorf("SKYWIRE_PASSWORD_FILE: uid %d can't read %s", os.Getuid(), s.passwordFile)
			}
		} else {
			secret := make([]byte, 24)
			rand.Read(secret) // never fails: it ends the program instead
			text = []byte(base64.URLEncoding.EncodeToString(secret) + "Aa1-\n")
			fmt.Println("skywire: the page's password is in " + file)
		}
	} else if err != nil {
		return "", fmt.Errorf("%s can't be read: %w", file, err)
	}
	password := strings.TrimRight(string(text), "\r\n")
	if err := check(password); err != nil {
		return "", fmt.Errorf("the page's password (%s): %w", orElse(s.passwordFile, file), err)
	}
	return password, write(file, []byte(password+"\n"))
}

func check(password string) error {
	if len(password) < 6 || len(password) > 64 {
		return errors.New("it has not 6 to 64 characters")
	}
	if strings.Trim(password, strings.Join(kinds, "")) != "" {
		return errors.New("it has characters other than letters, digits and signs of ASCII")
	}
	for _, kind := range kinds {
		if !strings.ContainsAny(password, kind) {
			return errors.New("it has not one capital, one small letter, one digit and one sign")
		}
	}
	return nil
}
