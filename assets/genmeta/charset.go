package genmeta

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// decodeText reads UTF-8 where it is valid and Latin-1 otherwise; writers put both into Latin-1 fields. NULs at either
// end are dropped.
func decodeText(b []byte) string {
	b = bytes.Trim(b, "\x00")
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	s.Grow(2 * len(b))
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// decodeComment reads an Exif UserComment (Exif 2.32 §4.6.5): an eight-byte character code, then text. The code may be
// missing, and the byte order of UTF-16 is not that of the TIFF block, so the text itself decides.
func decodeComment(b []byte, order binary.ByteOrder) string {
	if len(b) >= 8 {
		switch strings.ToUpper(string(b[:8])) {
		case "UNICODE\x00":
			return decodeWide(b[8:], order)
		case "ASCII\x00\x00\x00":
			return decodeText(b[8:])
		case "JIS\x00\x00\x00\x00\x00":
			return decodeJIS(b[8:])
		case "\x00\x00\x00\x00\x00\x00\x00\x00":
			b = b[8:]
		}
	}
	if bytes.IndexByte(bytes.TrimRight(b, "\x00"), 0) >= 0 || looksWide(b) {
		return decodeWide(b, order)
	}
	return decodeText(b)
}

// decodeJIS reads ISO-2022-JP, which the code JIS stands for; what holds no escape sequence was written otherwise.
func decodeJIS(b []byte) string {
	if bytes.IndexByte(b, 0x1B) < 0 {
		return decodeText(b)
	}
	out, err := japanese.ISO2022JP.NewDecoder().Bytes(b)
	if err != nil {
		return decodeText(b)
	}
	return decodeText(out)
}

// looksWide spots UTF-16 that holds not one NUL, as pure Chinese does: neither UTF-8 nor mostly plain letters, and in one
// byte order without an absurd character.
func looksWide(b []byte) bool {
	if len(b) < 4 || len(b)%2 != 0 || utf8.Valid(b) {
		return false
	}
	if bytes.HasPrefix(b, []byte{0xFE, 0xFF}) || bytes.HasPrefix(b, []byte{0xFF, 0xFE}) {
		return true
	}
	plain := 0
	for _, c := range b {
		if c >= 0x20 && c < 0x7F {
			plain++
		}
	}
	return plain*5 < len(b)*4 && (absurd(wide(b, binary.BigEndian)) == 0 || absurd(wide(b, binary.LittleEndian)) == 0)
}

// decodeWide reads UTF-16 in the byte order that gives fewer absurd characters; a byte order mark settles it, and text
// without a single NUL that is valid UTF-8 was never UTF-16.
func decodeWide(b []byte, order binary.ByteOrder) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return wide(b[2:], binary.BigEndian)
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return wide(b[2:], binary.LittleEndian)
	case mostlyASCII(b):
		return decodeText(b)
	}
	big, little := wide(b, binary.BigEndian), wide(b, binary.LittleEndian)
	bad, worse := absurd(big), absurd(little)
	if bad == worse {
		bad, worse = rareHan(big), rareHan(little)
	}
	if bad < worse || bad == worse && order == binary.BigEndian {
		return big
	}
	return little
}

func wide(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// mostlyASCII spots one-byte text behind a UNICODE code.
func mostlyASCII(b []byte) bool {
	b = bytes.TrimRight(b, "\x00")
	if bytes.IndexByte(b, 0) >= 0 || !utf8.Valid(b) {
		return false
	}
	plain := 0
	for _, c := range b {
		if c >= 0x20 && c < 0x7F || c == '\n' {
			plain++
		}
	}
	return plain*10 >= len(b)*9
}

// roundHan are the everyday characters whose low byte is zero.
const roundHan = "一开最需退销言"

// absurd counts characters that no prompt would hold. Swapped ASCII gives Han characters whose low byte is zero.
func absurd(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r >= 0x20 && r < 0x250, r == '\n', r == '\r', r == '\t':
		case r >= 0x4E00 && r&0xFF == 0 && strings.ContainsRune(roundHan, r):
		case r != 0 && r&0xFF == 0, r == utf8.RuneError:
			n += 2
		case r >= 0x3400 && r < 0x4E00: // rare Han, but common as swapped Cyrillic
			n++
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Cyrillic, unicode.Po, unicode.Ps, unicode.Pe, unicode.Pd, unicode.Sm, unicode.So):
		default:
			n++
		}
	}
	return n
}
