package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The parts of a shot's label as folders and file names spell them.
const (
	digit     = `[0-9０-９]`
	numberIn  = digit + `{1,5}`
	sceneIn   = digit + `{1,5}(?:[A-Za-z][0-9A-Za-z]{0,3})?`
	shotIn    = digit + `{1,5}(?:[A-Za-z]{1,2}|-[0-9]{1,3})?`
	wholeIn   = `E` + numberIn + `[-_ ]?S` + sceneIn + `[-_ ]` + shotIn
	separator = `[-_ ]`
)

// wholeLabel takes E03-S02-014 apart, also as e3_s2_14.
func wholeLabel() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:E)(` + numberIn + `)` + separator + `?(?i:S)(` + sceneIn + `)` + separator + `(` + shotIn + `)$`)
}

// Label spells a shot's label as the desk does, E03-S02-014: leading zeros do
// not count. What is no label, such as an id, comes back as it is with false.
func Label(s string) (string, bool) {
	m := wholeLabel().FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return s, false
	}
	return labelOf(m[1], m[2], m[3]), true
}

// labelOf puts a label together: two digits for episode and scene, three for the shot, letters in capitals.
func labelOf(episode, scene, shot string) string {
	return fmt.Sprintf("E%s-S%s-%s", padded(episode, 2), padded(scene, 2), padded(shot, 3))
}

// padded writes the number at the start of s with so many digits at least.
func padded(s string, digits int) string {
	s = strings.ToUpper(norm.NFKC.String(s))
	rest := strings.TrimLeft(s, "0123456789")
	n, err := strconv.Atoi(s[:len(s)-len(rest)])
	if err != nil {
		return s
	}
	return fmt.Sprintf("%0*d%s", digits, n, rest)
}
