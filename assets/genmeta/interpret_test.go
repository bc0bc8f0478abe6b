package genmeta

import (
	"slices"
	"strings"
	"testing"
)

func TestAStatedRecordGoesBeforeAGraphThatFillsWhatIsLeft(t *testing.T) {
	const tensor = `{"prompt":"said","negativePrompt":"","samplerName":"Euler","steps":25,"cfgScale":7,"seed":"-1","baseModel":{"modelFileName":"duckXL"}}`
	for _, c := range []struct {
		name, generator string
		records         []string
		want            map[string]string
	}{
		{"a random seed is the graph's", "TensorArt", []string{"png:prompt", "prompt", duckGraph, "png:generation_data", "generation_data", tensor},
			map[string]string{Prompt: "said", Negative: "", Seed: "18446744073709551615", Steps: "25", CFG: "7", Model: "duckXL", Denoise: "1", Width: "512"}},
		{"Swarm's record stands before its graph", "SwarmUI", []string{"png:prompt", "prompt", duckGraph, "png:parameters", "parameters", swarmRecord},
			map[string]string{Prompt: "a duck", Negative: "grey", Seed: "697543491", Width: "768", Height: "1344", Model: "duckXL"}},
		{"a text without a prompt takes the graph's", "ComfyUI", []string{"png:parameters", "parameters", "Steps: 1, Sampler: E, Seed: 3", "png:prompt", "prompt", duckGraph},
			map[string]string{Prompt: "a duck 鸭子", Negative: "grey", Seed: "3", Steps: "1"}},
		{"a graph that is broken does no harm", "SwarmUI", []string{"png:prompt", "prompt", `{"1":`, "png:parameters", "parameters", swarmRecord}, map[string]string{Seed: "697543491"}},
		{"of two stated records the first of a kind wins", "InvokeAI", []string{"png:invokeai_metadata", "invokeai_metadata", invokeOldRecord, "png:sd-metadata", "sd-metadata", `{"model_weights":"w","image":{"prompt":"other [no]","seed":9,"steps":50}}`},
			map[string]string{Prompt: "a duck", Negative: "", Seed: "5", Steps: "50", Model: "duck-v1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkTold(t, told(c.records...), c.generator, c.want, nil)
		})
	}
}

func TestSourcesTellRecordAndGraphApart(t *testing.T) {
	r := told("png:prompt", "prompt", duckGraph, "png:parameters", "parameters", "a\nSteps: 1, Sampler: E, Seed: 3")
	if f := r.Fields[Seed]; f.Source != "png:parameters" || f.Certainty != Exact {
		t.Errorf("seed is %+v", f)
	}
	if f := r.Fields[Scheduler]; f.Source != "png:prompt" || f.Certainty != Derived {
		t.Errorf("scheduler is %+v", f)
	}
}

func TestADrawingBesideAStatedRecordAddsNothing(t *testing.T) {
	const drawing = `{"nodes":[{"id":1,"type":"CLIPTextEncode","widgets_values":["other"]}],"links":[]}`
	r := told("png:workflow", "workflow", drawing, "png:parameters", "parameters", "a\nSteps: 1, Sampler: E, Seed: 3")
	if r.Fields[Prompt].Value != "a" || len(r.Notes) > 0 {
		t.Errorf("got %+v", r)
	}
	if r := told("png:workflow", "workflow", drawing); !slices.Contains(r.Notes, NoteWorkflowOnly) || r.Generator != "ComfyUI" {
		t.Errorf("alone it gives %+v", r)
	}
}

func TestSideFilesAreReadByTheirContent(t *testing.T) {
	for _, c := range []struct {
		name, body, generator string
		want                  map[string]string
		sure                  Certainty
	}{
		{"A1111 text", duckText, "A1111", map[string]string{Prompt: "a duck, (red:1.2)\nsecond line", Negative: "grey", Seed: "18446744073709551615"}, Exact},
		{"the caption of a training picture", "1girl, duck, river", "", map[string]string{Prompt: "1girl, duck, river"}, Guess},
		{"Easy Diffusion's lines", "Prompt: a duck\nWidth: 512\nHeight: 640\nSeed: 4007\nSteps: 25\nGuidance Scale: 7.5\nUse Face Correction: None\nSampler: euler_a\nNegative Prompt: grey\nStable Diffusion model: sd/duck\nVAE model: None", "Easy Diffusion",
			map[string]string{Prompt: "a duck", Negative: "grey", Seed: "4007", Model: "duck", VAE: "", Width: "512", Height: "640", CFG: "7.5", Sampler: "euler_a"}, Exact},
		{"JSON with common names", `{"prompt":"a duck","seed":3,"model_name":"m","duration":"5"}`, "", map[string]string{Prompt: "a duck", Seed: "3", Model: "m", Duration: "5"}, Exact},
		{"JSON with a prompt alone", `{"prompt":"a duck","id":3}`, "", map[string]string{Prompt: "a duck"}, Guess},
		{"JSON of a trainer", `{"caption":"a duck","tags":"x"}`, "", map[string]string{Prompt: "a duck"}, Guess},
		{"JSON of something else", `{"name":"a duck","size":"3"}`, "", map[string]string{Prompt: ""}, ""},
		{"a graph", duckGraph, "ComfyUI", map[string]string{Prompt: "a duck 鸭子", Seed: "18446744073709551615"}, Derived},
		{"an address", "https://a.b/c", "", map[string]string{Prompt: ""}, ""},
		{"a whole page", strings.Repeat("line\n", 40), "", map[string]string{Prompt: ""}, ""},
		{"a long page", strings.Repeat("word ", 900), "", map[string]string{Prompt: ""}, ""},
	} {
		t.Run(c.name+" is read", func(t *testing.T) {
			r := told("sidecar:txt", "sidecar", c.body)
			checkTold(t, r, c.generator, c.want, nil)
			if got := r.Fields[Prompt].Certainty; got != c.sure {
				t.Errorf("the prompt is %q, want %q", got, c.sure)
			}
		})
	}
}

