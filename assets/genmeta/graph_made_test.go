package genmeta

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// graphOf writes a graph from triples of id, class and inputs.
func graphOf(triples ...string) string {
	var nodes []string
	for i := 0; i+2 < len(triples); i += 3 {
		nodes = append(nodes, fmt.Sprintf(`"%s":{"class_type":"%s","inputs":{%s}}`, triples[i], triples[i+1], triples[i+2]))
	}
	return "{" + strings.Join(nodes, ",\n") + "}"
}

// sampled is a graph around one sampler: its own inputs as given, texts in 6 and 7, model in 4, latent in 5.
func sampled(more ...string) string {
	base := []string{
		"3", "KSampler", `"seed":7,"steps":20,"cfg":8.0,"sampler_name":"euler","scheduler":"normal","denoise":1.0,"model":["4",0],"positive":["6",0],"negative":["7",0],"latent_image":["5",0]`,
		"4", "CheckpointLoaderSimple", `"ckpt_name":"duck.safetensors"`,
		"5", "EmptyLatentImage", `"width":512,"height":768`,
		"6", "CLIPTextEncode", `"text":"a duck","clip":["4",1]`,
		"7", "CLIPTextEncode", `"text":"grey","clip":["4",1]`,
		"8", "VAEDecode", `"samples":["3",0],"vae":["4",2]`,
		"9", "SaveImage", `"filename_prefix":"x","images":["8",0]`,
	}
	for i := 0; i+2 < len(more); i += 3 {
		at := slices.Index(base, more[i])
		if at >= 0 && at%3 == 0 {
			base[at+1], base[at+2] = more[i+1], more[i+2]
			continue
		}
		base = append(base, more[i:i+3]...)
	}
	return graphOf(base...)
}

const sampler3 = `"seed":%s,"steps":20,"cfg":8.0,"sampler_name":"euler","scheduler":"normal","denoise":1.0,"model":[%s],"positive":[%s],"negative":[%s],"latent_image":["5",0]`

func sampler(seed, model, pos, neg string) string {
	return fmt.Sprintf(sampler3, seed, model, pos, neg)
}

