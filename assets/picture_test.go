package assets

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"testing"

	"github.com/disintegration/imaging"
	"golang.org/x/image/webp"
)

func derive(t *testing.T, l *Library, b []byte) (sha string, err error) {
	t.Helper()
	sha = put(t, l, b)
	info, err := l.Probe(sha)
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Derive(context.Background(), sha, info)
	return sha, err
}

func derivedPicture(t *testing.T, l *Library, sha, size string) image.Image {
	t.Helper()
	f, err := l.OpenDerived(sha, size)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// near compares colours loosely, as JPEG moves them.
func nearColour(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	off := func(x, y uint32) bool { return max(x, y)-min(x, y) < 0x3000 }
	return off(r1, r2) && off(g1, g2) && off(b1, b2)
}

func TestDerivedPicturesNeverGrowAndKeepABearableShape(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height int
		preview       image.Point
		thumb         image.Point
	}{
		{"an upright frame", 1080, 1920, image.Pt(960, 1707), image.Pt(320, 569)},
		{"a wide frame", 2400, 1200, image.Pt(960, 480), image.Pt(320, 160)},
		{"a small picture", 200, 100, image.Pt(200, 100), image.Pt(200, 100)},
		{"one pixel", 1, 1, image.Pt(1, 1), image.Pt(1, 1)},
		{"a line of 12000 pixels", 12000, 1, image.Pt(4, 1), image.Pt(4, 1)},
		{"a column of 12000 pixels", 1, 12000, image.Pt(1, 4), image.Pt(1, 4)},
	} {
		t.Run(c.name+" comes out right", func(t *testing.T) {
			l := newLibrary(t, Options{})
			sha, err := derive(t, l, greyPNG(t, c.width, c.height))
			if err != nil {
				t.Fatal(err)
			}
			if got := derivedPicture(t, l, sha, Preview).Bounds().Size(); got != c.preview {
				t.Errorf("preview %v, want %v", got, c.preview)
			}
			if got := derivedPicture(t, l, sha, Thumb).Bounds().Size(); got != c.thumb {
				t.Errorf("thumbnail %v, want %v", got, c.thumb)
			}
			if n := filesIn(t, l.dir); n != 3 {
				t.Errorf("%d files, want original, preview and thumbnail", n)
			}
		})
	}
}

func TestOrientationIsAppliedToTheSmallPicture(t *testing.T) {
	red, green, blue, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 255, 255}
	// The colours that the top left and top right quarter show, by Exif orientation.
	for o, want := range map[byte][2]color.NRGBA{1: {red, green}, 2: {green, red}, 3: {white, blue}, 4: {blue, white},
		5: {red, blue}, 6: {blue, red}, 7: {white, green}, 8: {green, white}} {
		t.Run("orientation "+string('0'+rune(o))+" stands upright", func(t *testing.T) {
			l := newLibrary(t, Options{})
			jpg := insertJPEG(asJPEG(t, scene(400, 200)), 0xE1, append([]byte("Exif\x00\x00"), exifTurned(o)...))
			sha, err := derive(t, l, jpg)
			if err != nil {
				t.Fatal(err)
			}
			img := derivedPicture(t, l, sha, Thumb)
			b := img.Bounds()
			if wide := b.Dx() > b.Dy(); wide != (o < 5) || b.Dx() != map[bool]int{true: 320, false: 200}[wide] {
				t.Errorf("thumbnail is %v", b)
			}
			for i, x := range []int{b.Dx() / 4, b.Dx() * 3 / 4} {
				if got := img.At(x, b.Dy()/4); !nearColour(got, want[i]) {
					t.Errorf("quarter %d is %v, want %v", i, got, want[i])
				}
			}
			small := fit(scene(400, 200), int(o), 50)
			if small.Rect.Dx() != 50 || !nearColour(small.At(12, small.Rect.Dy()/4), want[0]) {
				t.Errorf("shrunk to %v, showing %v", small.Rect, small.At(12, small.Rect.Dy()/4))
			}
		})
	}
}

