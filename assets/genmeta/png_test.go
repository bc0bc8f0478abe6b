package genmeta

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

func TestAPictureKeepsWhatCameBeforeItBroke(t *testing.T) {
	good := chunk("tEXt", "parameters\x00", duckText)
	bomb := packed(t, strings.Repeat("0", maxText+1))
	long := append([]byte{0xFF, 0xFF, 0xFF, 0xFF}, "tEXtprompt\x00"...)
	for _, c := range []struct {
		name string
		b    []byte
		note string
	}{
		{"a chunk length of 0xFFFFFFFF", pngOf(good, long), NoteUnreadable},
		{"a cut inside the next chunk", pngOf(good, chunk("tEXt", "prompt\x00", duckGraph))[:len(pngOf(good))+20], NoteTruncated},
		{"no end", bytes.TrimSuffix(pngOf(good), chunk("IEND")), NoteTruncated},
		{"a packed bomb", pngOf(good, chunk("zTXt", "prompt\x00\x00", bomb)), NoteTruncated},
		{"a packed bomb in iTXt", pngOf(good, chunk("iTXt", "prompt\x00\x01\x00\x00\x00", bomb)), NoteTruncated},
	} {
		t.Run(c.name+" is noted", func(t *testing.T) {
			got := collected(t, c.b, "image/png")
			holds(t, got, "png:parameters", "parameters", duckText)
			noted(t, got, c.note)
		})
	}
}

func TestATextThatUnpacksToTheLimitIsStillRead(t *testing.T) {
	c := collected(t, pngOf(chunk("zTXt", "prompt\x00\x00", packed(t, strings.Repeat("0", maxText)))), "image/png")
	noted(t, c)
	if len(c.texts) != 1 || len(c.texts[0].body) != maxText {
		t.Errorf("got %v", sources(c))
	}
}

func TestProfilesWrittenAsDigitsAreOpened(t *testing.T) {
	profile := func(kind string, raw []byte) []byte {
		digits := hex.EncodeToString(raw)
		return pngOf(chunk("zTXt", "Raw profile type "+kind+"\x00\x00", packed(t, fmt.Sprintf("\n%s\n%8d\n%s\n%s\n", kind, len(raw), digits[:72], digits[72:]))))
	}
	block := tiff(binary.LittleEndian, 0x9286, true, []byte("ASCII\x00\x00\x00"+duckText))
	c := collected(t, profile("exif", append([]byte(exifPrefix), block...)), "image/png")
	holds(t, c, "png:exif.UserComment", "UserComment", duckText)
	c = collected(t, profile("APP1", block), "image/png")
	holds(t, c, "png:exif.UserComment", "UserComment", duckText)
	c = collected(t, profile("xmp", xmpPacket(`exif:UserComment="hello"`, "")), "image/png")
	holds(t, c, "png:xmp.exif.UserComment", "xmp:exif:UserComment", "hello")
	for _, broken := range []string{"", "\nexif\n 3\nxyz\n", "\nexif\n 3\nabc\n", "exif 4 abcdabcd"} {
		noted(t, collected(t, pngOf(chunk("tEXt", "Raw profile type exif\x00", broken)), "image/png"), NoteUnreadable)
	}
}

func TestAChecksumIsNotBelieved(t *testing.T) {
	b := packed(t, duckText)
	b = b[:len(b)-4] + "\x00\x01\x02\x03"
	c := collected(t, pngOf(chunk("zTXt", "parameters\x00\x00", b)), "image/png")
	holds(t, c, "png:parameters", "parameters", duckText)
	noted(t, c)
}
