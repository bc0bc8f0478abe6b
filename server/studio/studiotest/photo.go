package studiotest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// PhonePhoto is a JPEG as a telephone takes it upright at 金沙湖 (30.3087 N, 120.3494 E): 64 by 32 pixels that are to be
// turned by a quarter, with the camera, the time and the position. Each shade is another picture.
func PhonePhoto(t testing.TB, shade uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for i := range 64 * 32 {
		img.Set(i%64, i/64, color.RGBA{R: shade, G: uint8(i / 64 * 8), B: uint8(i % 64 * 4), A: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	body := append([]byte("Exif\x00\x00"), phoneExif()...)
	head := append(binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(body)+2)), body...)
	return append(head, b.Bytes()[2:]...)
}

// phoneExif is a block of three directories: the first at 8, Exif at 200, GPS at 300, and their long values behind 400.
func phoneExif() []byte {
	b := make([]byte, 600)
	copy(b, "MM\x00*\x00\x00\x00\x08")
	order := binary.BigEndian
	at, long := 0, 400
	begin := func(off, entries int) {
		order.PutUint16(b[off:], uint16(entries))
		at = off + 2
	}
	entry := func(tag, kind uint16, count int, value []byte) {
		order.PutUint16(b[at:], tag)
		order.PutUint16(b[at+2:], kind)
		order.PutUint32(b[at+4:], uint32(count))
		if len(value) <= 4 {
			copy(b[at+8:], value)
		} else {
			order.PutUint32(b[at+8:], uint32(long))
			long += copy(b[long:], value)
		}
		at += 12
	}
	text := func(tag uint16, s string) { entry(tag, 2, len(s)+1, []byte(s+"\x00")) }
	angle := func(tag uint16, degrees, minutes, hundredths uint32) {
		var v []byte
		for _, n := range []uint32{degrees, 1, minutes, 1, hundredths, 100} {
			v = order.AppendUint32(v, n)
		}
		entry(tag, 5, 3, v)
	}
	begin(8, 5)
	text(0x010F, "HUAWEI")
	text(0x0110, "Mate 60 Pro")
	entry(0x0112, 3, 1, []byte{0, 6})
	entry(0x8769, 4, 1, order.AppendUint32(nil, 200))
	entry(0x8825, 4, 1, order.AppendUint32(nil, 300))
	begin(200, 2)
	text(0x9003, "2026:11:28 16:20:05")
	text(0x9011, "+08:00")
	begin(300, 4)
	text(1, "N")
	angle(2, 30, 18, 3132)
	text(3, "E")
	angle(4, 120, 20, 5784)
	return b
}