func TestThePreshrinkStaysCloseToTheGoodFilter(t *testing.T) {
	full := imaging.Blur(scene(510, 382), 5)
	want := imaging.Resize(full, 120, 0, imaging.Lanczos)
	odd := image.NewNRGBA64(full.Rect)
	plain := image.NewRGBA(full.Rect)
	for y := range full.Rect.Dy() {
		for x := range full.Rect.Dx() {
			odd.Set(x, y, full.At(x, y))
			plain.Set(x, y, full.At(x, y))
		}
	}
	jpg, err := jpeg.Decode(bytes.NewReader(asJPEG(t, full)))
	if err != nil {
		t.Fatal(err)
	}
	for name, img := range map[string]image.Image{"8 bit with alpha": full, "16 bit": odd, "8 bit": plain, "JPEG planes": jpg} {
		t.Run(name+" keeps its colours", func(t *testing.T) {
			got := fit(img, 1, 120)
			if got.Rect != want.Rect {
				t.Fatalf("size %v, want %v", got.Rect, want.Rect)
			}
			for y := 4; y < 86; y += 7 {
				for x := 4; x < 116; x += 7 {
					if !nearColour(got.At(x, y), want.At(x, y)) {
						t.Fatalf("%d,%d is %v, want %v", x, y, got.At(x, y), want.At(x, y))
					}
				}
			}
		})
	}
}

func TestTransparencyBecomesWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	if got := opaque(fit(img, 1, 100)).At(50, 50); !nearColour(got, color.White) {
		t.Errorf("shrunk, an empty picture shows %v", got)
	}
	l := newLibrary(t, Options{})
	sha, err := derive(t, l, asPNG(t, img))
	if err != nil {
		t.Fatal(err)
	}
	if got := derivedPicture(t, l, sha, Preview).At(100, 100); !nearColour(got, color.White) {
		t.Errorf("an empty picture shows %v", got)
	}
}

func TestTheFirstFrameOfAnAnimatedWebPIsShown(t *testing.T) {
	still := []byte{0x2F, 7, 0xC0, 0, 0, 0x88, 0x88, 8}
	if _, err := webp.Decode(bytes.NewReader(webpOf(appendChunk(nil, "VP8L", still)))); err != nil {
		t.Fatalf("the still inside is no WebP: %v", err)
	}
	frame := append([]byte{0, 0, 0, 0, 0, 0, 7, 0, 0, 3, 0, 0, 40, 0, 0, 0}, appendChunk(nil, "VP8L", still)...)
	l := newLibrary(t, Options{})
	sha, err := derive(t, l, webpOf(canvasWebP(2, 8, 4), appendChunk(nil, "ANMF", frame), appendChunk(nil, "ANMF", frame)))
	if err != nil {
		t.Fatal(err)
	}
	if got := derivedPicture(t, l, sha, Thumb).Bounds().Size(); got != image.Pt(8, 4) {
		t.Errorf("thumbnail %v", got)
	}
}

func TestDamagedPictureDataIsSaidAndLeavesNothing(t *testing.T) {
	flipped := greyPNG(t, 64, 64)
	flipped[len(flipped)-14] ^= 0xFF
	for name, b := range map[string][]byte{
		"a PNG with a wrong checksum":        flipped,
		"a JPEG of headers and no data":      scansJPEG(2),
		"a PNG whose data is not compressed": append(append(greyPNG(t, 9, 9)[:33:33], pngChunk("IDAT", []byte("plain"))...), pngChunk("IEND", nil)...),
	} {
		t.Run(name+" is damaged", func(t *testing.T) {
			l := newLibrary(t, Options{})
			_, err := derive(t, l, b)
			var bad *BadMediaError
			if !errors.As(err, &bad) || bad.Code != BadDamaged {
				t.Errorf("got %v", err)
			}
			if n := filesIn(t, l.dir); n != 1 {
				t.Errorf("%d files, want the original alone", n)
			}
		})
	}
}

