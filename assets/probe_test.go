package assets

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"runtime"
	"strings"
	"testing"
)

func webpOf(chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// bombWebP is a lossless picture of one colour at the largest size, in 36 bytes.
func bombWebP() []byte {
	head := binary.LittleEndian.AppendUint32([]byte{0x2F}, 16382|16382<<14)
	return webpOf(appendChunk(nil, "VP8L", append(head, 0x88, 0x88, 0x08)))
}

func canvasWebP(flags byte, width, height int) []byte {
	w, h := width-1, height-1
	return appendChunk(nil, "VP8X", []byte{flags, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
}

// scansJPEG has the headers of a progressive picture and more scans than anyone draws.
func scansJPEG(n int) []byte {
	b := []byte{0xFF, 0xD8, 0xFF, 0xC2, 0, 11, 8, 16, 0, 16, 0, 1, 1, 0x11, 0}
	for range n {
		b = append(b, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34)
	}
	return append(b, 0xFF, 0xD9)
}

func TestHostileFilesAreRefusedBeforeAnyDecode(t *testing.T) {
	good := greyPNG(t, 64, 64)
	clip := clipSpec{width: 64, height: 64, scale: 24, times: []uint32{48, 1}}.file("isom")
	header := greyPNG(t, 1, 1)[:33]
	huge := bytes.Clone(header)
	binary.BigEndian.PutUint32(huge[16:], 65535)
	binary.BigEndian.PutUint32(huge[20:], 65535)
	deep := box("stbl")
	for range 2000 {
		deep = box("mdia", deep)
	}
	for _, c := range []struct {
		name string
		b    []byte
		code string
	}{
		{"a PNG cut in the middle", good[:len(good)-20], BadTruncated},
		{"a PNG of 65535 squared in a header", huge, BadTooManyPixels},
		{"a PNG of 144 megapixels in a few kilobytes", greyPNG(t, 12000, 12000), BadTooManyPixels},
		{"a PNG with a side of 20000", greyPNG(t, 20000, 2), BadTooManyPixels},
		{"a PNG of width zero", bytes.Replace(header, []byte{0, 0, 0, 1}, []byte{0, 0, 0, 0}, 1), BadLying},
		{"a PNG with a chunk of negative length", append(bytes.Clone(header), 0xFF, 0xFF, 0xFF, 0xFF, 'I', 'D', 'A', 'T'), BadLying},
		{"a PNG without data", append(bytes.Clone(header), pngChunk("IEND", nil)...), BadLying},
		{"a PNG with two headers", append(bytes.Clone(header), header[8:]...), BadLying},
		{"only the eight bytes of a PNG", header[:8], BadTruncated},
		{"a JPEG of 65500 squared in a header", []byte{0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xDC, 0xFF, 0xDC, 1, 1, 0x11, 0}, BadTooManyPixels},
		{"a JPEG with 3000 scans", scansJPEG(3000), BadLying},
		{"a JPEG without an end", asJPEG(t, scene(64, 64))[:300], BadTruncated},
		{"a JPEG of three bytes", []byte{0xFF, 0xD8, 0xFF}, BadTruncated},
		{"a lossless JPEG", []byte{0xFF, 0xD8, 0xFF, 0xC3, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0}, BadUnknownType},
		{"a WebP bomb of 36 bytes", bombWebP(), BadTooManyPixels},
		{"a WebP whose canvas and picture differ", webpOf(canvasWebP(0, 8, 8), appendChunk(nil, "VP8L", []byte{0x2F, 0xFF, 0xC0, 0x3F, 0})), BadLying},
		{"a WebP whose length overruns the file", webpOf(make([]byte, 50))[:30], BadTruncated},
		{"a WebP without a picture", webpOf(canvasWebP(0, 8, 8)), BadTruncated},
		{"a WebP frame beside its canvas", webpOf(canvasWebP(2, 8, 8), appendChunk(nil, "ANMF", []byte{9, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 0, 0, 0, 0})), BadLying},
		{"a GIF cut short", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x2C"), BadTruncated},
		{"a GIF of 65535 squared", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00\x3B"), BadTooManyPixels},
		{"a GIF frame beside its screen", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x2C\x05\x00\x05\x00\x01\x00\x01\x00\x00\x02\x00\x3B"), BadLying},
		{"a clip without its last bytes", clip[:len(clip)-10], BadTruncated},
		{"a clip cut before its index", clip[:60], BadTruncated},
		{"a clip with no index", append(box("ftyp", []byte("isom")), box("mdat", make([]byte, 9))...), BadTruncated},
		{"a clip with endless boxes in boxes", append(box("ftyp", []byte("isom")), box("moov", box("trak", deep))...), BadLying},
		{"a clip whose index overruns itself", append(box("ftyp", []byte("isom")), box("moov", be32(999), []byte("trak"))...), BadLying},
		{"a clip with sound alone", append(box("ftyp", []byte("isom")), box("moov")...), BadNoVideo},
		{"an audio book", box("ftyp", []byte("M4A ")), BadUnknownType},
		{"a HEIC still", box("ftyp", []byte("heic"), be32(0)), BadHEIC},
		{"a Matroska film without a segment", element("\x1A\x45\xDF\xA3", element("\x42\x82", []byte("matroska"))), BadTruncated},
		{"EBML of another kind", element("\x1A\x45\xDF\xA3", element("\x42\x82", []byte("other"))), BadUnknownType},
		{"an SVG", []byte("\xEF\xBB\xBF<?xml version=\"1.0\"?><!-- a --><svg onload=\"alert(1)\"/>"), BadSVG},
		{"a text named png", []byte("frame.png\nnot a picture"), BadUnknownType},
		{"a TIFF", []byte("II*\x00\x08\x00\x00\x00"), BadUnknownType},
		{"a BMP", []byte("BM\x00\x00\x00\x00"), BadUnknownType},
		{"a web page in front of a picture", append([]byte("<html><script>alert(1)</script>"), good...), BadUnknownType},
	} {
		t.Run(c.name+" is "+c.code, func(t *testing.T) {
			l := newLibrary(t, Options{})
			sha := put(t, l, c.b)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			info, err := l.Probe(sha)
			runtime.ReadMemStats(&after)
			var bad *BadMediaError
			if !errors.As(err, &bad) || bad.Code != c.code {
				t.Errorf("got %+v, %v; want %s", info, err, c.code)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 4<<20 {
				t.Errorf("refusing took %d bytes of memory", grown)
			}
			if _, err := l.Derive(context.Background(), sha, info); err == nil {
				t.Error("a refused file was derived")
			}
		})
	}
}

func TestZeroBytesAreCalledEmpty(t *testing.T) {
	_, err := sniff(bytes.NewReader(nil), 0)
	var bad *BadMediaError
	if !errors.As(err, &bad) || bad.Code != BadEmpty {
		t.Errorf("got %v", err)
	}
}

func TestPicturesAreMeasuredAsShown(t *testing.T) {
	picture := asJPEG(t, scene(40, 20))
	var film bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 30, 10), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&film, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{50, 25}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		b    []byte
		want Info
	}{
		{"a PNG", asPNG(t, scene(40, 20)), Info{Type: TypePNG, Width: 40, Height: 20, Orientation: 1, Codec: "png"}},
		{"a PNG lying on its side", greyPNG(t, 40, 20, pngChunk("eXIf", exifTurned(6))), Info{Type: TypePNG, Width: 20, Height: 40, Orientation: 6, Codec: "png"}},
		{"an animated PNG", greyPNG(t, 40, 20, pngChunk("acTL", be32(7, 0))), Info{Type: TypePNG, Width: 40, Height: 20, Orientation: 1, Codec: "png", Animated: true, Frames: 7}},
		{"a JPEG lying on its side", insertJPEG(picture, 0xE1, append([]byte("Exif\x00\x00"), exifTurned(8)...)), Info{Type: TypeJPEG, Width: 20, Height: 40, Orientation: 8, Codec: "jpeg"}},
		{"a JPEG with a web page behind it", append(bytes.Clone(picture), "<script>"...), Info{Type: TypeJPEG, Width: 40, Height: 20, Orientation: 1, Codec: "jpeg"}},
		{"a GIF film", film.Bytes(), Info{Type: TypeGIF, Width: 30, Height: 10, Orientation: 1, Codec: "gif", Animated: true, Frames: 2, DurationMS: 750, FrameNum: 8, FrameDen: 3}},
		{"a lossless WebP", webpOf(appendChunk(nil, "VP8L", []byte{0x2F, 7, 0xC0, 0, 0, 0x88, 0x88, 8})), Info{Type: TypeWebP, Width: 8, Height: 4, Orientation: 1, Codec: "vp8l"}},
	} {
		t.Run(c.name+" measures true", func(t *testing.T) {
			l := newLibrary(t, Options{})
			if got, err := l.Probe(put(t, l, c.b)); err != nil || got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

func TestClipsAreMeasuredFromTheirIndex(t *testing.T) {
	upright := clipSpec{width: 720, height: 1280, scale: 24000, times: []uint32{48, 1001}}
	for _, c := range []struct {
		name string
		b    []byte
		want Info
	}{
		{"an MP4 at 23.976", upright.file("isom"), Info{Type: TypeMP4, Width: 720, Height: 1280, DurationMS: 2002, FrameNum: 24000, FrameDen: 1001, Frames: 48}},
		{"a QuickTime film held sideways", clipSpec{width: 1280, height: 720, turned: true, scale: 600, times: []uint32{60, 20}}.file("qt  "),
			Info{Type: TypeQuickTime, Width: 720, Height: 1280, DurationMS: 2000, FrameNum: 30, FrameDen: 1, Frames: 60}},
		{"a clip with an odd last frame", clipSpec{width: 8, height: 8, scale: 25, times: []uint32{49, 1, 1, 1}}.file("isom"),
			Info{Type: TypeMP4, Width: 8, Height: 8, DurationMS: 2000, FrameNum: 25, FrameDen: 1, Frames: 50}},
		{"a clip of uneven frames", clipSpec{width: 8, height: 8, scale: 1000, times: []uint32{10, 40, 10, 60}}.file("isom"),
			Info{Type: TypeMP4, Width: 8, Height: 8, DurationMS: 1000, FrameNum: 20, FrameDen: 1, Frames: 20, VariableRate: true}},
		{"a clip with a 64-bit and an open-ended box", bytes.Join([][]byte{box("ftyp", []byte("isom"), be32(0)), upright.movie(),
			be32(1), []byte("mdat"), be32(0, 24), make([]byte, 8), be32(0), []byte("free"), make([]byte, 100)}, nil),
			Info{Type: TypeMP4, Width: 720, Height: 1280, DurationMS: 2002, FrameNum: 24000, FrameDen: 1001, Frames: 48}},
	} {
		t.Run(c.name+" measures true", func(t *testing.T) {
			c.want.Codec, c.want.Orientation = "h264", 1
			l := newLibrary(t, Options{})
			if got, err := l.Probe(put(t, l, c.b)); err != nil || got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

// liveWebM is a recording with unknown lengths: segment and cluster stay open.
func liveWebM(rate []byte) []byte {
	return bytes.Join([][]byte{
		element("\x1A\x45\xDF\xA3", element("\x42\x82", []byte("webm"))),
		[]byte("\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
		element("\x16\x54\xAE\x6B", element("\xAE", element("\xD7", []byte{1}), element("\x83", []byte{1}),
			element("\x86", []byte("V_VP8")), rate, element("\xE0", element("\xB0", []byte{2, 0}), element("\xBA", []byte{4, 0})))),
		[]byte("\x1F\x43\xB6\x75\xFF"), element("\xE7", []byte{10}),
		element("\xA3", []byte{0x81, 0, 0, 0x80}), element("\xA3", []byte{0x81, 0, 33, 0}), element("\xA3", []byte{0x82, 1, 0, 0}),
	}, nil)
}

func TestLiveWebMRecordingsAreMeasuredFromTheirBlocks(t *testing.T) {
	l := newLibrary(t, Options{})
	want := Info{Type: TypeWebM, Width: 512, Height: 1024, Orientation: 1, DurationMS: 76, Frames: 2, FrameNum: 30, FrameDen: 1, Codec: "vp8"}
	got, err := l.Probe(put(t, l, liveWebM(element("\x23\xE3\x83", be32(33_333_333)))))
	if err != nil || got != want {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestFrameLengthsSnapToTheRatesPeopleUse(t *testing.T) {
	for nanoseconds, want := range map[uint64][2]int{41_708_333: {24000, 1001}, 41_666_667: {24, 1}, 62_500_000: {16, 1}, 33_366_000: {30000, 1001}, 0: {0, 0}, 250_000_000: {4, 1}} {
		if nanoseconds == 0 {
			continue
		}
		if n, d := snap(nanoseconds); n != want[0] || d != want[1] {
			t.Errorf("%d ns is %d/%d, want %v", nanoseconds, n, d, want)
		}
	}
}

func FuzzMeasure(f *testing.F) {
	f.Add(greyPNG(f, 9, 9, pngChunk("eXIf", exifTurned(6))))
	f.Add(asJPEG(f, scene(16, 16)))
	f.Add(scansJPEG(3))
	f.Add(bombWebP())
	f.Add(webpOf(canvasWebP(2, 8, 8), appendChunk(nil, "ANMF", make([]byte, 24))))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x2C\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00\x3B"))
	f.Add(clipSpec{width: 8, height: 8, scale: 25, times: []uint32{49, 1, 1, 2}}.file("qt  "))
	f.Add(liveWebM(nil))
	f.Add([]byte(strings.Repeat(" ", 10) + "<svg"))
	f.Add(fragmented(0, moof(box("tfhd", be32(0x20000, 1)), box("trun", be32(0x305, 3, 0, 0, 2, 100, 2, 100, 4, 100)))))
	f.Add(webmWith("matroska", nil, 0, 40, 300, 340))
	f.Add(avif("avif\x00\x00\x00\x00", "av01", ispe(40, 20), box("irot", []byte{1})))
	f.Add(webpOf(canvasWebP(2, 16, 8), appendChunk(nil, "ANMF", append([]byte{4, 0, 0, 2, 0, 0, 7, 0, 0, 3, 0, 0, 100, 0, 0, 1}, appendChunk(nil, "VP8L", []byte{0x2F, 7, 0xC0, 0, 0, 0x88, 0x88, 0xFE, 7})...))))
	l := &Library{maxPixels: 1 << 16}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := l.measure(bytes.NewReader(b), int64(len(b)))
		if err == nil && (m.Width <= 0 || m.Height <= 0 || m.Width*m.Height > 1<<16 || m.DurationMS < 0 || m.Frames < 0 || m.FrameNum < 0 || (m.FrameNum == 0) != (m.FrameDen == 0)) {
			t.Errorf("accepted %+v", m)
		}
		switch m.Type {
		case TypePNG, TypeJPEG, TypeWebP, TypeGIF:
			if err == nil {
				if p, err := reduce(bytes.NewReader(b), int64(len(b)), m); err == nil && p.Bounds().Empty() {
					t.Error("an empty preview")
				}
			}
			if err == nil && m.Type == TypeWebP && m.Animated {
				a := &animation{r: bytes.NewReader(b), wide: 8, high: 8, length: m.DurationMS, wanted: 3, canvas: image.NewNRGBA(image.Rect(0, 0, m.Width, m.Height))}
				if err := a.play(context.Background(), int64(len(b))); err == nil && len(a.tiles) > 3 {
					t.Errorf("%d tiles", len(a.tiles))
				}
			}
		}
	})
}
