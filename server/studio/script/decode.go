package script

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// decoded is a delivery's text and how it was found.
type decoded struct {
	text     string
	encoding Encoding
	guessed  bool
}

// decode turns bytes into text, by the chosen encoding or by the order that holds in practice: byte order mark,
// strict UTF-8, UTF-16 by its zero bytes, GB18030 if it decodes and looks like Chinese. Otherwise a person must say.
func decode(data []byte, chosen Encoding) (decoded, error) {
	if chosen != "" {
		text, err := decodeAs(data, chosen)
		return decoded{text: text, encoding: chosen}, err
	}
	if e := markedAs(data); e != "" {
		text, err := decodeAs(data, e)
		return decoded{text: text, encoding: e}, err
	}
	if utf8.Valid(data) {
		return decoded{text: string(data), encoding: UTF8}, nil
	}
	if e := wideAs(data); e != "" {
		text, err := decodeAs(data, e)
		return decoded{text: text, encoding: e, guessed: true}, err
	}
	if n := cutUTF8(data); n > 0 {
		return decoded{}, &RefusedError{Code: RefusedEncoding, Line: lineAt(string(data[:n]))}
	}
	return guess(data)
}

// guess tries GB18030, the superset of GBK and GB2312, and refuses what decodes but reads like something else.
func guess(data []byte) (decoded, error) {
	text, err := decodeAs(data, GB18030)
	if err != nil {
		return decoded{}, guessFailed(data, err)
	}
	if !readsAsGB(data) {
		return decoded{}, &RefusedError{Code: RefusedEncoding}
	}
	return decoded{text: text, encoding: GB18030, guessed: true}, nil
}

// guessFailed keeps the line only if all but the last character is GB18030; else no single line is to blame.
func guessFailed(data []byte, err error) error {
	for cut := 1; cut <= 3 && cut < len(data); cut++ {
		head := data[:len(data)-cut]
		if head[len(head)-1] < utf8.RuneSelf && cut > 1 {
			break
		}
		if _, e := decodeAs(head, GB18030); e == nil && readsAsGB(head) {
			return err
		}
	}
	return &RefusedError{Code: RefusedEncoding}
}

// markedAs reads a byte order mark.
func markedAs(data []byte) Encoding {
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

// decodeAs decodes strictly: one byte that does not belong refuses the whole text.
func decodeAs(data []byte, e Encoding) (string, error) {
	switch e {
	case UTF8, UTF8BOM:
		data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
		if !utf8.Valid(data) {
			return "", &RefusedError{Code: RefusedEncoding, Line: lineAt(string(data[:validPrefix(data)]))}
		}
		return string(data), nil
	case UTF16LE, UTF16BE:
		return decodeWide(data, e)
	case GB18030:
		return decodeBytes(data, simplifiedchinese.GB18030, []byte("\x84\x31\xA4\x37"))
	case Big5:
		return decodeBytes(data, traditionalchinese.Big5, nil)
	}
	return "", &RefusedError{Code: RefusedEncoding}
}

// decodeBytes runs a decoder that marks faults with U+FFFD. A delivery may hold that character itself, as literal.
func decodeBytes(data []byte, e encoding.Encoding, literal []byte) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", &RefusedError{Code: RefusedEncoding, err: err}
	}
	text := string(out)
	faults := strings.Count(text, "\uFFFD")
	if faults > 0 && (literal == nil || faults > bytes.Count(data, literal)) {
		return "", &RefusedError{Code: RefusedEncoding, Line: lineAt(text[:strings.IndexRune(text, utf8.RuneError)])}
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