func TestPartsOfAGraph(t *testing.T) {
	for _, c := range []struct {
		name, graph string
		want        map[string]string
	}{
		{"a switch hands on only what it chooses", sampled("3", "KSampler", sampler("7", `"4",0`, `"20",0`, `"7",0`),
			"20", "ComfySwitchNode", `"switch":["21",0],"on_false":["6",0],"on_true":["22",0]`, "21", "PrimitiveBoolean", `"value":true`, "22", "CLIPTextEncode", `"text":"a swan"`),
			map[string]string{Prompt: "a swan"}},
		{"the first link of an any-switch is taken", sampled("3", "KSampler", sampler(`["20",0]`, `"4",0`, `"6",0`, `"7",0`),
			"20", "Any Switch (rgthree)", `"any_02":["22",0],"any_10":["21",0]`, "21", "PrimitiveInt", `"value":1`, "22", "Seed (rgthree)", `"seed":99`), map[string]string{Seed: "99"}},
		{"a seed of -1 only asks for a random one", sampled("3", "KSampler", sampler("-1", `"4",0`, `"6",0`, `"7",0`)), map[string]string{Seed: "", Steps: "20"}},
		{"a seed of zero is a seed", sampled("3", "KSampler", sampler("0", `"4",0`, `"6",0`, `"7",0`)), map[string]string{Seed: "0"}},
		{"a random number is not its own seed", sampled("3", "KSampler", sampler(`["20",0]`, `"4",0`, `"6",0`, `"7",0`), "20", "Random Number", `"seed":5,"minimum":0,"maximum":9`), map[string]string{Seed: ""}},
		{"a seed written as a fraction is none", sampled("3", "KSampler", sampler("1e30", `"4",0`, `"6",0`, `"7",0`)), map[string]string{Seed: ""}},
		{"an efficient loader hands out roles one slot later", sampled("3", "KSampler (Efficient)", sampler("7", `"20",0`, `"20",1`, `"20",2`),
			"20", "Efficient Loader", `"ckpt_name":"e.st","lora_name":"l.st","lora_model_strength":0.5,"positive":["21",0],"negative":"bad"`, "21", "PrimitiveString", `"value":"good"`),
			map[string]string{Prompt: "good", Negative: "bad", Model: "e.st", Loras: "l.st:0.5"}},
		{"concatenated conditionings keep their order", sampled("3", "KSampler", sampler("7", `"4",0`, `"20",0`, `"7",0`),
			"20", "ConditioningConcat", `"conditioning_from":["21",0],"conditioning_to":["6",0]`, "21", "CLIPTextEncode", `"text":"second"`), map[string]string{Prompt: "a duck\nsecond"}},
		{"the texts of a numbered list keep their order", sampled("3", "KSampler", sampler("7", `"4",0`, `"20",0`, `"7",0`),
			"20", "ConditioningMultiCombine", `"conditioning_2":["6",0],"conditioning_10":["21",0]`, "21", "CLIPTextEncode", `"text":"last"`), map[string]string{Prompt: "a duck\nlast"}},
		{"a text may be joined twice", sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", "StringConcatenate", `"string_a":["21",0],"string_b":["21",0],"delimiter":"-"`, "21", "PrimitiveString", `"value":"ha"`),
			map[string]string{Prompt: "ha-ha"}},
		{"text nodes with lettered inputs are joined", sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", "Text Concatenate", `"delimiter":", ","clean_whitespace":"true","text_a":["21",0],"text_b":"  red ","text_d":"big"`, "21", "Text Multiline", `"text":"a duck"`),
			map[string]string{Prompt: "a duck, red, big"}},
		{"a resolved wildcard goes before its pattern", sampled("6", "ImpactWildcardEncode", `"wildcard_text":"{a|b}","populated_text":"b","mode":"populate"`), map[string]string{Prompt: "b"}},
		{"a text is never taken from a node that changes it", sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", "StringReplace", `"string":"a cat","find":"cat","replace":"dog"`), map[string]string{Prompt: "", Seed: "7"}},
		{"numbered stacks give the LoRAs that are on", sampled("3", "KSampler", sampler("7", `"20",0`, `"6",0`, `"7",0`), "20", "Apply LoRA Stack", `"model":["4",0],"lora_stack":["21",0]`,
			"21", "LoRA Stacker", `"lora_count":2,"lora_name_1":"a","lora_wt_1":0.5,"lora_name_2":"None","lora_wt_2":1,"lora_name_3":"c","lora_wt_3":1`), map[string]string{Loras: "a:0.5", Model: "duck.safetensors"}},
		{"listed LoRAs give those that are active", sampled("3", "KSampler", sampler("7", `"20",0`, `"6",0`, `"7",0`),
			"20", "Lora Loader (LoraManager)", `"model":["4",0],"loras":{"__value__":[{"name":"a","strength":"0.80","active":true},{"name":"b","strength":1,"active":false}]}`), map[string]string{Loras: "a:0.8"}},
		{"a picture is scaled before it is encoded", sampled("5", "VAEEncode", `"pixels":["20",0]`, "20", "ImageScale", `"width":0,"height":720,"image":["21",0]`, "21", "LoadImage", `"image":"a.png"`),
			map[string]string{SourceImage: "a.png", Width: "", Height: ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect(t, graphResult(t, c.graph), c.want)
		})
	}
}

func TestASecondSamplerOnTheFinishedPictureIsAPass(t *testing.T) {
	r := graphResult(t, sampled("9", "SaveImage", `"filename_prefix":"x","images":["20",0]`,
		"20", "FaceDetailer", `"image":["8",0],"model":["4",0],"positive":["21",0],"negative":["7",0],"seed":5,"steps":8,"cfg":8,"sampler_name":"euler","scheduler":"normal","denoise":0.4`, "21", "CLIPTextEncode", `"text":"a face"`))
	expect(t, r, map[string]string{Seed: "7", Prompt: "a duck", Steps: "20"})
	if r.Params["pass 2 prompt"] != "a face" || r.Params["pass 2 denoise"] != "0.4" {
		t.Errorf("params %v", r.Params)
	}
}

func TestAPictureThatOpensAClipIsNoPassOfTheClip(t *testing.T) {
	r := graphResult(t, sampled("8", "VAEDecode", `"samples":["3",0],"vae":["23",0]`, "9", "SaveVideo", `"filename_prefix":"v","video":["30",0]`, "30", "CreateVideo", `"fps":24,"images":["31",0]`, "31", "VAEDecode", `"samples":["32",0],"vae":["23",0]`,
		"32", "KSampler", `"seed":88,"steps":4,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"model":["33",0],"positive":["34",0],"negative":["34",1],"latent_image":["34",2]`,
		"33", "UnetLoaderGGUF", `"unet_name":"wan.gguf"`, "23", "VAELoader", `"vae_name":"v.st"`,
		"34", "WanImageToVideo", `"positive":["35",0],"negative":["36",0],"vae":["23",0],"width":720,"height":1280,"length":81,"start_image":["8",0],"end_image":["37",0]`,
		"35", "CLIPTextEncode", `"text":"she turns"`, "36", "CLIPTextEncode", `"text":"blurry"`, "37", "LoadImage", `"image":"last.png"`))
	expect(t, r, map[string]string{Seed: "88", Prompt: "she turns", Negative: "blurry", Model: "wan.gguf", Width: "720", Height: "1280", VAE: "v.st", SourceImage: ""})
	for name, want := range map[string]string{"frames": "81", "fps": "24", "image end_image": "last.png", "pass 2 seed": ""} {
		if r.Params[name] != want {
			t.Errorf("%s = %q, want %q", name, r.Params[name], want)
		}
	}
}

func TestAClipsFirstPictureUnderAnyNameIsNoPass(t *testing.T) {
	r := graphResult(t, sampled("9", "SaveVideo", `"filename_prefix":"v","video":["31",0]`, "31", "VAEDecode", `"samples":["32",0]`,
		"32", "KSampler", `"seed":88,"steps":4,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"model":["4",0],"positive":["34",0],"negative":["34",1],"latent_image":["34",2]`,
		"34", "LTXVImgToVideo", `"positive":["35",0],"negative":["7",0],"width":720,"height":1280,"length":97,"image":["8",0]`, "35", "CLIPTextEncode", `"text":"she turns"`))
	expect(t, r, map[string]string{Seed: "88", Prompt: "she turns", Width: "720"})
}

func TestWrappersWithTheirOwnEncodersAreRead(t *testing.T) {
	r := graphResult(t, graphOf("1", "WanVideoSampler", `"model":["2",0],"image_embeds":["3",0],"text_embeds":["4",0],"steps":6,"cfg":1.0,"seed":11,"scheduler":"lcm","shift":8`,
		"2", "WanVideoModelLoader", `"model":"wan_14b.safetensors","lora":["5",0]`, "5", "WanVideoLoraSelect", `"lora":"b.st","strength":0.7,"prev_lora":["6",0]`, "6", "WanVideoLoraSelect", `"lora":"a.st","strength":1`,
		"3", "WanVideoEmptyEmbeds", `"width":480,"height":832,"num_frames":49`, "4", "WanVideoTextEncode", `"positive_prompt":["7",0],"negative_prompt":"static","t5":["8",0]`, "7", "PrimitiveStringMultiline", `"value":"雨夜，她回头"`,
		"9", "WanVideoDecode", `"samples":["1",0],"vae":["10",0]`, "10", "WanVideoVAELoader", `"model_name":"v.st"`, "11", "VHS_VideoCombine", `"frame_rate":16,"images":["9",0],"filename_prefix":"AnimateDiff","save_output":true`))
	expect(t, r, map[string]string{Prompt: "雨夜，她回头", Negative: "static", Model: "wan_14b.safetensors", Loras: "a.st:1, b.st:0.7", Seed: "11", Steps: "6", Width: "480", Height: "832"})
	if r.Params["frames"] != "49" || r.Params["fps"] != "16" {
		t.Errorf("params %v", r.Params)
	}
}

func TestAreasOfAPromptAreKept(t *testing.T) {
	r := graphResult(t, sampled("3", "KSampler", sampler("7", `"4",0`, `"20",0`, `"7",0`), "20", "ConditioningCombine", `"conditioning_1":["6",0],"conditioning_2":["21",0]`,
		"21", "ConditioningSetArea", `"width":256,"height":128,"x":64,"y":0,"strength":0.5,"conditioning":["22",0]`, "22", "CLIPTextEncode", `"text":"a moon"`))
	expect(t, r, map[string]string{Prompt: "a duck\na moon"})
	if got := r.Params["part 2 area"]; got != "width 256, height 128, x 64, y 0, strength 0.5" {
		t.Errorf("area %q in %v", got, r.Params)
	}
}

func TestALanguageModelBeforeTheSamplerIsSaid(t *testing.T) {
	for _, c := range []struct{ name, node, more, prompt, expansion string }{
		{"a typed text is given as typed", "TextGenerateLTX2Prompt", `"prompt":["21",0],"max_length":256,"sampling_mode":"on"`, "rain on glass", ""},
		{"a system prompt beside it is left out", "OpenAIChatNode", `"system_prompt":"Describe as a director.","prompt":["21",0],"model":"gpt"`, "rain on glass", ""},
		{"a system prompt joined before it is left out", "TextGenerate", `"prompt":["23",0],"max_length":9`, "rain on glass", ""},
		{"a text that is only an instruction gives no prompt", "GeminiNode", `"prompt":"You are a prompt engineer. Expand: rain","seed":3`, "", ""},
		{"an order to describe a picture gives no prompt", "JoyCaption", `"prompt":"Write a caption","seed":1`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := graphResult(t, sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", c.node, c.more, "21", "PrimitiveString", `"value":"rain on glass"`,
				"22", "PrimitiveStringMultiline", `"value":"You are an expert. Rewrite what follows."`, "23", "StringConcatenate", `"string_a":["22",0],"string_b":["21",0],"delimiter":""`))
			expect(t, r, map[string]string{Prompt: c.prompt, Expanded: c.expansion, Seed: "7"})
			if !slices.Contains(r.Notes, NoteExpanded) {
				t.Errorf("notes %v", r.Notes)
			}
		})
	}
	r := graphResult(t, sampled("6", "CLIPTextEncode", `"text":["19",0]`, "19", "ShowText|pysssss", `"text":["20",0],"text_0":"Heavy rain runs down a window."`, "20", "OllamaGenerate", `"prompt":"rain"`))
	expect(t, r, map[string]string{Prompt: "rain", Expanded: "Heavy rain runs down a window."})
	if r.Fields[Expanded].Certainty != Guess || r.Fields[Prompt].Certainty != Derived {
		t.Errorf("certainties %+v", r.Fields)
	}
}

