package genmeta

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// twoFiles is a graph of two samplers, each with a saver of its own; the second picture is twice as large.
func twoFiles(first, second string) string {
	return sampled("9", "SaveImage", `"filename_prefix":"`+first+`","images":["8",0]`,
		"30", "KSampler", `"seed":70,"steps":20,"cfg":8.0,"sampler_name":"euler","scheduler":"normal","denoise":1.0,"model":["4",0],"positive":["6",0],"negative":["7",0],"latent_image":["31",0]`,
		"31", "LatentUpscaleBy", `"upscale_method":"x","scale_by":2,"samples":["32",0]`, "32", "EmptyLatentImage", `"width":512,"height":768`,
		"33", "VAEDecode", `"samples":["30",0]`, "34", "SaveImage", `"filename_prefix":"`+second+`","images":["33",0]`)
}

func chosenSeed(t *testing.T, graph string, h Hint) (string, Result) {
	t.Helper()
	var r Result
	if !readGraph(&r, "png:prompt", graph, h) {
		t.Fatal("not taken for a graph")
	}
	return r.Fields[Seed].Value, r
}

func TestTheOutputThatMadeTheFileIsChosen(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		hint                Hint
		seed                string
	}{
		{"by its prefix", "base", "upscaled", Hint{Name: "upscaled_00012_.png"}, "70"},
		{"by a prefix in a folder", "out/a", "out/b", Hint{Name: "b_00001_.png"}, "70"},
		{"by a prefix with a backslash", `out\\a`, `out\\b`, Hint{Name: "a_00001_.png"}, "7"},
		{"by the longer of two prefixes", "E03", "E03_hi", Hint{Name: "E03_hi_00001_.png"}, "70"},
		{"by the shorter of two prefixes", "E03", "E03_hi", Hint{Name: "E03_00001_.png"}, "7"},
		{"by a prefix that ends in a number", "a", "a_2", Hint{Name: "a_2_00001_.png"}, "70"},
		{"by a prefix with a date", "%date:yyyy-MM-dd%/a_%date:hhmm%", "b_%year%", Hint{Name: "a_1530_00001_.png"}, "7"},
		{"by the name of a copy", "a", "b", Hint{Name: "b_00001_ (2).png"}, "70"},
		{"by the name of a sound clip's twin", "a", "b", Hint{Name: "b_00001-audio.mp4"}, "70"},
		{"by a name in other case", "Final", "b", Hint{Name: "final_00003_.PNG"}, "7"},
		{"by its pixels", "a", "b", Hint{Name: "renamed.png", Width: 1024, Height: 1536}, "70"},
		{"by its pixels, the smaller", "a", "a", Hint{Name: "a_00001_.png", Width: 512, Height: 768}, "7"},
		{"by its pixels, nearly", "a", "b", Hint{Width: 1024, Height: 1530}, "70"},
		{"by its name before its pixels", "a", "b", Hint{Name: "a_00001_.png", Width: 1024, Height: 1536}, "7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			seed, r := chosenSeed(t, twoFiles(c.first, c.second), c.hint)
			if seed != c.seed || slices.Contains(r.Notes, NoteAmbiguous) || len(r.Candidates) > 0 {
				t.Errorf("seed %q, notes %v, candidates %v", seed, r.Notes, r.Candidates)
			}
		})
	}
}

func TestWhatDoesNotChooseLeavesTheCandidates(t *testing.T) {
	for name, h := range map[string]Hint{
		"no hint":                    {},
		"a name that fits neither":   {Name: "IMG_2041.png"},
		"a name that fits half":      {Name: "aa_00001_.png"},
		"pixels that fit neither":    {Width: 333, Height: 444},
		"a width that fits neither":  {Width: 900, Height: 768},
		"a height that fits neither": {Width: 512, Height: 900},
		"a prefix of any characters": {Name: "c_00001_.png"},
	} {
		t.Run(name+" keeps the graph ambiguous", func(t *testing.T) {
			_, r := chosenSeed(t, twoFiles("a", "b"), h)
			expect(t, r, map[string]string{Seed: "", Prompt: "a duck", Model: "duck.safetensors"})
			if !slices.Contains(r.Notes, NoteAmbiguous) || len(r.Candidates) != 2 {
				t.Fatalf("notes %v, candidates %v", r.Notes, r.Candidates)
			}
			for i, want := range []struct{ node, prefix, seed string }{{"9", "a", "7"}, {"34", "b", "70"}} {
				got := r.Candidates[i]
				if got.Node != want.node || got.Prefix != want.prefix || got.Fields[Seed].Value != want.seed || got.Fields[Prompt].Value != "a duck" {
					t.Errorf("candidate %+v", got)
				}
			}
		})
	}
}

func TestAtMostSixteenCandidatesAreListed(t *testing.T) {
	var more []string
	for i := range 20 {
		s := fmt.Sprint(100 + i)
		more = append(more, "s"+s, "KSampler", sampler(s, `"4",0`, `"6",0`, `"7",0`), "d"+s, "VAEDecode", `"samples":["s`+s+`",0]`, "o"+s, "SaveImage", `"filename_prefix":"p`+s+`","images":["d`+s+`",0]`)
	}
	_, r := chosenSeed(t, sampled(more...), Hint{})
	if len(r.Candidates) != 16 {
		t.Errorf("%d candidates", len(r.Candidates))
	}
	seed, r := chosenSeed(t, sampled(more...), Hint{Name: "p119_00001_.png"})
	if seed != "119" || len(r.Candidates) > 0 {
		t.Errorf("seed %q, %d candidates", seed, len(r.Candidates))
	}
}

func TestPreviewsOfAClipDoNotDisturbTheOneThatStays(t *testing.T) {
	g := sampled("9", "VHS_VideoCombine", `"filename_prefix":"final","save_output":true,"frame_rate":24,"images":["8",0]`,
		"30", "KSampler", sampler("70", `"4",0`, `"6",0`, `"7",0`), "33", "VAEDecode", `"samples":["30",0]`, "34", "VHS_VideoCombine", `"filename_prefix":"look","save_output":false,"frame_rate":8,"images":["33",0]`)
	if seed, r := chosenSeed(t, g, Hint{}); seed != "7" || len(r.Notes) > 0 {
		t.Errorf("seed %q, notes %v", seed, r.Notes)
	}
	preview := strings.Replace(g, `"VHS_VideoCombine","inputs":{"filename_prefix":"look"`, `"PreviewImage","inputs":{"x":"look"`, 1)
	if seed, r := chosenSeed(t, preview, Hint{Name: "ComfyUI_temp_abcde_00001_.png"}); seed != "70" || len(r.Notes) > 0 {
		t.Errorf("a file of a preview: seed %q, %v", seed, r)
	}
}
