package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// FuzzDecode runs every decoder: what comes out is valid text, what does not decode is a fault, and UTF-16 that was
// read gives its own bytes again.
func FuzzDecode(f *testing.F) {
	for _, e := range append(Encodings(), "") {
		f.Add([]byte("第1集\n林晚：好。\r\n"), string(e))
		f.Add([]byte("\xB5\xDA1\xBC\xAF\n\x81\x30\x81\x30"), string(e))
		f.Add([]byte("\xFF\xFE\x2C\x7B\x3D\xD8\x00\xDE"), string(e))
		f.Add([]byte("\xFE\xFF\x7B\x2C\xD8"), string(e))
		f.Add([]byte("\xA4\xA4\xA4\xE5"), string(e))
	}
	f.Fuzz(func(t *testing.T, data []byte, chosen string) {
		d, err := Decode(data, Encoding(chosen))
		if err != nil {
			var fault *FaultError
			if !errors.As(err, &fault) || fault.Line < 0 {
				t.Fatal(err)
			}
			return
		}
		if !utf8.ValidString(d.Text) || !slices.Contains(Encodings(), d.Encoding) || chosen != "" && d.Guessed {
			t.Fatalf("%+v", d)
		}
		var order binary.AppendByteOrder
		switch d.Encoding {
		case UTF16LE:
			order = binary.LittleEndian
		case UTF16BE:
			order = binary.BigEndian
		default:
			return
		}
		var again []byte
		if Marked(data) == d.Encoding {
			again = order.AppendUint16(again, 0xFEFF)
		}
		for _, u := range utf16.Encode([]rune(d.Text)) {
			again = order.AppendUint16(again, u)
		}
		if !bytes.Equal(again, data) {
			t.Fatalf("%x comes back as %x", data, again)
		}
	})
}
