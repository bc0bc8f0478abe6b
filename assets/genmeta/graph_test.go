package genmeta

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func manyNodes(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"%d":{"class_type":"Reroute","inputs":{"x":["%d",0]}}`, i, i+1)
	}
	return b.String() + "}"
}

func graphResult(t *testing.T, body string) Result {
	t.Helper()
	var r Result
	if !readGraph(&r, "png:prompt", body, Hint{}) {
		t.Fatalf("not taken for a graph: %v", r.Notes)
	}
	return r
}

// changed is duckGraph with one piece replaced, which must be there.
func changed(t testing.TB, pairs ...string) string {
	t.Helper()
	s := duckGraph
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(s, pairs[i]) {
			t.Fatalf("nothing to replace: %s", pairs[i])
		}
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return s
}

const oneMore = `"9":{"class_type":"SaveImage"`

func TestGraphsAreWalkedLinkByLink(t *testing.T) {
	for _, c := range []struct {
		name, graph string
		want        map[string]string
	}{
		{"a seed behind a reroute and a primitive", changed(t, `"seed":18446744073709551615`, `"seed":["20",0]`, oneMore,
			`"20":{"class_type":"Reroute","inputs":{"":["21",0]}},"21":{"class_type":"PrimitiveInt","inputs":{"value":9007199254740993}},`+oneMore), map[string]string{Seed: "9007199254740993"}},
		{"a seed that is computed stays empty", changed(t, `"seed":18446744073709551615`, `"seed":["20",0]`, oneMore,
			`"20":{"class_type":"Math","inputs":{"a":["5",0],"value":3}},`+oneMore), map[string]string{Seed: "", Steps: "20"}},
		{"models through LoRAs and patches", changed(t, `"model":["4",0]`, `"model":["20",0]`, oneMore,
			`"20":{"class_type":"ModelSamplingSD3","inputs":{"shift":3,"model":["21",0]}},"21":{"class_type":"LoraLoader","inputs":{"lora_name":"b.st","strength_model":0.5,"model":["22",0],"clip":["4",1]}},
			"22":{"class_type":"Power Lora Loader (rgthree)","inputs":{"lora_1":{"on":true,"lora":"a.st","strength":1},"lora_2":{"on":false,"lora":"off.st","strength":1},"model":["4",0]}},`+oneMore),
			map[string]string{Model: "duck.safetensors", Loras: "a.st:1, b.st:0.5"}},
		{"prompts that swap slots in a control node", changed(t, `"positive":["6",0],"negative":["7",0]`, `"positive":["20",0],"negative":["20",1]`, oneMore,
			`"20":{"class_type":"ControlNetApplyAdvanced","inputs":{"positive":["6",0],"negative":["7",0],"strength":1}},`+oneMore), map[string]string{Prompt: "a duck 鸭子", Negative: "grey"}},
		{"a negative that is zeroed out", changed(t, `"negative":["7",0]`, `"negative":["20",0]`, oneMore,
			`"20":{"class_type":"ConditioningZeroOut","inputs":{"conditioning":["6",0]}},`+oneMore), map[string]string{Prompt: "a duck 鸭子", Negative: ""}},
		{"prompts in several parts", changed(t, `"positive":["6",0]`, `"positive":["20",0]`, oneMore,
			`"20":{"class_type":"ConditioningCombine","inputs":{"conditioning_1":["6",0],"conditioning_2":["21",0]}},"21":{"class_type":"CLIPTextEncodeSDXL","inputs":{"text_g":"river","text_l":"river"}},`+oneMore), map[string]string{Prompt: "a duck 鸭子\nriver"}},
		{"text joined from text nodes", changed(t, `"text":"a duck 鸭子"`, `"text":["20",0]`, oneMore,
			`"20":{"class_type":"StringConcatenate","inputs":{"string_a":["21",0],"string_b":"duck","delimiter":" "}},"21":{"class_type":"Wild","inputs":{"wildcard_text":"{a|b}","populated_text":"one"}},`+oneMore), map[string]string{Prompt: "one duck"}},
		{"numbers that Python wrote as NaN", changed(t, `"batch_size":1`, `"batch_size":NaN,"a":-Infinity,"note":"NaN \"Infinity"`), map[string]string{Width: "512", Prompt: "a duck 鸭子"}},
		{"ids of subgraphs, and links by number", changed(t, `"5":{`, `"5:1":{`, `["5",0]`, `["5:1",0]`, `["3",0]`, `[3,0]`), map[string]string{Width: "512", Steps: "20"}},
		{"keys that are no nodes", changed(t, oneMore, `"extra":{"a":1},"extraMetadata":"{}","20":7,`+oneMore), map[string]string{Steps: "20"}},
		{"a loaded picture as the start", changed(t, `"class_type":"EmptyLatentImage","inputs":{"width":512,"height":768,"batch_size":1}`, `"class_type":"VAEEncode","inputs":{"pixels":["20",0]}`,
			oneMore, `"20":{"class_type":"LoadImage","inputs":{"image":"ref.png"}},`+oneMore), map[string]string{SourceImage: "ref.png", Width: "", Height: ""}},
	} {
		t.Run(c.name+" are followed", func(t *testing.T) {
			expect(t, graphResult(t, c.graph), c.want)
		})
	}
}

func TestTheCustomSamplerIsReadFromItsParts(t *testing.T) {
	r := graphResult(t, `{"1":{"class_type":"SamplerCustomAdvanced","inputs":{"noise":["2",0],"guider":["3",0],"sampler":["4",0],"sigmas":["5",0],"latent_image":["6",0]}},
	"2":{"class_type":"RandomNoise","inputs":{"noise_seed":12345678901234567890}},"3":{"class_type":"BasicGuider","inputs":{"model":["7",0],"conditioning":["8",0]}},
	"4":{"class_type":"KSamplerSelect","inputs":{"sampler_name":"euler"}},"5":{"class_type":"SplitSigmas","inputs":{"sigmas":["50",0],"step":2}},
	"50":{"class_type":"BasicScheduler","inputs":{"scheduler":"simple","steps":4,"denoise":1,"model":["7",0]}},
	"6":{"class_type":"EmptySD3LatentImage","inputs":{"width":["60",0],"height":1280,"batch_size":1}},"60":{"class_type":"PrimitiveInt","inputs":{"value":720}},
	"7":{"class_type":"UNETLoader","inputs":{"unet_name":"flux.safetensors"}},"8":{"class_type":"FluxGuidance","inputs":{"guidance":3.5,"conditioning":["9",0]}},
	"9":{"class_type":"CLIPTextEncodeFlux","inputs":{"clip_l":"rain","t5xxl":"rain"}},"10":{"class_type":"VAEDecode","inputs":{"samples":["1",0]}},"11":{"class_type":"SaveImage","inputs":{"images":["10",0]}}}`)
	expect(t, r, map[string]string{Prompt: "rain", Negative: "", Seed: "12345678901234567890", Steps: "4", Sampler: "euler", Scheduler: "simple", Model: "flux.safetensors", Width: "720", Height: "1280"})
}

func TestTwoStagesGiveTheSeedOfTheStageWithNoise(t *testing.T) {
	stage := func(id, noise, seed, model, latent string) string {
		return fmt.Sprintf(`"%s":{"class_type":"KSamplerAdvanced","inputs":{"add_noise":"%s","noise_seed":%s,"steps":4,"cfg":1,"sampler_name":"euler","scheduler":"simple","positive":["6",0],"negative":["7",0],"model":["%s",0],"latent_image":["%s",0]}}`, id, noise, seed, model, latent)
	}
	rest := `,
	"20":{"class_type":"UNETLoader","inputs":{"unet_name":"high"}},"21":{"class_type":"UNETLoader","inputs":{"unet_name":"low"}},
	"5":{"class_type":"EmptyHunyuanLatentVideo","inputs":{"width":640,"height":360,"length":81}},
	"6":{"class_type":"CLIPTextEncode","inputs":{"text":"a"}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"b"}},
	"8":{"class_type":"VAEDecode","inputs":{"samples":["2",0]}},"10":{"class_type":"CreateVideo","inputs":{"fps":16.0,"images":["8",0]}},"9":{"class_type":"SaveVideo","inputs":{"filename_prefix":"v","video":["10",0]}}}`
	r := graphResult(t, `{`+stage("1", "enable", "77", "20", "5")+`,`+stage("2", "disable", "0", "21", "1")+rest)
	expect(t, r, map[string]string{Seed: "77", Model: "high", Width: "640"})
	late := graphResult(t, `{`+stage("1", "disable", "0", "20", "5")+`,`+stage("2", "enable", "77", "21", "1")+rest)
	expect(t, late, map[string]string{Seed: "77", Model: "low"})
	for name, want := range map[string]string{"pass 2 seed": "0", "pass 2 model": "low", "pass 2 steps": "", "frames": "81", "fps": "16"} {
		if r.Params[name] != want {
			t.Errorf("%s = %q, want %q", name, r.Params[name], want)
		}
	}
}

func TestOutputsThatDisagreeGiveOnlyWhatTheyShare(t *testing.T) {
	second := `"30":{"class_type":"KSampler","inputs":{"seed":5,"steps":20,"cfg":8.0,"sampler_name":"euler","scheduler":"normal","denoise":1.0,"model":["4",0],"positive":["6",0],"negative":["7",0],"latent_image":["5",0]}},`
	saved := second + `"31":{"class_type":"SaveImage","inputs":{"filename_prefix":"y","images":["32",0]}},"32":{"class_type":"VAEDecode","inputs":{"samples":["30",0]}},`
	blended := changed(t, oneMore, second+`"33":{"class_type":"LatentBlend","inputs":{"samples1":["3",0],"samples2":["30",0]}},`+oneMore, `"samples":["3",0]`, `"samples":["33",0]`)
	for name, graph := range map[string]string{"two savers": changed(t, oneMore, saved+oneMore), "two samplers blended": blended} {
		t.Run(name+" are ambiguous", func(t *testing.T) {
			r := graphResult(t, graph)
			expect(t, r, map[string]string{Seed: "", Steps: "20", Prompt: "a duck 鸭子", Model: "duck.safetensors"})
			if !slices.Contains(r.Notes, NoteAmbiguous) {
				t.Errorf("notes %v", r.Notes)
			}
		})
	}
	preview := changed(t, oneMore, strings.ReplaceAll(saved, `"SaveImage"`, `"PreviewImage"`)+oneMore)
	preview = strings.ReplaceAll(preview, `"filename_prefix":"y",`, "")
	if r := graphResult(t, preview); r.Fields[Seed].Value != "18446744073709551615" || len(r.Notes) > 0 {
		t.Errorf("a preview beside a saver disturbs: %+v", r)
	}
}

func TestHostileGraphsEnd(t *testing.T) {
	loop := changed(t, `"text":"a duck 鸭子"`, `"text":["6",0]`, `"model":["4",0]`, `"model":["3",0]`, `"seed":18446744073709551615`, `"seed":["20",0]`,
		oneMore, `"20":{"class_type":"Reroute","inputs":{"value":["20",0]}},`+oneMore, `"latent_image":["5",0]`, `"latent_image":["8",0]`)
	r := graphResult(t, loop)
	expect(t, r, map[string]string{Seed: "", Prompt: "", Model: "", Steps: "20"})
	var doubling strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&doubling, `"s%d":{"class_type":"StringConcatenate","inputs":{"string_a":["s%d",0],"string_b":["s%d",1]}},`, i, i+1, i+1)
	}
	r = graphResult(t, changed(t, `"text":"a duck 鸭子"`, `"text":["s0",0]`, oneMore, doubling.String()+`"s4000":{"class_type":"T","inputs":{"text":"x"}},`+oneMore))
	if len(r.Fields[Prompt].Value) > 0 || !slices.Contains(r.Notes, NoteTruncated) {
		t.Errorf("a text that doubles gives %.40q and %v", r.Fields[Prompt].Value, r.Notes)
	}
	var savers strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&savers, `"x%d":{"class_type":"SaveImage","inputs":{"images":["8",0]}},`, i)
	}
	r = graphResult(t, changed(t, oneMore, savers.String()+oneMore))
	if !slices.Contains(r.Notes, NoteAmbiguous) {
		t.Errorf("five thousand outputs give %v", r.Notes)
	}
	readGraph(&Result{}, "s", manyNodes(maxNodes), Hint{})
}

func FuzzGraph(f *testing.F) {
	f.Add(duckGraph)
	f.Add(`"` + strings.ReplaceAll(strings.ReplaceAll(duckGraph, `"`, `\"`), "\n", "") + `"`)
	f.Add(changed(f, `"text":"a duck 鸭子"`, `"text":["6",0]`))
	f.Add(`{"1":{"class_type":"X","inputs":{"guider":["1",0],"noise":["1",0],"sigmas":["1",0],"images":[1,0]}}}`)
	f.Add(manyNodes(20))
	f.Fuzz(func(t *testing.T, body string) {
		var r Result
		if !readGraph(&r, "s", body, Hint{Name: "x_00001_.png", Width: 512, Height: 768}) && len(r.Fields) > 0 {
			t.Errorf("no graph, but fields: %+v", r)
		}
		if s := r.Fields[Seed].Value; s != "" && s[0] == '-' || len(r.Candidates) > maxCandidates {
			t.Errorf("seed %q, %d candidates", s, len(r.Candidates))
		}
	})
}
