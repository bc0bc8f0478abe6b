package genmeta

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// hide writes bits into the lowest bits of a random picture, column by column.
func hide(alpha bool, width, height int, bits []byte) *image.NRGBA {
	rnd := rand.New(rand.NewPCG(1, 2))
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	next := func(v uint8) uint8 {
		if len(bits) == 0 {
			return v
		}
		b := bits[0]
		bits = bits[1:]
		return v&^1 | b
	}
	for x := range width {
		for y := range height {
			p := color.NRGBA{uint8(rnd.UintN(256)), uint8(rnd.UintN(256)), uint8(y), 254}
			if alpha {
				p.A = next(p.A)
			} else {
				p.R, p.G, p.B, p.A = next(p.R), next(p.G), next(p.B), 255
			}
			img.SetNRGBA(x, y, p)
		}
	}
	return img
}

func stealthBits(magic string, length int, content []byte) []byte {
	var bits []byte
	for _, b := range append(binary.BigEndian.AppendUint32([]byte(magic), uint32(length)), content...) {
		for i := range 8 {
			bits = append(bits, b>>(7-i)&1)
		}
	}
	return bits
}

func gzipped(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encoded(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAHiddenRecordIsRead(t *testing.T) {
	long := strings.Repeat("鸭 duck ", 400) + duckText
	for _, c := range []struct {
		name, magic   string
		width, height int
		text          string
	}{
		{"plain text in alpha", "stealth_pnginfo", 64, 200, duckText},
		{"packed text in alpha", "stealth_pngcomp", 120, 300, long},
		{"plain text in colours", "stealth_rgbinfo", 64, 200, duckText},
		{"packed text in colours", "stealth_rgbcomp", 120, 300, long},
		{"a low picture, the magic over many columns", "stealth_pngcomp", 4000, 3, duckText},
		{"a low picture with colours", "stealth_rgbinfo", 900, 7, duckText},
		{"a picture one column wide", "stealth_pnginfo", 1, 3000, duckText},
		{"a record that ends in its first column", "stealth_pnginfo", 50, 3000, duckText},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := []byte(c.text)
			if strings.HasSuffix(c.magic, "comp") {
				content = gzipped(t, c.text)
			}
			bits := stealthBits(c.magic, 8*len(content), content)
			b := encoded(t, hide(strings.Contains(c.magic, "png"), c.width, c.height, bits))
			got := collected(t, b, "image/png")
			holds(t, got, "png:stealth", "stealth", c.text)
			noted(t, got)
		})
	}
}

func TestAHiddenRecordThatIsBrokenIsNoted(t *testing.T) {
	gz := gzipped(t, duckText)
	for _, c := range []struct {
		name, magic string
		length      int
		content     []byte
		notes       []string
	}{
		{"a length beyond the picture", "stealth_pnginfo", 64*200 - stealthHead + 1, []byte("x"), []string{NoteUnreadable}},
		{"a length beyond all measure", "stealth_rgbinfo", 1<<32 - 1, []byte("x"), []string{NoteUnreadable}},
		{"packed text that is not packed", "stealth_pngcomp", 800, bytes.Repeat([]byte("x"), 100), []string{NoteUnreadable}},
		{"packed text that ends early", "stealth_pngcomp", 8 * 60, gz[:60], []string{NoteUnreadable}},
		{"another magic", "stealth_pnginfx", 80, []byte("0123456789"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := encoded(t, hide(strings.Contains(c.magic, "png"), 64, 200, stealthBits(c.magic, c.length, c.content)))
			got := collected(t, b, "image/png")
			noted(t, got, c.notes...)
			for _, r := range got.texts {
				if strings.Contains(c.name, "early") && strings.HasPrefix(duckText, r.body) {
					continue // what could be unpacked is kept
				}
				t.Errorf("got %+v", r)
			}
		})
	}
	t.Run("a picture cut below the magic", func(t *testing.T) {
		b := encoded(t, hide(true, 400, 400, stealthBits("stealth_pnginfo", 8*len(duckText), []byte(duckText))))
		got := collected(t, b[:len(b)*2/3], "image/png")
		noted(t, got, NoteTruncated)
		if len(got.texts) > 0 {
			t.Errorf("half a picture gives %v", got.texts)
		}
	})
	t.Run("a picture too small for a head", func(t *testing.T) {
		got := collected(t, encoded(t, hide(true, 5, 20, stealthBits("stealth_pnginfo", 0, nil)[:100])), "image/png")
		if noted(t, got); len(got.texts) > 0 {
			t.Errorf("got %v", got.texts)
		}
	})
	t.Run("a text beyond the budget is not collected", func(t *testing.T) {
		b := encoded(t, hide(true, 90, 1500, stealthBits("stealth_pnginfo", 8*10_000, make([]byte, 10_000))))
		r := &counted{r: bytes.NewReader(b)}
		c := newCollector(r, int64(len(b)), Hint{})
		c.text = 9_999
		if err := c.collect("image/png"); err != ErrLimit || r.bytes > len(b)/2 {
			t.Errorf("%v after %d of %d bytes", err, r.bytes, len(b))
		}
	})
	t.Run("a bomb of gzip", func(t *testing.T) {
		gz := gzipped(t, strings.Repeat("0", maxText+1))
		b := encoded(t, hide(false, 250, 200, stealthBits("stealth_rgbcomp", 8*len(gz), gz)))
		noted(t, collected(t, b, "image/png"), NoteTruncated)
	})
}

