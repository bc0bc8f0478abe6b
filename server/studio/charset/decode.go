// Package charset turns the bytes that Chinese offices deliver into text: UTF-8, UTF-16, GB18030 and, only when chosen,
// Big5. It is pure, strict and the same for scripts, tables and platform exports: what does not decode without a fault
// is refused, never repaired.
//
// Fold and Numeral are the two small tools that everything which reads such text needs to compare names and numbers as
// people write them.
package charset

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Encoding names how text was stored as bytes.
type Encoding string

// The encodings Decode knows. Big5 is never guessed, only chosen.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom"
	UTF16LE Encoding = "utf-16le"
	UTF16BE Encoding = "utf-16be"
	GB18030 Encoding = "gb18030"
	Big5    Encoding = "big5"
)

// Encodings lists every encoding a person may choose, in the order to offer them.
func Encodings() []Encoding {
	return []Encoding{UTF8, UTF8BOM, GB18030, UTF16LE, UTF16BE, Big5}
}

// Decoded is a delivery's text and how it was found.
type Decoded struct {
	Text     string
	Encoding Encoding
	// Guessed is true when neither a person, a byte order mark nor strict UTF-8 settled it.
	Guessed bool
}

// FaultError says that bytes do not decode. Line is where, from 1; 0 when no line is to blame.
type FaultError struct {
	Line int
	err  error
}

// Error gives the line.
func (e *FaultError) Error() string {
	text := "text does not decode"
	if e.Line > 0 {
		text += fmt.Sprintf(" at line %d", e.Line)
	}
	if e.err != nil {
		text += ": " + e.err.Error()
	}
	return text
}

// Unwrap gives the cause, where a decoder had one.
func (e *FaultError) Unwrap() error { return e.err }

// Decode turns bytes into text, by the chosen encoding or by the order that holds in practice: byte order mark,
// strict UTF-8, UTF-16 by its zero bytes, GB18030 if it decodes and looks like Chinese. Otherwise a person must say.
func Decode(data []byte, chosen Encoding) (Decoded, error) {
	if chosen != "" {
		text, err := As(data, chosen)
		return Decoded{Text: text, Encoding: chosen}, err
	}
	if e := Marked(data); e != "" {
		text, err := As(data, e)
		return Decoded{Text: text, Encoding: e}, err
	}
	if utf8.Valid(data) {
		return Decoded{Text: string(data), Encoding: UTF8}, nil
	}
	if e := Wide(data); e != "" {
		text, err := As(data, e)
		return Decoded{Text: text, Encoding: e, Guessed: true}, err
	}
	if n := cutUTF8(data); n > 0 {
		return Decoded{}, &FaultError{Line: lineAt(string(data[:n]))}
	}
	return guess(data)
}

// guess tries GB18030, the superset of GBK and GB2312, and refuses what decodes but reads like something else.
func guess(data []byte) (Decoded, error) {
	text, err := As(data, GB18030)
	if err != nil {
		return Decoded{}, guessFailed(data, err)
	}
	if !ReadsAsGB(data) {
		return Decoded{}, &FaultError{}
	}
	return Decoded{Text: text, Encoding: GB18030, Guessed: true}, nil
}

// guessFailed keeps the line only if all but the last character is GB18030; else no single line is to blame.
func guessFailed(data []byte, err error) error {
	for cut := 1; cut <= 3 && cut < len(data); cut++ {
		head := data[:len(data)-cut]
		if head[len(head)-1] < utf8.RuneSelf && cut > 1 {
			break
		}
		if _, e := As(head, GB18030); e == nil && ReadsAsGB(head) {
			return err
		}
	}
	return &FaultError{}
}

// Marked reads a byte order mark; empty without one.
func Marked(data []byte) Encoding {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return UTF8BOM
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return UTF16LE
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return UTF16BE
	}
	return ""
}

// As decodes strictly by one encoding: one byte that does not belong refuses the whole text.
func As(data []byte, e Encoding) (string, error) {
	switch e {
	case UTF8, UTF8BOM:
		data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
		if !utf8.Valid(data) {
			return "", &FaultError{Line: lineAt(string(data[:validPrefix(data)]))}
		}
		return string(data), nil
	case UTF16LE, UTF16BE:
		return decodeWide(data, e)
	case GB18030:
		return decodeBytes(data, simplifiedchinese.GB18030, []byte("\x84\x31\xA4\x37"))
	case Big5:
		return decodeBytes(data, traditionalchinese.Big5, nil)
	}
	return "", &FaultError{}
}

// decodeBytes runs a decoder that marks faults with U+FFFD. A delivery may hold that character itself, as literal.
func decodeBytes(data []byte, e encoding.Encoding, literal []byte) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", &FaultError{err: err}
	}
	text := string(out)
	faults := strings.Count(text, "\uFFFD")
	if faults > 0 && (literal == nil || faults > bytes.Count(data, literal)) {
		return "", &FaultError{Line: lineAt(text[:strings.IndexRune(text, utf8.RuneError)])}
	}
	return text, nil
}

// cutUTF8 finds UTF-8 whose last character is incomplete and gives the length of the sound part.
func cutUTF8(data []byte) int {
	n := validPrefix(data)
	if rest := data[n:]; n == 0 || len(rest) > 3 || utf8.FullRune(rest) {
		return 0
	}
	if bytes.IndexFunc(data[:n], func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return 0
	}
	return n
}

func validPrefix(data []byte) int {
	n := 0
	for n < len(data) {
		r, size := utf8.DecodeRune(data[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// lineAt is the number of the line on which text ends.
func lineAt(text string) int {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return 1 + strings.Count(text, "\n") + strings.Count(text, "\r")
}
