package assets

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"testing"
)

// fragmented is a clip whose frames are told by moof boxes: usual length 2, then explicit lengths.
func fragmented(mvhd uint32, fragments ...[]byte) []byte {
	c := clipSpec{width: 64, height: 64, scale: 48}
	movie := c.movie()
	trex := box("mvex", box("trex", be32(0, 1, 1, 2, 0, 0)))
	movie = append(movie, trex...)
	copy(movie, be32(uint32(len(movie))))
	if at := bytes.Index(movie, []byte("mdhd")); mvhd > 0 {
		copy(movie[at+4+16:], be32(mvhd))
	}
	return bytes.Join(append([][]byte{box("ftyp", []byte("iso5"), be32(0)), movie}, fragments...), nil)
}

func moof(parts ...[]byte) []byte {
	return append(box("moof", box("mfhd", be32(0, 1)), box("traf", parts...)), box("mdat", make([]byte, 9))...)
}

func TestFragmentedClipsAreCountedFromTheirFragments(t *testing.T) {
	ours, others := box("tfhd", be32(0x20000, 1)), box("tfhd", be32(0x20000, 2))
	own := box("tfhd", be32(0x0B, 1, 0, 0, 1, 4))
	usual := box("trun", be32(0x1, 12, 0))
	lengths := box("trun", be32(0x305, 3, 0, 0, 2, 100, 2, 100, 4, 100))
	for _, c := range []struct {
		name string
		b    []byte
		want Info
	}{
		{"frames of the usual length", fragmented(0, moof(ours, usual), moof(ours, usual)), Info{DurationMS: 1000, FrameNum: 24, FrameDen: 1, Frames: 24}},
		{"a fragment with its own usual length", fragmented(0, moof(own, usual)), Info{DurationMS: 1000, FrameNum: 12, FrameDen: 1, Frames: 12}},
		{"frames with lengths of their own", fragmented(0, moof(ours, usual), moof(ours, lengths)), Info{DurationMS: 667, FrameNum: 45, FrameDen: 2, Frames: 15}},
		{"a fragment of another track", fragmented(0, moof(ours, usual), moof(others, usual)), Info{DurationMS: 500, FrameNum: 24, FrameDen: 1, Frames: 12}},
		{"a header that knew only the beginning", fragmented(3, moof(ours, usual)), Info{DurationMS: 500, FrameNum: 24, FrameDen: 1, Frames: 12}},
	} {
		t.Run(c.name+" count true", func(t *testing.T) {
			c.want.Type, c.want.Width, c.want.Height, c.want.Orientation, c.want.Codec = TypeMP4, 64, 64, 1, "h264"
			l := newLibrary(t, Options{})
			if got, err := l.Probe(put(t, l, c.b)); err != nil || got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
	for name, bad := range map[string][]byte{
		"more frames than the box holds": moof(ours, box("trun", be32(0x100, 99, 1))),
		"four thousand million frames":   moof(ours, box("trun", be32(0x0, 0xFFFFFFFF))),
	} {
		t.Run(name+" are lying", func(t *testing.T) {
			l := newLibrary(t, Options{})
			_, err := l.Probe(put(t, l, fragmented(0, bad)))
			var e *BadMediaError
			if !errors.As(err, &e) || e.Code != BadLying {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTheRoundingOfACoarseClockIsNoUnevenRate(t *testing.T) {
	for _, c := range []struct {
		name   string
		scale  uint32
		times  []uint32
		uneven bool
	}{
		{"24 frames a second in milliseconds", 1000, []uint32{1, 41, 2, 42, 1, 41, 2, 42, 1, 41, 1, 42}, false},
		{"doubled frames in a clock of frames", 24, []uint32{10, 1, 1, 2, 10, 1}, true},
		{"one long frame in the middle", 1000, []uint32{10, 40, 1, 500, 10, 40}, true},
		{"a long last frame", 1000, []uint32{10, 40, 1, 500}, false},
		{"a single frame", 1000, []uint32{1, 40}, false},
	} {
		t.Run(c.name+" are judged", func(t *testing.T) {
			l := newLibrary(t, Options{})
			got, err := l.Probe(put(t, l, clipSpec{width: 8, height: 8, scale: c.scale, times: c.times}.file("isom")))
			if err != nil || got.VariableRate != c.uneven {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// webmWith is a finished WebM or Matroska file with pictures at the given milliseconds.
func webmWith(doctype string, extra []byte, times ...int) []byte {
	var blocks [][]byte
	for _, at := range times {
		blocks = append(blocks, element("\xA3", []byte{0x81, byte(at >> 8), byte(at), 0x80}))
	}
	return bytes.Join([][]byte{
		element("\x1A\x45\xDF\xA3", element("\x42\x82", []byte(doctype))),
		element("\x18\x53\x80\x67",
			element("\x16\x54\xAE\x6B",
				element("\xAE", element("\xD7", []byte{1}), element("\x83", []byte{1}), element("\x86", []byte("V_MPEG4/ISO/AVC")), extra,
					element("\xE0", element("\xB0", []byte{64}), element("\xBA", []byte{64}))),
				element("\xAE", element("\xD7", []byte{2}), element("\x83", []byte{2}))),
			element("\x1F\x43\xB6\x75", element("\xE7", []byte{0}), bytes.Join(blocks, nil))),
	}, nil)
}

func TestTheRateOfWebMIsThatOfItsPictures(t *testing.T) {
	stated := func(ns uint32) []byte { return element("\x23\xE3\x83", be32(ns)) }
	var film, slow []int
	for i := range 72 {
		film = append(film, (i*1001*1000/24000+500/1000)/1)
		slow = append(slow, i*125)
	}
	for _, c := range []struct {
		name string
		b    []byte
		want Info
	}{
		{"a header that says nothing", webmWith("webm", nil, slow[:9]...), Info{Type: TypeWebM, DurationMS: 1125, FrameNum: 8, FrameDen: 1, Frames: 9}},
		{"a header that promises 30", webmWith("webm", stated(33_333_333), slow[:9]...), Info{Type: TypeWebM, DurationMS: 1125, FrameNum: 8, FrameDen: 1, Frames: 9}},
		{"film at 23.976", webmWith("matroska", nil, film...), Info{Type: TypeMatroska, DurationMS: 3002, FrameNum: 24000, FrameDen: 1001, Frames: 72}},
		{"pictures out of order", webmWith("matroska", nil, 0, 80, 40, 160, 120), Info{Type: TypeMatroska, DurationMS: 200, FrameNum: 25, FrameDen: 1, Frames: 5}},
		{"pictures at odd times", webmWith("matroska", nil, 0, 40, 300, 340), Info{Type: TypeMatroska, DurationMS: 453, FrameNum: 150, FrameDen: 17, Frames: 4, VariableRate: true}},
		{"one picture", webmWith("webm", nil, 0), Info{Type: TypeWebM, Frames: 1}},
	} {
		t.Run(c.name+" measures true", func(t *testing.T) {
			c.want.Width, c.want.Height, c.want.Orientation, c.want.Codec, c.want.Sound = 64, 64, 1, "h264", true
			l := newLibrary(t, Options{})
			if got, err := l.Probe(put(t, l, c.b)); err != nil || got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

// avif is an AVIF file of headers: the primary item has number 2, of the given type and properties.
func avif(brands, kind string, props ...[]byte) []byte {
	links := be32(0, 1)
	links = append(links, 0, 2, byte(len(props)))
	for i := range props {
		links = append(links, byte(i+1)|0x80)
	}
	item := func(id byte, kind string) []byte {
		return box("infe", be32(0x02000000), []byte{0, id, 0, 0}, []byte(kind), []byte{0})
	}
	return bytes.Join([][]byte{
		box("ftyp", []byte(brands)),
		box("meta", be32(0),
			box("hdlr", be32(0, 0), []byte("pict"), make([]byte, 13)),
			box("iprp", box("ipco", props...), box("ipma", links)),
			box("iinf", be32(0), []byte{0, 2}, item(1, "Exif"), item(2, kind)),
			box("pitm", be32(0), []byte{0, 2})),
		box("mdat", make([]byte, 8)),
	}, nil)
}

func ispe(w, h uint32) []byte { return box("ispe", be32(0, w, h)) }

func TestAVIFIsMeasuredWithoutADecoder(t *testing.T) {
	const plain = "avif\x00\x00\x00\x00mif1"
	for _, c := range []struct {
		name string
		b    []byte
		want Info
	}{
		{"an upright picture", avif(plain, "av01", ispe(40, 20)), Info{Width: 40, Height: 20, Orientation: 1}},
		{"a picture turned to the left", avif(plain, "av01", ispe(40, 20), box("irot", []byte{1})), Info{Width: 20, Height: 40, Orientation: 8}},
		{"a picture turned to the right and mirrored", avif(plain, "av01", ispe(40, 20), box("irot", []byte{3}), box("imir", []byte{1})), Info{Width: 20, Height: 40, Orientation: 5}},
		{"a picture on its head", avif(plain, "av01", ispe(40, 20), box("irot", []byte{2})), Info{Width: 40, Height: 20, Orientation: 3}},
		{"a picture of a general family", avif("mif1\x00\x00\x00\x00miafavif", "av01", ispe(40, 20)), Info{Width: 40, Height: 20, Orientation: 1}},
		{"a moving picture", append(avif("avis\x00\x00\x00\x00", "av01", ispe(40, 20)), box("moov")...), Info{Width: 40, Height: 20, Orientation: 1, Animated: true}},
	} {
		t.Run(c.name+" measures true", func(t *testing.T) {
			c.want.Type, c.want.Codec = TypeAVIF, "av1"
			l := newLibrary(t, Options{})
			if got, err := l.Probe(put(t, l, c.b)); err != nil || got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
	for name, c := range map[string]struct {
		b    []byte
		code string
	}{
		"a HEIC of a general family":           {box("ftyp", []byte("mif1\x00\x00\x00\x00heic")), BadHEIC},
		"a general family that says no more":   {box("ftyp", []byte("mif1\x00\x00\x00\x00")), BadUnknownType},
		"a picture without a size":             {avif(plain, "av01"), BadLying},
		"a picture without an index":           {box("ftyp", []byte(plain)), BadTruncated},
		"a picture cut short":                  {avif(plain, "av01", ispe(40, 20))[:150], BadTruncated},
		"a picture of 65535 squared":           {avif(plain, "av01", ispe(65535, 65535)), BadTooManyPixels},
		"properties that overrun their list":   {bytes.Replace(avif(plain, "av01", ispe(40, 20)), []byte{0, 2, 1, 0x81}, []byte{0, 2, 9, 0x81}, 1), BadLying},
		"an index whose parts overrun itself":  {append(box("ftyp", []byte(plain)), box("meta", be32(0, 999), []byte("iprp"))...), BadLying},
		"an index of three bytes":              {append(box("ftyp", []byte(plain)), box("meta", []byte{1, 2, 3})...), BadLying},
		"a primary item that is nowhere named": {bytes.Replace(avif(plain, "av01", ispe(40, 20)), []byte("pitm"), []byte("free"), 1), BadLying},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			l := newLibrary(t, Options{})
			got, err := l.Probe(put(t, l, c.b))
			var bad *BadMediaError
			if !errors.As(err, &bad) || bad.Code != c.code {
				t.Errorf("got %+v, %v, want %s", got, err, c.code)
			}
		})
	}
}

func TestAnAVIFPictureIsShownByFFmpegOrByTheBrowser(t *testing.T) {
	b := made(t, ".avif", append(testPicture("400x200"), "-frames:v", "1", "-c:v", "libaom-av1", "-still-picture", "1", "-cpu-used", "8", "-pix_fmt", "yuv420p")...)
	l := newLibrary(t, Options{})
	sha, err := derive(t, l, b)
	if err != nil {
		t.Fatal(err)
	}
	if got := derivedPicture(t, l, sha, Thumb).Bounds().Size(); got != image.Pt(320, 160) {
		t.Errorf("thumbnail %v", got)
	}
	t.Run("a turned one is turned upright", func(t *testing.T) {
		m := measured{Info: Info{Type: TypeAVIF, Width: 200, Height: 400, Orientation: 6}}
		if _, err := l.turnedPoster(context.Background(), sha, asPNG(t, scene(400, 200)), m); err != nil {
			t.Fatal(err)
		}
		img := derivedPicture(t, l, sha, Thumb)
		if img.Bounds().Size() != image.Pt(200, 400) || !nearColour(img.At(50, 100), color.NRGBA{B: 255, A: 255}) {
			t.Errorf("thumbnail %v, %v", img.Bounds(), img.At(50, 100))
		}
	})
	t.Run("one tile of many is not taken for the whole", func(t *testing.T) {
		m := measured{Info: Info{Type: TypeAVIF, Width: 400, Height: 400, Orientation: 1}}
		if _, err := l.turnedPoster(context.Background(), sha, asPNG(t, scene(400, 200)), m); !errors.Is(err, ErrNoPoster) {
			t.Errorf("got %v", err)
		}
		_, err := derive(t, l, avif("avif\x00\x00\x00\x00", "grid", ispe(40, 20)))
		if !errors.Is(err, ErrNoPoster) || !errors.Is(err, ErrNoDecoder) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("without ffmpeg the browser is asked", func(t *testing.T) {
		l := newLibrary(t, Options{FFmpeg: "-"})
		if _, err := derive(t, l, b); !errors.Is(err, ErrNoPoster) || errors.Is(err, ErrNoDecoder) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what ffmpeg cannot read either, too", func(t *testing.T) {
		if _, err := derive(t, l, avif("avif\x00\x00\x00\x00", "av01", ispe(40, 20))); !errors.Is(err, ErrNoPoster) || !errors.Is(err, ErrNoDecoder) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAnimationsTakeLengthAndRateFromTheirDelays(t *testing.T) {
	film := func(delays ...int) []byte {
		g := &gif.GIF{}
		for _, d := range delays {
			g.Image = append(g.Image, image.NewPaletted(image.Rect(0, 0, 30, 10), color.Palette{color.Black, color.White}))
			g.Delay = append(g.Delay, d)
		}
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, g); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name   string
		delays []int
		want   Info
	}{
		{"even frames", []int{10, 10, 10}, Info{Frames: 3, DurationMS: 300, FrameNum: 10, FrameDen: 1, Animated: true}},
		{"uneven frames", []int{10, 20, 30}, Info{Frames: 3, DurationMS: 600, FrameNum: 5, FrameDen: 1, Animated: true, VariableRate: true}},
		{"a long last frame", []int{10, 10, 80}, Info{Frames: 3, DurationMS: 1000, FrameNum: 3, FrameDen: 1, Animated: true}},
		{"no delays", []int{0, 0}, Info{Frames: 2, Animated: true}},
		{"a still with a delay", []int{50}, Info{}},
	} {
		t.Run(c.name+" measure true", func(t *testing.T) {
			c.want.Type, c.want.Width, c.want.Height, c.want.Orientation, c.want.Codec = TypeGIF, 30, 10, 1, "gif"
			l := newLibrary(t, Options{})
			got, err := l.Probe(put(t, l, film(c.delays...)))
			if err != nil || got != c.want || got.Clip() != c.want.Animated {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

func TestAnAnimatedWebPGetsItsStripWithoutFFmpeg(t *testing.T) {
	b := made(t, ".webp", append(testPicture("216x384"), "-vf", "drawbox=w=20:h=20:color=red", "-c:v", "libwebp_anim", "-lossless", "0", "-loop", "0")...)
	l := newLibrary(t, Options{FFmpeg: "-"})
	sha, err := derive(t, l, b)
	if err != nil {
		t.Fatal(err)
	}
	info, err := l.Probe(sha)
	if err != nil || !info.Clip() || info.Frames != 24 || info.DurationMS < 990 || info.DurationMS > 1010 || info.NeedsProxy() {
		t.Fatalf("got %+v, %v", info, err)
	}
	f, err := l.Film(context.Background(), sha, info)
	if err != nil || f.Proxy {
		t.Fatalf("got %+v, %v", f, err)
	}
	checkStrip(t, l, sha, f.Strip, 20)
	t.Run("frames are laid over those before", func(t *testing.T) {
		still := []byte{0x2F, 7, 0xC0, 0, 0, 0x88, 0x88, 0xFE, 7} // 8 by 4 black pixels
		frame := func(x, y, flags byte) []byte {
			return appendChunk(nil, "ANMF", append([]byte{x, 0, 0, y, 0, 0, 7, 0, 0, 3, 0, 0, 100, 0, 0, flags}, appendChunk(nil, "VP8L", still)...))
		}
		sha := put(t, l, webpOf(canvasWebP(2, 16, 8), frame(0, 0, 1), frame(4, 0, 0), frame(0, 2, 0)))
		info, err := l.Probe(sha)
		if err != nil {
			t.Fatal(err)
		}
		f, err := l.Film(context.Background(), sha, info)
		if err != nil || f.Strip != (Tiles{Tiles: 3, Columns: 3, Width: 160, Height: 80}) {
			t.Fatalf("got %+v, %v", f, err)
		}
		sheet := derivedPicture(t, l, sha, Strip)
		drawn := func(n int) (out string) {
			for _, p := range []image.Point{{40, 20}, {120, 20}, {40, 60}, {120, 60}} {
				out += map[bool]string{true: "-", false: "x"}[nearColour(sheet.At(n*160+p.X, p.Y), color.White)]
			}
			return out
		}
		for i, want := range []string{"x---", "-x--", "-xx-"} {
			if got := drawn(i); got != want {
				t.Errorf("tile %d shows %s, want %s", i, got, want)
			}
		}
	})
}
