package sheet

import (
	"bytes"
	"strings"

	"chouka/server/studio/charset"
)

// format tells by the first bytes what no text begins with.
func format(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return "zip"
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return "ole"
	case bytes.HasPrefix(data, []byte("%PDF-")), bytes.HasPrefix(data, []byte(`{\rtf`)):
		return "foreign"
	}
	return ""
}

func readText(data []byte, o Options) (*Grid, error) {
	if binary(data, o.Encoding) {
		return nil, &RefusedError{Code: RefusedBinary}
	}
	d, err := charset.Decode(data, o.Encoding)
	if err != nil {
		return nil, &RefusedError{Code: RefusedEncoding, err: err}
	}
	text := strings.TrimPrefix(d.Text, "\uFEFF")
	switch {
	case charset.Blank(text):
		return nil, &RefusedError{Code: RefusedEmpty}
	case strings.ContainsRune(text, 0):
		return nil, &RefusedError{Code: RefusedBinary}
	}
	text, said := saidSeparator(text)
	g := &Grid{Encoding: d.Encoding, Separator: o.Separator}
	switch {
	case g.Separator != "":
	case said != "":
		g.Separator = said
	default:
		g.Separator = separator(text, o.Names)
	}
	var k *known
	if o.Raw {
		k = newKnown()
	}
	g.Rows, err = cells(text, g.Separator.rune(), o.rows(), k)
	return g, err
}

// binary knows what is no text: zero bytes outside UTF-16, or many control characters.
func binary(data []byte, chosen charset.Encoding) bool {
	e := chosen
	if e == "" {
		e = charset.Marked(data)
	}
	if e == "" {
		e = charset.Wide(data)
	}
	if e == charset.UTF16LE || e == charset.UTF16BE {
		return false
	}
	controls := 0
	for _, c := range data {
		switch {
		case c == 0:
			return true
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			controls++
		}
	}
	return controls*50 > len(data)
}

// saidSeparator heeds the line "sep=;" that spreadsheets write and read. It stays as a blank row, so that rows keep
// their numbers.
func saidSeparator(text string) (string, Separator) {
	rest, ok := strings.CutPrefix(text, "sep=")
	if !ok {
		return text, ""
	}
	for _, s := range Separators() {
		if tail, ok := strings.CutPrefix(rest, string(s.rune())); ok && (tail == "" || tail[0] == '\n' || tail[0] == '\r') {
			return tail, s
		}
	}
	return text, ""
}
