package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// What makes AmneziaWG 2.0 look unlike WireGuard. Names of the file in lower case are names of the UAPI.
var (
	disguises = regexp.MustCompile(`^(jc|jmin|jmax|s[1-4]|h[1-4]|i[1-5])$`)
	newer     = regexp.MustCompile(`^(headerprotectionkey|contentpaddingaddition|rekeyaftertime|rekeytimeout|rejectaftertime|` +
		`keepalivetimeout|maxhandshakeattempts|randomtrailers|disablecookies)$`)
	// A packet of these tags: bytes, random bytes, digits, letters, the time.
	signature = regexp.MustCompile(`^(<b 0x([0-9a-fA-F]{2})+>|<(r|rd|rc) [0-9]{1,4}>|<t>)+$`)
)

// The largest packet that every path takes, and what is left of it for padding beside each of the four messages.
const (
	smallestMTU = 1280
	largestS1   = smallestMTU - 148
	largestS2   = smallestMTU - 92
	largestS3   = smallestMTU - 64
	largestS4   = smallestMTU - 32
)

func isDisguise(key string) bool {
	return disguises.MatchString(key) || newer.MatchString(key)
}

// parseDisguise gives a value in the form that the daemon takes.
func parseDisguise(key, value string) (string, error) {
	if newer.MatchString(key) {
		return "", errors.New("belongs to AmneziaWG 3, and this image speaks 2.0")
	}
	switch key[0] {
	case 'h':
		low, high, err := parseHeader(value)
		if err != nil {
			return "", err
		}
		if low == high {
			return strconv.FormatUint(low, 10), nil
		}
		return fmt.Sprintf("%d-%d", low, high), nil
	case 'i':
		if !signature.MatchString(value) {
			return "", fmt.Errorf("%q is no row of tags like <b 0xf6ab><r 10><rd 4><rc 4><t>", value)
		}
		return value, nil
	default:
		most := map[string]int{"jc": 128, "s1": largestS1, "s2": largestS2, "s3": largestS3, "s4": largestS4}[key]
		if most == 0 {
			most = smallestMTU
		}
		_, err := parseNumber(value, 0, most)
		return value, err
	}
}

// A header is a number or a range of them.
func parseHeader(value string) (low, high uint64, err error) {
	from, to, isRange := strings.Cut(value, "-")
	if !isRange {
		to = from
	}
	low, err = strconv.ParseUint(strings.TrimSpace(from), 10, 32)
	if err == nil {
		high, err = strconv.ParseUint(strings.TrimSpace(to), 10, 32)
	}
	if err != nil || low > high {
		return 0, 0, fmt.Errorf("%q is no 32-bit number or range LOW-HIGH", value)
	}
	return low, high, nil
}

// checkDisguise holds values against each other: the daemon takes them for granted, or answers with a number only.
func checkDisguise(values map[string]string) error {
	least, _ := strconv.Atoi(values["jmin"])
	most, _ := strconv.Atoi(values["jmax"])
	if least > most {
		return fmt.Errorf("Jmin %d is above Jmax %d", least, most)
	}
	for i := 1; i <= 4; i++ {
		for j := i + 1; j <= 4; j++ {
			one, other := header(values, i), header(values, j)
			if one[0] <= other[1] && other[0] <= one[1] {
				return fmt.Errorf("H%d and H%d overlap", i, j)
			}
		}
	}
	return nil
}

// header is a range; plain WireGuard's numbers are 1 to 4.
func header(values map[string]string, number int) [2]uint64 {
	low, high, err := parseHeader(values["h"+strconv.Itoa(number)])
	if err != nil {
		return [2]uint64{uint64(number), uint64(number)}
	}
	return [2]uint64{low, high}
}
