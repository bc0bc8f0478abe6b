package assets

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// Builders of small files for the tests, byte by byte.

func pngChunk(name string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// greyPNG is a complete picture of one colour, one bit a pixel; it packs to a few kilobytes at any size.
func greyPNG(t testing.TB, width, height int, extra ...[]byte) []byte {
	t.Helper()
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = append(binary.BigEndian.AppendUint32(head, uint32(height)), 1, 0, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", head)...)
	for _, e := range extra {
		out = append(out, e...)
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	row := make([]byte, 1+(width+7)/8)
	for range height {
		if _, err := z.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out = append(out, pngChunk("IDAT", packed.Bytes())...)
	return append(out, pngChunk("IEND", nil)...)
}

// scene is a picture whose corners differ: red, green, blue and white.
func scene(width, height int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{R: 255, A: 255}
			switch {
			case x >= width/2 && y < height/2:
				c = color.NRGBA{G: 255, A: 255}
			case x < width/2 && y >= height/2:
				c = color.NRGBA{B: 255, A: 255}
			case x >= width/2:
				c = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exifTurned is a TIFF block with nothing but an orientation.
func exifTurned(orientation byte) []byte {
	return []byte{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0}
}

// insertJPEG puts a segment right behind the start of a JPEG.
func insertJPEG(b []byte, marker byte, body []byte) []byte {
	n := len(body) + 2
	seg := append([]byte{0xFF, 0xD8, 0xFF, marker, byte(n >> 8), byte(n)}, body...)
	return append(seg, b[2:]...)
}

func box(name string, bodies ...[]byte) []byte {
	body := bytes.Join(bodies, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), name...), body...)
}

func be32(values ...uint32) []byte {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// clipSpec describes a hand-made clip.
type clipSpec struct {
	width, height uint32
	turned        bool
	scale         uint32
	times         []uint32 // pairs of count and frame length
}

func (c clipSpec) movie() []byte {
	var ticks uint32
	for i := 0; i+1 < len(c.times); i += 2 {
		ticks += c.times[i] * c.times[i+1]
	}
	matrix := be32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
	if c.turned {
		matrix = be32(0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000)
	}
	entry := append(make([]byte, 24), byte(c.width>>8), byte(c.width), byte(c.height>>8), byte(c.height))
	entry = append(entry, make([]byte, 50)...)
	return box("moov",
		box("mvhd", be32(0, 0, 0, c.scale, ticks), make([]byte, 80)),
		box("trak",
			box("tkhd", be32(0, 0, 0, 1, 0, ticks, 0, 0, 0, 0), matrix, be32(c.width<<16, c.height<<16)),
			box("mdia",
				box("mdhd", be32(0, 0, 0, c.scale, ticks, 0)),
				box("hdlr", be32(0, 0), []byte("vide"), make([]byte, 13)),
				box("minf", box("stbl",
					box("stsd", be32(0, 1), box("avc1", entry)),
					box("stts", be32(0, uint32(len(c.times)/2)), be32(c.times...)))))))
}

func (c clipSpec) file(brand string) []byte {
	return bytes.Join([][]byte{box("ftyp", []byte(brand), be32(0)), box("mdat", make([]byte, 64)), c.movie()}, nil)
}

func element(id string, body ...[]byte) []byte {
	b := bytes.Join(body, nil)
	head := append([]byte(id), 0x08, 0, 0, 0, byte(len(b)>>24), byte(len(b)>>16), byte(len(b)>>8), byte(len(b)))
	head[len(id)] = 0x01
	return append(head, b...)
}
