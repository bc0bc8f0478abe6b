package assets

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
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

func TestAProxyThatGrowsWithoutEndIsGivenUp(t *testing.T) {
	l := newLibrary(t, Options{FFmpeg: program(t, "for a; do :; done\nexec truncate -s 1G \"${a#file:}\"\n")})
	sha := put(t, l, []byte("x"))
	_, err := l.Film(context.Background(), sha, Info{Type: TypeMP4, Width: 64, Height: 64, DurationMS: 1000, Frames: 24, Codec: "hevc"})
	var bad *BadMediaError
	if !errors.As(err, &bad) || bad.Code != BadSlow {
		t.Errorf("got %v", err)
	}
	if n := filesIn(t, l.dir); n != 1 {
		t.Errorf("%d files, want the original alone", n)
	}
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
