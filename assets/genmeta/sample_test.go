package genmeta

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample reads a real file from beside the repository, or skips.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "generated", name))
	if err != nil {
		t.Skipf("real sample files are not here: %v", err)
	}
	return b
}

func readBytes(t *testing.T, b []byte, kind string) Result {
	t.Helper()
	r, err := Read(bytes.NewReader(b), int64(len(b)), kind, Hint{})
	if err != nil {
		t.Fatalf("reading from memory failed: %v", err)
	}
	return r
}

// expect compares fields; a wanted value ending in … is a prefix, an empty one must be absent.
func expect(t *testing.T, r Result, want map[string]string) {
	t.Helper()
	for name, value := range want {
		got := r.Fields[name].Value
		if prefix, ok := strings.CutSuffix(value, "…"); ok {
			if !strings.HasPrefix(got, prefix) {
				t.Errorf("%s = %q, want prefix %q", name, got, prefix)
			}
		} else if got != value {
			t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
}

func TestRealFilesSayWhatTheirManifestSays(t *testing.T) {
	duck := map[string]string{Prompt: "photo of a duck", Negative: "monochrome", Model: "realistic_realisticVisionV20_v20",
		ModelHash: "c0d1994c73", Seed: "235284042", Steps: "15", CFG: "5", Sampler: "UniPC", Width: "512", Height: "400", Scheduler: ""}
	for _, c := range []struct {
		file, kind, generator string
		want                  map[string]string
	}{
		{"a1111-text.png", "image/png", "A1111", duck},
		{"a1111-exif.jpg", "image/jpeg", "A1111", duck},
		{"comfy-img2img.png", "image/png", "ComfyUI", map[string]string{
			Prompt: "photograph of victorian woman with wings, sky clouds, meadow grass", Negative: "watermark, text",
			Model: "v1-5-pruned-emaonly.ckpt", Seed: "280823642470253", Steps: "20", CFG: "8", Sampler: "sample_dpmpp_2m",
			Scheduler: "normal", Denoise: "0.87", SourceImage: "example.png", Width: "", Height: ""}},
		{"comfy-zimage.png", "image/png", "ComfyUI", map[string]string{
			Prompt: "cute anime style girl with massive fluffy fennec ears and a big fluffy tail…", Negative: "blurry ugly bad",
			Model: "z_image_turbo_bf16.safetensors", Seed: "47447417949230", Steps: "9", CFG: "1", Sampler: "euler",
			Scheduler: "simple", Width: "1024", Height: "1024", VAE: "ae.safetensors"}},
		{"comfy-exif-saveplus.jpg", "image/jpeg", "ComfyUI", map[string]string{
			Prompt:   "general, masterpiece, best quality, amazing quality, \n1girl, solo, hatsune miku, …",
			Negative: "bad quality, worst quality, worst detail, sketch, censor,…", Model: "waiIllustriousSDXL_v160.safetensors",
			Seed: "577723948579568", Steps: "20", CFG: "5", Sampler: "euler_ancestral", Scheduler: "karras",
			Width: "1024", Height: "1024"}},
		{"wan22-two-stage.mp4", "video/mp4", "ComfyUI", map[string]string{
			Prompt: "Beautiful young European woman with honey blonde hair gracefully turning her head…", Negative: "色调艳丽，过曝，静态…",
			Model: "wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors", Seed: "623604505552286", Steps: "4", CFG: "1",
			Sampler: "euler", Scheduler: "simple", Width: "640", Height: "640"}},
		{"webm-named-mp4.mp4", "video/webm", "ComfyUI", map[string]string{Prompt: "", Model: "", Seed: ""}},
	} {
		t.Run(c.file+" gives its true fields", func(t *testing.T) {
			r := readBytes(t, sample(t, c.file), c.kind)
			expect(t, r, c.want)
			if r.Generator != c.generator || len(r.Notes) > 0 {
				t.Errorf("generator %q, notes %v; want %q and none", r.Generator, r.Notes, c.generator)
			}
		})
	}
}

func TestTheSecondStageOfARealClipIsKeptApart(t *testing.T) {
	r := readBytes(t, sample(t, "wan22-two-stage.mp4"), "video/mp4")
	if got := r.Params["pass 2 model"]; got != "wan2.2_t2v_low_noise_14B_fp8_scaled.safetensors" {
		t.Errorf("second model = %q in %v", got, r.Params)
	}
	if r.Params["frames"] != "81" || r.Params["fps"] != "16" {
		t.Errorf("frames and rate = %v", r.Params)
	}
	if r.Fields[Seed].Source != "mp4:mdta.prompt" || r.Fields[Seed].Certainty != Derived {
		t.Errorf("seed comes from %+v", r.Fields[Seed])
	}
}

func TestAFileWithAnOrdinaryCommentGivesRecordsAndNoFields(t *testing.T) {
	r := readBytes(t, sample(t, "no-meta-gimp.jpg"), "image/jpeg")
	if r.Generator != "" || len(r.Fields) > 0 || len(r.Records) == 0 {
		t.Errorf("got %+v", r)
	}
}