func TestDeriveRefusesAFileThatIsNotWhatWasProbed(t *testing.T) {
	l := newLibrary(t, Options{})
	sha := put(t, l, greyPNG(t, 64, 64))
	_, err := l.Derive(context.Background(), sha, Info{Type: TypePNG, Width: 32, Height: 64})
	var bad *BadMediaError
	if !errors.As(err, &bad) || bad.Code != BadLying {
		t.Errorf("got %v", err)
	}
}

func TestAWaitingDeriveGivesUpWithItsCaller(t *testing.T) {
	l := newLibrary(t, Options{Workers: 1})
	sha := put(t, l, greyPNG(t, 64, 64))
	info, err := l.Probe(sha)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.decode.Acquire(context.Background(), l.capacity); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.Derive(ctx, sha, info); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAClipTakesAPosterFromTheBrowser(t *testing.T) {
	l := newLibrary(t, Options{FFmpeg: "-"})
	clip := clipSpec{width: 64, height: 64, scale: 24, times: []uint32{48, 1}}.file("isom")
	sha, err := derive(t, l, clip)
	if !errors.Is(err, ErrNoPoster) || l.HasFFmpeg() {
		t.Fatalf("got %v", err)
	}
	ctx := context.Background()
	var bad *BadMediaError
	if _, err := l.PutPoster(ctx, sha, bytes.NewReader(clip)); !errors.As(err, &bad) || bad.Code != BadUnknownType {
		t.Errorf("a clip as poster: %v", err)
	}
	if _, err := l.PutPoster(ctx, sha, bytes.NewReader(greyPNG(t, 12000, 12000))); !errors.As(err, &bad) || bad.Code != BadTooManyPixels {
		t.Errorf("a bomb as poster: %v", err)
	}
	if _, err := l.PutPoster(ctx, string(bytes.Repeat([]byte("0"), 64)), bytes.NewReader(asPNG(t, scene(9, 9)))); !errors.Is(err, ErrMissing) {
		t.Errorf("a poster of nothing: %v", err)
	}
	if _, err := l.PutPoster(ctx, sha, bytes.NewReader(asPNG(t, scene(400, 200)))); err != nil {
		t.Fatal(err)
	}
	if got := derivedPicture(t, l, sha, Thumb).Bounds().Size(); got != image.Pt(320, 160) {
		t.Errorf("poster is %v", got)
	}
}

func TestAClipGetsItsPosterFromFFmpeg(t *testing.T) {
	l := newLibrary(t, Options{})
	if !l.HasFFmpeg() {
		t.Skip("SKIPPED: no ffmpeg in PATH, so making posters from clips is not tested here")
	}
	for _, name := range []string{"wan22-two-stage.mp4", "webm-named-mp4.mp4"} {
		sha, err := derive(t, l, sample(t, name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := derivedPicture(t, l, sha, Thumb).Bounds().Size(); got != image.Pt(320, 320) {
			t.Errorf("%s: poster is %v", name, got)
		}
	}
}

func BenchmarkDerive1080x1920PNG(b *testing.B) {
	l := newLibrary(b, Options{})
	img := image.NewNRGBA(image.Rect(0, 0, 1080, 1920))
	seed := uint32(1)
	for i := range img.Pix {
		seed = seed*1664525 + 1013904223
		img.Pix[i] = byte(i/4321) + byte(seed>>29)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	sha := put(b, l, asPNG(b, img))
	info, err := l.Probe(sha)
	if err != nil {
		b.Fatal(err)
	}
	stat, err := os.Stat(l.original(sha))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(stat.Size())
	for b.Loop() {
		if _, err := l.Derive(context.Background(), sha, info); err != nil {
			b.Fatal(err)
		}
	}
}
