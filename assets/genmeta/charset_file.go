package genmeta

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// decodeFile reads a whole text file or packet: UTF-8 and UTF-16 with a byte order mark or without, GB18030, and
// Latin-1 when it is none of these.
func decodeFile(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}), bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return decodeWide(b, binary.BigEndian)
	case utf8.Valid(b) && bytes.Count(b, []byte{0}) <= len(b)/8:
		return decodeText(b)
	case bytes.IndexByte(b, 0) >= 0:
		return decodeWide(b, binary.LittleEndian)
	}
	chinese, ok := decodeGB(b)
	if looksWide(b) && (!ok || rareHan(chinese) > rareHan(decodeWide(b, binary.LittleEndian))) {
		return decodeWide(b, binary.LittleEndian)
	}
	if ok {
		return chinese
	}
	return decodeText(b)
}

// decodeGB reads GB18030. Latin-1 can be legal GB18030 by chance: a letter with an accent and the plain letter behind it
// make one character. But then most bytes are plain, and none of these characters is one of GB 2312.
func decodeGB(b []byte) (string, bool) {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil || bytes.Contains(out, []byte("\uFFFD")) {
		return "", false
	}
	high, pairs, plain := 0, 0, 0
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if high++; i+1 < len(b) {
			pairs++
			if b[i+1] < 0x80 {
				plain++
			} else {
				high++
			}
			i++
		}
	}
	return string(out), 4*plain <= pairs || 2*high >= len(b)
}
