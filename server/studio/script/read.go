package script

import (
	"bytes"
	"errors"

	"chouka/server/studio/charset"
)

// The limits of one reading. A line above longLine runes is kept whole but not looked into.
const (
	maxBytes = 16 << 20
	maxLines = 200_000
	longLine = 20_000
)

// Read reads one delivery. The format is found by content, the encoding by content unless chosen. Errors are
// *RefusedError; whatever can be decoded is read, however it is laid out.
func Read(data []byte, o Options) (*Script, error) {
	if len(data) > maxBytes {
		return nil, &RefusedError{Code: RefusedTooLarge}
	}
	if len(data) == 0 {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	if err := refuseForeign(data); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return readDocx(data, o)
	}
	if startsXML(data) {
		return readFDX(data, o)
	}
	return readText(data, o)
}

// undecoded says of bytes that do not decode where that is.
func undecoded(err error) error {
	var fault *charset.FaultError
	if errors.As(err, &fault) {
		return &RefusedError{Code: RefusedEncoding, Line: fault.Line, err: fault.Unwrap()}
	}
	return err
}

func readText(data []byte, o Options) (*Script, error) {
	if err := refuseBinary(data, o.Encoding); err != nil {
		return nil, err
	}
	d, err := charset.Decode(data, o.Encoding)
	if err != nil {
		return nil, undecoded(err)
	}
	if err := refuseControls(d.Text); err != nil {
		return nil, err
	}
	lines, err := splitLines(d.Text)
	if err != nil {
		return nil, err
	}
	if err := setByHand(lines, o.Kinds); err != nil {
		return nil, err
	}
	s := &Script{Format: Text, Encoding: d.Encoding, Guessed: d.Guessed}
	if isFountain(lines, o.Name) {
		s.Format = Fountain
		readFountain(lines)
	} else {
		readLayout(lines)
	}
	return build(s, lines)
}

func readDocx(data []byte, o Options) (*Script, error) {
	text, err := docxText(data)
	if err != nil {
		return nil, err
	}
	lines, err := splitLines(text)
	if err != nil {
		return nil, err
	}
	if err := setByHand(lines, o.Kinds); err != nil {
		return nil, err
	}
	readLayout(lines)
	return build(&Script{Format: Docx}, lines)
}
