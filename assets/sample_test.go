package assets

import (
	"bytes"
	"context"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// sample reads a real file from beside the repository, or skips.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "samples", "generated", name))
	if err != nil {
		t.Skipf("real sample files are not here: %v", err)
	}
	return b
}

func newLibrary(t testing.TB, o Options) *Library {
	t.Helper()
	l, err := Open(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func put(t testing.TB, l *Library, b []byte) string {
	t.Helper()
	blob, err := l.Put(context.Background(), bytes.NewReader(b), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return blob.SHA256
}

func TestRealFilesMeasureAsTheirManifestSays(t *testing.T) {
	for _, c := range []struct {
		file string
		want Info
	}{
		{"a1111-text.png", Info{Type: TypePNG, Width: 1, Height: 1, Orientation: 1, Codec: "png"}},
		{"swarm.jpg", Info{Type: TypeJPEG, Width: 1024, Height: 1024, Orientation: 1, Codec: "jpeg"}},
		{"wan22-two-stage.mp4", Info{Type: TypeMP4, Width: 640, Height: 640, Orientation: 1, DurationMS: 5063,
			FrameNum: 16, FrameDen: 1, Frames: 81, Codec: "h264"}},
		{"webm-named-mp4.mp4", Info{Type: TypeWebM, Width: 512, Height: 512, Orientation: 1, DurationMS: 9500,
			FrameNum: 16, FrameDen: 1, Frames: 152, Codec: "vp9"}},
	} {
		t.Run(c.file+" measures true", func(t *testing.T) {
			l := newLibrary(t, Options{})
			got, err := l.Probe(put(t, l, sample(t, c.file)))
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

func TestRealPicturesGetThumbnailAndPreview(t *testing.T) {
	for _, name := range []string{"a1111-text.png", "comfy-zimage.png", "swarm.jpg", "no-meta-gimp.jpg"} {
		t.Run(name+" gets both sizes", func(t *testing.T) {
			l := newLibrary(t, Options{})
			sha := put(t, l, sample(t, name))
			info, err := l.Probe(sha)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := l.Derive(context.Background(), sha, info); err != nil {
				t.Fatal(err)
			}
			for size, width := range map[string]int{Thumb: 320, Preview: 960} {
				f, err := l.OpenDerived(sha, size)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				c, err := jpeg.DecodeConfig(f)
				if err != nil || c.Width != min(width, info.Width) {
					t.Errorf("%s is %+v, %v", size, c, err)
				}
			}
		})
	}
}

func TestReadingUsesTheStoredFile(t *testing.T) {
	l := newLibrary(t, Options{})
	r, err := l.Read(put(t, l, sample(t, "webm-named-mp4.mp4")), Hint{})
	if err != nil || r.Generator != "ComfyUI" || len(r.Records) == 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}