func TestAPictureWithoutAHiddenRecordCostsARowOrTwo(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	img := image.NewNRGBA(image.Rect(0, 0, 500, 1000))
	for i := range img.Pix {
		img.Pix[i] = uint8(rnd.UintN(256))
	}
	b := encoded(t, img)
	r := &counted{r: bytes.NewReader(b)}
	if _, err := Read(r, int64(len(b)), "image/png", Hint{}); err != nil {
		t.Fatal(err)
	}
	if r.bytes > 100<<10 {
		t.Errorf("%d of %d bytes were read", r.bytes, len(b))
	}
}

func TestPictureDataIsWhatTheDataChunksHold(t *testing.T) {
	b := bytes.Join([][]byte{[]byte(PNGSignature), chunk("IDAT", "one "), chunk("IDAT"), chunk("IDAT", "two"), chunk("tEXt", "a\x00b"), chunk("IDAT", "three"), chunk("IEND")}, nil)
	got, err := io.ReadAll(&idat{r: bytes.NewReader(b), size: int64(len(b)), part: Part{Name: "IDAT", Offset: 16, Length: 4}})
	if err != nil || string(got) != "one two" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestRowsComeOutAsTheyWentIn(t *testing.T) {
	const width, height = 37, 25
	for _, pixel := range []int{3, 4} {
		rnd := rand.New(rand.NewPCG(5, uint64(pixel)))
		want := make([][]byte, height)
		var raw bytes.Buffer
		above := make([]byte, width*pixel)
		for y := range want {
			want[y] = make([]byte, width*pixel)
			for i := range want[y] {
				want[y][i] = byte(rnd.UintN(256))
			}
			filter := byte(y % 5)
			raw.WriteByte(filter)
			raw.Write(filtered(filter, want[y], above, pixel))
			above = want[y]
		}
		head := binary.BigEndian.AppendUint32(nil, width)
		head = append(binary.BigEndian.AppendUint32(head, height), 8, byte(pixel*4-10), 0, 0, 0)
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		w.Write(raw.Bytes())
		w.Close()
		b := []byte(PNGSignature)
		b = append(b, chunk("IHDR", string(head))...)
		for rest := z.String(); rest != ""; rest = rest[min(len(rest), 1000):] {
			b = append(append(b, chunk("IDAT", rest[:min(len(rest), 1000)])...), chunk("IDAT")...)
		}
		b = append(b, chunk("IEND")...)
		rows, ok, err := openRows(bytes.NewReader(b), int64(len(b)), Part{Name: "IHDR", Offset: 16, Length: 13}, Part{Name: "IDAT", Offset: 41, Length: min(1000, int64(z.Len()))})
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		for y := range want {
			if got, err := rows.next(); err != nil || !bytes.Equal(got, want[y]) {
				t.Fatalf("row %d of %d-byte pixels, filter %d: %v", y, pixel, y%5, err)
			}
		}
	}
}

// filtered applies a filter by its definition.
func filtered(filter byte, row, above []byte, pixel int) []byte {
	out := make([]byte, len(row))
	for i := range row {
		var a, c byte
		if i >= pixel {
			a, c = row[i-pixel], above[i-pixel]
		}
		b := above[i]
		predicted := byte(0)
		switch filter {
		case 1:
			predicted = a
		case 2:
			predicted = b
		case 3:
			predicted = byte((int(a) + int(b)) / 2)
		case 4:
			p := int(a) + int(b) - int(c)
			da, db, dc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
			predicted = c
			if da <= db && da <= dc {
				predicted = a
			} else if db <= dc {
				predicted = b
			}
		}
		out[i] = row[i] - predicted
	}
	return out
}

func abs(n int) int { return max(n, -n) }