func TestATextMadeWhileRunningIsOnlyGuessed(t *testing.T) {
	r := graphResult(t, sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", "StringConcatenate", `"string_a":"a duck, ","string_b":["21",0],"delimiter":""`, "21", "RandomWord", `"list":"x"`))
	if f := r.Fields[Prompt]; f.Value != "a duck," && f.Value != "a duck, " || f.Certainty != Guess {
		t.Errorf("a partly known prompt is %+v", f)
	}
	shown := graphResult(t, sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", "ShowText|pysssss", `"text":["21",0],"text_0":"as shown before"`, "21", "Oracle", `"x":1`))
	if f := shown.Fields[Prompt]; f.Value != "as shown before" || f.Certainty != Guess {
		t.Errorf("a text kept from an earlier run is %+v", f)
	}
}

func TestMergedModelsAreGuessed(t *testing.T) {
	r := graphResult(t, sampled("3", "KSampler", sampler("7", `"20",0`, `"6",0`, `"7",0`), "20", "ModelMergeSimple", `"model1":["4",0],"model2":["21",0],"ratio":0.5`, "21", "CheckpointLoaderSimple", `"ckpt_name":"b.st"`))
	if f := r.Fields[Model]; f.Value != "duck.safetensors" || f.Certainty != Guess {
		t.Errorf("model %+v", f)
	}
}

func TestCivitaiStatesTheOriginalBesideItsGraph(t *testing.T) {
	g := `{"extraMetadata":"{\"prompt\":\"the original\",\"negativePrompt\":\"none\",\"steps\":30,\"cfgScale\":7,\"seed\":18446744073709551615,\"workflowId\":\"img2img-upscale\"}","extra":{"airs":["urn:air:x"]},
	"1":{"class_type":"LoadImage","inputs":{"image":"https://blobs.example/a.jpg?sig=secret"}},"2":{"class_type":"ImageUpscaleWithModel","inputs":{"image":["1",0],"upscale_model":["3",0]}},"3":{"class_type":"UpscaleModelLoader","inputs":{"model_name":"4x.pth"}},"4":{"class_type":"SaveImage","inputs":{"images":["2",0]}}}`
	r := graphResult(t, g)
	expect(t, r, map[string]string{Prompt: "the original", Negative: "none", Steps: "30", CFG: "7", Seed: "18446744073709551615", Model: ""})
	if f := r.Fields[Prompt]; f.Certainty != Exact || f.Source != "png:prompt.extraMetadata" || r.Generator != "Civitai" || r.Params["workflowId"] != "img2img-upscale" {
		t.Errorf("got %+v from %s with %v", f, r.Generator, r.Params)
	}
	if strings.Contains(fmt.Sprint(r), "secret") {
		t.Errorf("a token of an address is told: %+v", r)
	}
}

func TestAddressesLoseTheirTokens(t *testing.T) {
	r := graphResult(t, sampled("5", "VAEEncode", `"pixels":["20",0]`, "20", "LoadImage", `"image":"https://blobs.example/a.jpg?sig=secret&x=1"`))
	expect(t, r, map[string]string{SourceImage: "https://blobs.example/a.jpg"})
}

func TestUnknownGraphsAreOnlyGuessedAt(t *testing.T) {
	r := graphResult(t, graphOf("1", "Magic Sampler", `"go":["2",0],"stop":["3",0],"seed":9`, "2", "Prompt Box", `"text":"a duck"`, "3", "Negative Prompt Box", `"text":"grey"`, "4", "SaveImage", `"images":["1",0]`))
	expect(t, r, map[string]string{Prompt: "a duck", Negative: "grey", Seed: "9"})
	for name, f := range r.Fields {
		if f.Certainty != Guess {
			t.Errorf("%s is %s", name, f.Certainty)
		}
	}
	none := graphResult(t, graphOf("1", "LoadImage", `"image":"a.png"`, "5", "Upscaler", `"seed":3,"steps":9,"ckpt_name":"x.st"`, "2", "ImageUpscaleWithModel", `"image":["1",0],"upscale_model":["3",0]`, "3", "UpscaleModelLoader", `"model_name":"4x.pth"`, "4", "SaveImage", `"images":["2",0]`))
	if len(none.Fields) > 0 {
		t.Errorf("a graph without a text says %+v", none.Fields)
	}
}

func TestTextThatIsNoGraphIsLeftToOthers(t *testing.T) {
	var r Result
	if readGraph(&r, "png:prompt", "a duck in the rain", Hint{}) || len(r.Notes) > 0 {
		t.Errorf("plain text gives %+v", r)
	}
	if readGraph(&r, "png:prompt", `{"1":{"class_type":`, Hint{}) || !slices.Contains(r.Notes, NoteUnreadable) {
		t.Errorf("a graph cut short gives %+v", r)
	}
}

func TestVideoHelperSuiteKeepsTheGraphAsTextInAComment(t *testing.T) {
	quoted, err := json.Marshal(duckGraph)
	if err != nil {
		t.Fatal(err)
	}
	comment := `{"prompt": ` + string(quoted) + `, "workflow": {"nodes":[{"id":1}],"links":[]}, "CreationTime": "2026-01-01"}`
	for _, c := range []struct {
		kind, source string
		b            []byte
	}{
		{"video/mp4", "mp4:mdta.comment", box("moov", box("udta", metaBox(true, "comment", comment)))},
		{"video/webm", "webm:tag.COMMENT", webmOf("COMMENT", comment)},
	} {
		r := readBytes(t, c.b, c.kind)
		expect(t, r, map[string]string{Prompt: "a duck 鸭子", Negative: "grey", Seed: "18446744073709551615", Model: "duck.safetensors"})
		if r.Fields[Seed].Source != c.source || r.Generator != "ComfyUI" || len(r.Notes) > 0 {
			t.Errorf("seed %+v by %s, notes %v", r.Fields[Seed], r.Generator, r.Notes)
		}
	}
}
