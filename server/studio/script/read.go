package script

import "bytes"

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
		return readDocx(data)
	}
	return readText(data, o)
}

func readText(data []byte, o Options) (*Script, error) {
	if err := refuseBinary(data, o.Encoding); err != nil {
		return nil, err
	}
	d, err := decode(data, o.Encoding)
	if err != nil {
		return nil, err
	}
	if err := refuseControls(d.text); err != nil {
		return nil, err
	}
	lines, err := splitLines(d.text)
	if err != nil {
		return nil, err
	}
	s := &Script{Format: Text, Encoding: d.encoding, Guessed: d.guessed}
	if isFountain(lines, o.Name) {
		s.Format = Fountain
		readFountain(lines)
	} else {
		readLayout(lines)
	}
	return build(s, lines)
}

func readDocx(data []byte) (*Script, error) {
	text, err := docxText(data)
	if err != nil {
		return nil, err
	}
	lines, err := splitLines(text)
	if err != nil {
		return nil, err
	}
	readLayout(lines)
	return build(&Script{Format: Docx}, lines)
}
