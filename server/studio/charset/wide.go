package charset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeWide decodes UTF-16 and refuses half units and lone surrogates.
func decodeWide(data []byte, e Encoding) (string, error) {
	var order binary.ByteOrder = binary.LittleEndian
	if e == UTF16BE {
		order = binary.BigEndian
	}
	var b strings.Builder
	b.Grow(len(data))
	line := 1
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if i == 0 && r == 0xFEFF {
			continue
		}
		if utf16.IsSurrogate(r) {
			if i+3 >= len(data) {
				return "", &FaultError{Line: line}
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(data[i+2:]))); r == utf8.RuneError {
				return "", &FaultError{Line: line}
			}
			i += 2
		}
		if r == '\n' {
			line++
		}
		b.WriteRune(r)
	}
	if len(data)%2 == 1 {
		return "", &FaultError{Line: line}
	}
	return b.String(), nil
}

// Wide finds UTF-16 without a mark: text has zero bytes only in the high half of its units, and reads well in
// exactly that order.
func Wide(data []byte) Encoding {
	if bytes.IndexByte(data, 0) < 0 {
		return ""
	}
	even, odd := zeros(data)
	order := UTF16LE
	if even > odd {
		order = UTF16BE
	}
	if even == odd || !readsAsWide(data, order) {
		return ""
	}
	return order
}

// zeros counts zero bytes at even and at odd places of the first 64 KiB.
func zeros(data []byte) (even, odd int) {
	for i, c := range data[:min(len(data), 64<<10)] {
		if c != 0 {
			continue
		}
		if i%2 == 0 {
			even++
		} else {
			odd++
		}
	}
	return even, odd
}

// readsAsWide wants nine of ten units to be ASCII text, Han or Chinese punctuation.
func readsAsWide(data []byte, e Encoding) bool {
	data = data[:min(len(data), 64<<10)]
	units, good := 0, 0
	for i := 0; i+1 < len(data); i += 2 {
		u := uint16(data[i]) | uint16(data[i+1])<<8
		if e == UTF16BE {
			u = u<<8 | u>>8
		}
		units++
		if u == 0 {
			return false
		}
		if likelyText(rune(u)) {
			good++
		}
	}
	return units > 0 && good*10 >= units*9
}

func likelyText(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r >= 0x20 && r < 0x7F:
		return true
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFFEF:
		return true
	}
	return r >= 0x2010 && r <= 0x2027 || r >= 0x25A0 && r <= 0x25FF || r >= 0xA0 && r <= 0x17F || r >= 0x0391 && r <= 0x03C9 || r == 0x2206 || r == 0xFEFF
}

// ReadsAsGB judges bytes that decode as GB18030 by the share of everyday characters. Big5 decodes without a fault
// too, but into rare ones; then the Big5 reading has nearly all of its characters in Big5's everyday block.
func ReadsAsGB(data []byte) bool {
	data = data[:min(len(data), 256<<10)]
	pairs, everyday, big5Pairs, big5Everyday := 0, 0, 0, 0
	for i := 0; i+1 < len(data); i++ {
		lead, trail := data[i], data[i+1]
		if lead < 0x81 {
			continue
		}
		if trail >= 0x30 && trail <= 0x39 && i+3 < len(data) {
			i += 3
			continue
		}
		pairs++
		if lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1 || lead >= 0xA1 && lead <= 0xA3 && trail >= 0xA1 {
			everyday++
		}
		if trail >= 0x40 && trail <= 0x7E || trail >= 0xA1 && trail <= 0xFE {
			big5Pairs++
		}
		if lead >= 0xA1 && lead <= 0xC6 {
			big5Everyday++
		}
		i++
	}
	if pairs < 4 || everyday*10 >= pairs*6 {
		return true
	}
	return everyday*10 >= pairs*3 && (big5Pairs < pairs || big5Everyday*100 < pairs*95)
}