func TestParametersInUnknownJSONNeedMoreThanAPrompt(t *testing.T) {
	r := told("png:parameters", "parameters", `{"prompt":"a duck","seed":3,"steps":4,"tool":"mine"}`)
	checkTold(t, r, "", map[string]string{Prompt: "a duck", Seed: "3", Steps: "4"}, map[string]string{"tool": "mine"})
	if r := told("png:parameters", "parameters", `{"prompt":"a duck","seed":3}`); len(r.Fields)+len(r.Params) > 0 {
		t.Errorf("too little gives %+v", r)
	}
}

func TestParametersWithoutSettingsAreAPrompt(t *testing.T) {
	r := told("png:parameters", "parameters", "a duck <lora:ink:1>")
	if f := r.Fields[Prompt]; f.Value != "a duck <lora:ink:1>" || f.Certainty != Guess || r.Fields[Loras].Value != "ink:1" {
		t.Errorf("got %+v", r.Fields)
	}
	r = told("png:parameters", "parameters", "a duck\nNegative prompt: grey\nmore")
	if f := r.Fields[Negative]; f.Value != "grey\nmore" || f.Certainty != Exact || r.Fields[Prompt].Certainty != Exact {
		t.Errorf("got %+v", r.Fields)
	}
}

func TestSettingsInTextsOfTheirOwnAreNotTheCameras(t *testing.T) {
	r := told("png:prompt", "prompt", "a duck", "jpeg:exif.Model", "Model", "PowerShot", "mp4:mdta.com.apple.quicktime.model", "model", "iPhone", "png:seed", "seed", "0")
	checkTold(t, r, "", map[string]string{Prompt: "a duck", Seed: "0", Model: ""}, nil)
	if r := told("jpeg:exif.UserComment", "prompt", "a duck"); len(r.Fields) > 0 {
		t.Errorf("a foreign key gives %+v", r.Fields)
	}
}

func TestTokensInAddressesNeverReachAField(t *testing.T) {
	r := told("png:parameters", "parameters", "like https://a.b/c.png?token=SECRET\nSteps: 1, Seed: 2, Source: \"https://x.y/z#SECRET\"",
		"png:prompt", "prompt", changed(t, "grey", "not https://u:SECRET@h.i/j?k=SECRET"))
	for name, f := range r.Fields {
		if strings.Contains(f.Value, "SECRET") {
			t.Errorf("field %s = %q", name, f.Value)
		}
	}
	for name, value := range r.Params {
		if strings.Contains(value, "SECRET") {
			t.Errorf("param %s = %q", name, value)
		}
	}
	if got := r.Fields[Prompt].Value; got != "like https://a.b/c.png" {
		t.Errorf("prompt %q", got)
	}
}

func TestParamsStayFewAndShort(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"sui_image_params":{"prompt":"a duck","long":"` + strings.Repeat("x", 3000) + `"`)
	for i := range 500 {
		b.WriteString(`,"k` + strings.Repeat("a", i%90) + string(rune('a'+i%26)) + `":1`)
	}
	b.WriteString(`}}`)
	r := told("png:parameters", "parameters", b.String())
	if len(r.Params) > 200 || r.Params["long"] != "" || r.Fields[Prompt].Value != "a duck" {
		t.Errorf("%d params, prompt %q", len(r.Params), r.Fields[Prompt].Value)
	}
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	for given, want := range map[string]string{"7.0": "7", "5.50": "5.5", "18446744073709551615": "18446744073709551615", "0.30000001192092896": "0.3", "0": "0", "1e-9": "1e-9", "2.5e1": "25", "-1": "-1"} {
		if got := plainNumber(given); got != want {
			t.Errorf("%s is %s, want %s", given, got, want)
		}
	}
}

func FuzzInterpret(f *testing.F) {
	for key, body := range map[string]string{"parameters": swarmRecord, "invokeai_metadata": invokeRecord, "Comment": novelComment, "imagemetahub_data": metaHubRecord, "sidecar": easyRecord,
		"Dream": `"a [b]" -s 50 -S 1`, "Description": "a --ar 1:1 Job ID: 3f2b1c5e-8d4a-4f6b-9e0c-1a2b3c4d5e6f", "prompt": duckGraph, "UserComment": `{"parameters":"a\nSteps: 1, Seed: 2, Size: 1x1"}`,
		"generation_data": `{"prompt":"a","seed":"-1","baseModel":{"hash":"x"}}`, "parameters-json": `{"PositivePrompt":"a"}`, "sd-metadata": `{"image":{"prompt":[{"prompt":"a [b]"}]}}`,
		"xmp:exif:UserComment": `{"c":"a","uc":"b","steps":1,"lora":[{"model":"x"},["y",1],"z"]}`} {
		f.Add(key, body)
	}
	f.Fuzz(func(t *testing.T, key, body string) {
		r := told("png:"+key, key, body, "png:Software", "Software", "NovelAI")
		for name, field := range r.Fields {
			if field.Value == "" || field.Source == "" || field.Certainty == "" {
				t.Errorf("half a field %s: %+v", name, field)
			}
		}
		if len(r.Params) > 2500 {
			t.Errorf("%d params", len(r.Params))
		}
	})
}
