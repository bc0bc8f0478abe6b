package script

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// refuseForeign names the formats that are not scripts we read, by content and never by name.
func refuseForeign(data []byte) error {
	switch found := foreign(data); found {
	case "":
	case "image":
		return &RefusedError{Code: RefusedBinary, Found: found}
	default:
		return &RefusedError{Code: RefusedUnsupported, Found: found}
	}
	return nil
}

func foreign(data []byte) string {
	head := data[:min(len(data), 1024)]
	switch {
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return oldOffice(data)
	case bytes.Contains(head, []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return "rtf"
	}
	for _, mark := range []string{"\x89PNG\r\n", "\xFF\xD8\xFF", "GIF87a", "GIF89a", "RIFF", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(head, []byte(mark)) && bytes.IndexByte(data, 0) >= 0 {
			return "image"
		}
	}
	for _, mark := range []string{"<!DOCTYPE html", "<html"} {
		start := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))
		if len(start) >= len(mark) && strings.EqualFold(string(start[:len(mark)]), mark) {
			return "html"
		}
	}
	return ""
}

// oldOffice tells the programs apart that keep their files in a compound file (MS-CFB), by the names of its streams.
func oldOffice(data []byte) string {
	for _, s := range []struct{ stream, found string }{{"WpsContent", "wps"}, {"CONTENTS", "wps"}, {"WordDocument", "doc"}, {"Workbook", "xls"}} {
		var name []byte
		for _, c := range []byte(s.stream) {
			name = append(name, c, 0)
		}
		if bytes.Contains(data, name) {
			return s.found
		}
	}
	return "ole"
}

// refuseBinary stops what is no text in any encoding: zero bytes outside UTF-16, or many control characters.
func refuseBinary(data []byte, chosen Encoding) error {
	if wide(data, chosen) {
		return nil
	}
	controls := 0
	for _, c := range data {
		if c == 0 {
			return &RefusedError{Code: RefusedBinary}
		}
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1A || c == 0x7F {
			controls++
		}
	}
	if controls*50 > len(data) {
		return &RefusedError{Code: RefusedBinary}
	}
	return nil
}

// wide says whether zero bytes are to be expected.
func wide(data []byte, chosen Encoding) bool {
	if chosen != "" {
		return chosen == UTF16LE || chosen == UTF16BE
	}
	e := charset.Marked(data)
	return e == UTF16LE || e == UTF16BE || charset.Wide(data) != ""
}

// refuseControls is the same check on decoded text, for UTF-16 whose bytes say nothing.
func refuseControls(text string) error {
	controls, runes := 0, 0
	for _, r := range text {
		runes++
		if r == 0 {
			return &RefusedError{Code: RefusedBinary}
		}
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' && r != 0x1A || r == 0x7F || r == utf8.MaxRune {
			controls++
		}
	}
	if controls*50 > runes {
		return &RefusedError{Code: RefusedBinary}
	}
	return nil
}
