package assets

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// needFFmpeg skips with a clear word, except where a missing program would hide a failure.
func needFFmpeg(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg is not in PATH; the checks need it")
		}
		t.Skip("SKIPPED: no ffmpeg in PATH, so work on clips is not tested here")
	}
}

// made has ffmpeg write a file with the given ending.
func made(t testing.TB, ending string, args ...string) []byte {
	t.Helper()
	needFFmpeg(t)
	path := filepath.Join(t.TempDir(), "made"+ending)
	cmd := exec.Command("ffmpeg", append(append([]string{"-nostdin", "-v", "error", "-y"}, args...), path)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("making %s: %v: %s", ending, err, out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Sources of one second at 24 frames, silent and sounding.
func testPicture(size string) []string {
	return []string{"-f", "lavfi", "-i", "testsrc=size=" + size + ":rate=24:duration=1"}
}

func withTone(in []string) []string {
	return append(in, "-f", "lavfi", "-i", "sine=frequency=440:duration=1")
}

type clipCase struct {
	name, ending string
	args         []string
	want         Info
	proxy        bool
}

func clipCases() []clipCase {
	still := testPicture("216x384")
	loud := withTone(testPicture("216x384"))
	info := func(kind, codec string, sound bool) Info {
		return Info{Type: kind, Width: 216, Height: 384, Orientation: 1, DurationMS: 1000, FrameNum: 24, FrameDen: 1, Frames: 24, Codec: codec, Sound: sound}
	}
	add := func(in []string, more ...string) []string { return append(append([]string{}, in...), more...) }
	return []clipCase{
		{"H.264 with sound", ".mp4", add(loud, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"), info(TypeMP4, "h264", true), false},
		{"H.264 in fragments", ".mp4", add(still, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "8", "-movflags", "frag_keyframe+empty_moov"), info(TypeMP4, "h264", false), false},
		{"H.264 with full colour", ".mp4", add(still, "-c:v", "libx264", "-pix_fmt", "yuv444p"), info(TypeMP4, "h264-high444", false), true},
		{"HEVC with sound", ".mp4", add(loud, "-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-c:a", "aac", "-shortest"), info(TypeMP4, "hevc", true), true},
		{"ProRes in QuickTime", ".mov", add(still, "-c:v", "prores_ks"), info(TypeQuickTime, "prores", false), true},
		{"H.264 in QuickTime", ".mov", add(still, "-c:v", "libx264", "-pix_fmt", "yuv420p"), info(TypeQuickTime, "h264", false), false},
		{"MPEG-4 of old", ".mp4", add(still, "-c:v", "mpeg4"), info(TypeMP4, "mpeg4", false), true},
		{"VP9 in WebM", ".webm", add(still, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"), info(TypeWebM, "vp9", false), false},
		{"VP8 with Opus, live", ".webm", add(loud, "-c:v", "libvpx", "-c:a", "libopus", "-shortest", "-live", "1"), info(TypeWebM, "vp8", true), false},
		{"H.264 in Matroska", ".mkv", add(still, "-c:v", "libx264", "-pix_fmt", "yuv420p"), info(TypeMatroska, "h264", false), true},
		{"GIF", ".gif", []string{"-f", "lavfi", "-i", "testsrc=size=216x384:rate=10:duration=1"},
			Info{Type: TypeGIF, Width: 216, Height: 384, Orientation: 1, DurationMS: 1000, FrameNum: 10, FrameDen: 1, Frames: 10, Codec: "gif", Animated: true}, false},
	}
}

func TestClipsAreMeasuredPosteredAndStripped(t *testing.T) {
	needFFmpeg(t)
	for _, c := range clipCases() {
		t.Run(c.name+" gets what it needs", func(t *testing.T) {
			l := newLibrary(t, Options{})
			sha := put(t, l, made(t, c.ending, c.args...))
			info, err := l.Probe(sha)
			off := info.DurationMS - c.want.DurationMS
			if info.DurationMS = c.want.DurationMS; err != nil || info != c.want || off < -50 || off > 50 {
				t.Fatalf("got %+v %+d ms, %v\nwant %+v", info, off, err, c.want)
			}
			if hash, err := l.Derive(context.Background(), sha, info); err != nil || len(hash) != 16 {
				t.Errorf("poster: %q, %v", hash, err)
			}
			f, err := l.Film(context.Background(), sha, info)
			if err != nil || f.Proxy != c.proxy || f.Proxy != info.NeedsProxy() || (f.Loudness != nil) != info.Sound {
				t.Fatalf("got %+v %+v, %v", f, f.Loudness, err)
			}
			checkStrip(t, l, sha, f.Strip, min(20, c.want.Frames))
			if f.Loudness != nil && (f.Loudness.LUFS < -350 || f.Loudness.LUFS > -100 || f.Loudness.Peak < -250 || f.Loudness.Peak > 0) {
				t.Errorf("loudness %+v", *f.Loudness)
			}
			if c.proxy {
				checkProxy(t, l, sha, c.want.Sound)
			}
		})
	}
}

// checkStrip holds the sheet against its shape. The clock of ffmpeg's test picture makes every tile differ from the first.
func checkStrip(t *testing.T, l *Library, sha string, s Tiles, tiles int) {
	t.Helper()
	if s.Tiles != tiles || s.Width != 160 || s.Height != 284 || s.Columns != min(5, tiles) {
		t.Errorf("strip %+v, want %d tiles of 160x284", s, tiles)
	}
	sheet := derivedPicture(t, l, sha, Strip)
	if got, want := sheet.Bounds().Size(), image.Pt(s.Columns*s.Width, (s.Tiles+s.Columns-1)/s.Columns*s.Height); got != want {
		t.Errorf("the sheet is %v, want %v", got, want)
	}
	if a, b := tile(sheet, s, 0), tile(sheet, s, s.Tiles-1); bytes.Equal(a, b) {
		t.Error("the last tile shows what the first one does")
	}
}

func tile(sheet image.Image, s Tiles, n int) []byte {
	var out []byte
	for y := range s.Height {
		for x := range s.Width {
			g := color.GrayModel.Convert(sheet.At(n%s.Columns*s.Width+x, n/s.Columns*s.Height+y)).(color.Gray)
			out = append(out, g.Y)
		}
	}
	return out
}

func checkProxy(t *testing.T, l *Library, sha string, sound bool) {
	t.Helper()
	f, err := l.OpenDerived(sha, Proxy)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	m, err := l.measure(f, stat.Size())
	if err != nil || m.Codec != "h264" || m.Width != 216 || m.Height != 384 || m.Sound != sound || m.Frames != 24 || m.NeedsProxy() {
		t.Errorf("the proxy is %+v, %v", m, err)
	}
	head := make([]byte, 64<<10)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	if index, data := bytes.Index(head[:n], []byte("moov")), bytes.Index(head[:n], []byte("mdat")); index < 0 || data >= 0 && data < index {
		t.Errorf("the index lies at %d, the pictures at %d", index, data)
	}
}

func TestASidewaysClipIsShownUpright(t *testing.T) {
	l := newLibrary(t, Options{})
	b := made(t, ".mp4", append(testPicture("384x216"), "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	level, turned := be32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000), be32(0, 0x10000, 0, 0xFFFF0000, 0, 0, 384<<16, 0, 0x40000000)
	track := bytes.Index(b, []byte("tkhd"))
	copy(b[track+bytes.Index(b[track:], level):], turned)
	sha := put(t, l, b)
	info, err := l.Probe(sha)
	if err != nil || info.Width != 216 || info.Height != 384 {
		t.Fatalf("got %+v, %v", info, err)
	}
	f, err := l.Film(context.Background(), sha, info)
	if err != nil || f.Strip.Height != 284 {
		t.Errorf("got %+v, %v", f, err)
	}
}

func TestHostileFilmsAreRefusedAndReachNothing(t *testing.T) {
	needFFmpeg(t)
	secret := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(secret, asPNG(t, scene(64, 64)), 0o600); err != nil {
		t.Fatal(err)
	}
	clip := made(t, ".mp4", append(testPicture("64x64"), "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	noise := bytes.Clone(clip)
	at := bytes.Index(noise, []byte("mdat")) + 4
	for i := range bytes.Index(noise[at:], []byte("moov")) - 8 {
		noise[at+i] = byte(i * 7919)
	}
	playlist := "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\nfile://" + secret + "\n#EXT-X-ENDLIST\n"
	for name, c := range map[string]struct {
		b    []byte
		info Info
		code string
	}{
		"a playlist named as a clip":  {[]byte(playlist), Info{Type: TypeMP4, Width: 64, Height: 64, DurationMS: 1000, Frames: 24, Codec: "h264"}, BadDamaged},
		"a concat script":             {[]byte("ffconcat version 1.0\nfile '" + secret + "'\n"), Info{Type: TypeWebM, Width: 64, Height: 64, DurationMS: 1000, Codec: "hevc"}, BadDamaged},
		"a clip of noise":             {noise, Info{Type: TypeMP4, Width: 64, Height: 64, DurationMS: 1000, Frames: 24, Codec: "hevc"}, BadDamaged},
		"a clip without any pictures": {clipSpec{width: 64, height: 64, scale: 24, times: []uint32{48, 1}}.file("isom"), Info{Type: TypeMP4, Width: 64, Height: 64, DurationMS: 2000, Frames: 48, Codec: "h264"}, BadDamaged},
	} {
		t.Run(name+" is damaged", func(t *testing.T) {
			l := newLibrary(t, Options{})
			sha := put(t, l, c.b)
			f, err := l.Film(context.Background(), sha, c.info)
			var bad *BadMediaError
			if !errors.As(err, &bad) || bad.Code != c.code {
				t.Errorf("got %+v, %v", f, err)
			}
			if n := filesIn(t, l.dir); n != 1 {
				t.Errorf("%d files, want the original alone", n)
			}
		})
	}
}

func TestAFilmThatWasStoppedLeavesNothingAndIsMadeAgain(t *testing.T) {
	l := newLibrary(t, Options{})
	b := made(t, ".mov", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=24:duration=4", "-c:v", "prores_ks", "-profile:v", "0")
	sha := put(t, l, b)
	info, err := l.Probe(sha)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		// The proxy's temporary file appears as soon as the work is under way.
		for ctx.Err() == nil {
			if e, _ := os.ReadDir(filepath.Join(l.dir, "tmp")); len(e) > 0 {
				if i, err := e[0].Info(); err == nil && i.Size() > 0 {
					cancel()
				}
			}
		}
	}()
	if f, err := l.Film(ctx, sha, info); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %+v, %v", f, err)
	}
	if n := filesIn(t, l.dir); n != 1 {
		t.Errorf("%d files, want the original alone", n)
	}
	f, err := l.Film(context.Background(), sha, info)
	if err != nil || !f.Proxy || f.Strip.Tiles != 20 {
		t.Errorf("made again: %+v, %v", f, err)
	}
}

func TestAProgramThatHangsIsEnded(t *testing.T) {
	l := newLibrary(t, Options{FFmpeg: program(t, "exec sleep 600\n")})
	sha := put(t, l, []byte("anything"))
	_, err := l.run(context.Background(), command{path: l.original(sha), demuxer: "mov", within: 50 * time.Millisecond})
	var bad *BadMediaError
	if !errors.As(err, &bad) || bad.Code != BadSlow {
		t.Errorf("got %v", err)
	}
}

func TestAProgramThatPrintsWithoutEndIsEnded(t *testing.T) {
	l := newLibrary(t, Options{FFmpeg: program(t, "exec yes\n")})
	sha := put(t, l, []byte("anything"))
	_, err := l.run(context.Background(), command{path: l.original(sha), demuxer: "mov", within: time.Minute, out: &limited{most: 1 << 20}})
	var bad *BadMediaError
	if !errors.As(err, &bad) || bad.Code != BadSlow {
		t.Errorf("got %v", err)
	}
}

func TestTheFaultOfTheMachineIsNotCalledTheFiles(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want error
	}{
		"a program without its libraries": {"exit 127\n", ErrNoFFmpeg},
		"one that may not be run":         {"exit 126\n", ErrNoFFmpeg},
		"one without an encoder":          {"echo \"Unknown encoder 'libx264'\" >&2; exit 1\n", ErrNoDecoder},
		"one without a decoder":           {"echo 'Decoder (codec hevc) not found for input stream #0:0' >&2; exit 1\n", ErrNoDecoder},
		"one that is killed":              {"kill -9 $$\n", nil},
		"a file it cannot read":           {"exit 1\n", &BadMediaError{BadDamaged}},
	} {
		t.Run(name+" is said so", func(t *testing.T) {
			l := newLibrary(t, Options{FFmpeg: program(t, c.body)})
			_, err := l.run(context.Background(), command{path: l.original(put(t, l, []byte("x"))), demuxer: "mov", within: time.Minute})
			var bad *BadMediaError
			_, file := c.want.(*BadMediaError)
			if err == nil || errors.As(err, &bad) != file || c.want != nil && !file && !errors.Is(err, c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("one that went away", func(t *testing.T) {
		path := program(t, "exit 0\n")
		l := newLibrary(t, Options{FFmpeg: path})
		sha := put(t, l, []byte("x"))
		for _, nice := range []string{l.programs.nice, ""} {
			l.programs.nice = nice
			if err := os.Remove(path); err != nil && nice != "" {
				t.Fatal(err)
			}
			if _, err := l.run(context.Background(), command{path: l.original(sha), demuxer: "mov", within: time.Minute}); !errors.Is(err, ErrNoFFmpeg) {
				t.Errorf("with nice %q: %v", nice, err)
			}
		}
	})
}

// program writes a shell script that stands in for ffmpeg.
func program(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ffmpeg")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFFmpegIsFoundWhenItComesAndMissedWhenItGoes(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	l := newLibrary(t, Options{})
	sha := put(t, l, clipSpec{width: 64, height: 64, scale: 24, times: []uint32{48, 1}}.file("isom"))
	info, err := l.Probe(sha)
	if err != nil || l.HasFFmpeg() {
		t.Fatalf("%v, ffmpeg %t", err, l.HasFFmpeg())
	}
	if _, err := l.Film(context.Background(), sha, info); !errors.Is(err, ErrNoFFmpeg) {
		t.Errorf("without ffmpeg: %v", err)
	}
	path := filepath.Join(dir, "ffmpeg")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if l.HasFFmpeg() || !l.LookForFFmpeg() || !l.HasFFmpeg() {
		t.Error("ffmpeg came and was not found")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if l.LookForFFmpeg() || l.HasFFmpeg() {
		t.Error("ffmpeg went and was not missed")
	}
}

func TestLoudnessIsReadFromTheSummaryAlone(t *testing.T) {
	summary := func(i, peak string) string {
		return "[x] t: 1 TARGET:-23 LUFS M: -12.0 S:-120.7 I: -99.0 LUFS\n[x] Summary:\n\n  Integrated loudness:\n    I:         " + i + " LUFS\n    Threshold: -30.0 LUFS\n\n  Loudness range:\n    LRA: 0.0 LU\n\n  True peak:\n    Peak:      " + peak + " dBFS\n"
	}
	for name, c := range map[string]struct {
		report string
		want   *Loudness
	}{
		"a tone":       {summary("-21.8", "-17.9"), &Loudness{LUFS: -218, Peak: -179}},
		"an over":      {summary("-3.04", "1.2"), &Loudness{LUFS: -30, Peak: 12}},
		"silence":      {summary("-70.0", "-inf"), nil},
		"a short blip": {summary("-70.0", "-3.0"), nil},
		"nonsense":     {summary("nan", "x"), nil},
		"no summary":   {"I: -20.0 LUFS\nPeak: -1.0 dBFS", nil},
		"nothing":      {"", nil},
	} {
		t.Run(name+" reads true", func(t *testing.T) {
			got := parseLoudness(c.report)
			if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestOneColourHasNoHashAndALikePictureANearOne(t *testing.T) {
	hash := func(b []byte) string {
		l := newLibrary(t, Options{})
		sha := put(t, l, b)
		info, err := l.Probe(sha)
		if err != nil {
			t.Fatal(err)
		}
		h, err := l.Derive(context.Background(), sha, info)
		if err != nil {
			t.Fatal(err)
		}
		again, err := l.Hash(sha)
		a, ok := ParseHash(h)
		b2, _ := ParseHash(again)
		if err != nil || ok && Distance(a, b2) > 3 {
			t.Errorf("the thumbnail hashes to %s, %v; the picture to %s", again, err, h)
		}
		return h
	}
	if h := hash(greyPNG(t, 300, 300)); h != "" {
		t.Errorf("one colour hashes to %s", h)
	}
	one, _ := ParseHash(hash(made(t, ".png", "-f", "lavfi", "-i", "testsrc=size=640x360:rate=1:duration=1", "-frames:v", "1")))
	small, _ := ParseHash(hash(made(t, ".jpg", "-f", "lavfi", "-i", "testsrc=size=640x360:rate=1:duration=1", "-frames:v", "1", "-vf", "scale=400:-2", "-q:v", "12")))
	other, _ := ParseHash(hash(made(t, ".png", "-f", "lavfi", "-i", "mandelbrot=size=640x360:rate=1", "-frames:v", "1")))
	if d := Distance(one, small); d > 8 {
		t.Errorf("a smaller copy is %d away", d)
	}
	if d := Distance(one, other); d <= 8 {
		t.Errorf("another picture is only %d away", d)
	}
	for _, bad := range []string{"", "12", strings.Repeat("g", 16), strings.Repeat("1", 17)} {
		if _, ok := ParseHash(bad); ok {
			t.Errorf("%q is taken for a hash", bad)
		}
	}
}
