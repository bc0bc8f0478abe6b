//go:build unix

package assets

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// photo is a made picture that packs like a photograph: soft shapes, edges and grain.
func photo(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			grain := float64(seed>>29) - 3.5
			v := 110 + 70*math.Sin(float64(x)/97)*math.Cos(float64(y)/131) + grain
			if (x/311+y/233)%3 == 0 {
				v += 30
			}
			img.SetNRGBA(x, y, color.NRGBA{byte(v), byte(v * 0.9), byte(255 - v), 255})
		}
	}
	return img
}

// cpu is the time that this process or its children have computed.
func cpu(b *testing.B, who int) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkThumbs makes preview and thumbnail of the same files here and by two calls of vipsthumbnail, turn and turn
// about, and gives the ratio of computing time: under 1 is faster than libvips.
func BenchmarkThumbs(b *testing.B) {
	if _, err := exec.LookPath("vipsthumbnail"); err != nil {
		b.Skip("SKIPPED: no vipsthumbnail in PATH (Debian: libvips-tools), so there is nothing to compare with")
	}
	small, large, twelve := photo(1080, 1920), photo(2160, 3840), photo(3000, 4000)
	var baseline bytes.Buffer
	if err := jpeg.Encode(&baseline, twelve, &jpeg.Options{Quality: 90}); err != nil {
		b.Fatal(err)
	}
	files := []struct {
		name, ending string
		data         []byte
	}{
		{"PNG 1080x1920", ".png", asPNG(b, small)},
		{"PNG 2160x3840", ".png", asPNG(b, large)},
		{"JPEG 12 MP", ".jpg", baseline.Bytes()},
		{"JPEG 12 MP progressive", ".jpg", progressive(b, baseline.Bytes())},
	}
	for _, f := range files {
		b.Run(f.name, func(b *testing.B) {
			if f.data == nil {
				b.Skip("SKIPPED: nothing here writes progressive JPEG")
			}
			l := newLibrary(b, Options{FFmpeg: "-"})
			sha := put(b, l, f.data)
			info, err := l.Probe(sha)
			if err != nil {
				b.Fatal(err)
			}
			dir := b.TempDir()
			in := filepath.Join(dir, "in"+f.ending)
			if err := os.WriteFile(in, f.data, 0o600); err != nil {
				b.Fatal(err)
			}
			var ours, theirs time.Duration
			n := 0
			for b.Loop() {
				before := cpu(b, syscall.RUSAGE_SELF)
				if _, err := l.Derive(context.Background(), sha, info); err != nil {
					b.Fatal(err)
				}
				ours += cpu(b, syscall.RUSAGE_SELF) - before
				before = cpu(b, syscall.RUSAGE_CHILDREN)
				vips(b, in, dir)
				theirs += cpu(b, syscall.RUSAGE_CHILDREN) - before
				n++
			}
			b.ReportMetric(float64(ours)/float64(theirs), "of-vips-cpu")
			b.ReportMetric(float64(ours.Milliseconds())/float64(n), "ms-cpu")
			b.ReportMetric(float64(theirs.Milliseconds())/float64(n), "ms-cpu-vips")
			b.ReportMetric(2*float64(n)/ours.Seconds(), "thumbs/cpu-s")
		})
	}
}

func vips(b *testing.B, in, dir string) {
	b.Helper()
	for _, width := range []int{previewWidth, thumbWidth} {
		out := filepath.Join(dir, fmt.Sprintf("out-%d.jpg[Q=%d]", width, quality))
		cmd := exec.Command("vipsthumbnail", in, "--size", fmt.Sprintf("%dx100000>", width), "-o", out)
		cmd.Env = append(os.Environ(), "VIPS_CONCURRENCY=1")
		if said, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("vipsthumbnail: %v: %s", err, said)
		}
	}
}

// progressive has libvips write a JPEG anew in scans; nil where its command is not here.
func progressive(b *testing.B, data []byte) []byte {
	b.Helper()
	dir := b.TempDir()
	in, out := filepath.Join(dir, "in.jpg"), filepath.Join(dir, "out.jpg")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		b.Fatal(err)
	}
	if exec.Command("vips", "copy", in, out+"[interlace,Q=90]").Run() != nil {
		return nil
	}
	made, err := os.ReadFile(out)
	if err != nil {
		b.Fatal(err)
	}
	return made
}
