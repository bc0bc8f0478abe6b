package genmeta

import (
	"fmt"
	"strings"
	"testing"
)

func TestA1111TextFollowsItsGrammar(t *testing.T) {
	const tail = "\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 1, Size: 512x768, Model hash: abc, Model: m"
	long := strings.Repeat("Extension key: some value of it, ", 400)
	for _, c := range []struct {
		name, text string
		want       map[string]string
	}{
		{"prompt and negative over lines with blanks between", "one\n\ntwo\nNegative prompt: bad\n\nworse" + tail,
			map[string]string{Prompt: "one\n\ntwo", Negative: "bad\n\nworse", Seed: "1", Scheduler: "Karras", Width: "512", Height: "768", ModelHash: "abc", Model: "m"}},
		{"the words in the middle of a line are prompt", "write Negative prompt: on a wall" + tail,
			map[string]string{Prompt: "write Negative prompt: on a wall", Negative: ""}},
		{"settings in the middle of a prompt are prompt", "a sign, Steps: 20, Seed: 3, CFG scale: 1 on it\nmore" + tail,
			map[string]string{Prompt: "a sign, Steps: 20, Seed: 3, CFG scale: 1 on it\nmore", Steps: "20", Seed: "1", CFG: "7"}},
		{"a prompt that begins with a brace", "{red|blue} duck" + tail, map[string]string{Prompt: "{red|blue} duck", Seed: "1"}},
		{"no prompt at all", strings.TrimSpace(tail), map[string]string{Prompt: "", Seed: "1"}},
		{"carriage returns", "one\r\nNegative prompt: bad\r\nSteps: 1, Seed: 2, CFG scale: 3", map[string]string{Prompt: "one", Negative: "bad", CFG: "3"}},
		{"quoted values with commas, colons and escapes", "x\nSteps: 1, Seed: 4, Model: \"a, b: \\\"c\\\"\", Clip skip: 2", map[string]string{Model: `a, b: "c"`, Seed: "4", ClipSkip: "2"}},
		{"capital CFG Scale and the first of two keys", "x\nSteps: 1, CFG Scale: 4.5, Seed: 9, Seed: 10", map[string]string{CFG: "4.5", Seed: "9"}},
		{"the first of two keys even when it says random", "x\nSteps: 1, CFG Scale: 4.5, Seed: -1, Seed: 10", map[string]string{Seed: ""}},
		{"keys of extensions that end alike", "x\nADetailer model: face.pt, Hires CFG Scale: 9, Refiner Steps: 7, Steps: 1, Seed: 3", map[string]string{Model: "", CFG: "", Steps: "1"}},
		{"the schedule at the end of an older sampler", "x\nSteps: 1, Sampler: DPM++ 2M Karras, Seed: 3", map[string]string{Sampler: "DPM++ 2M Karras", Scheduler: "Karras"}},
		{"a sampler without a schedule", "x\nSteps: 1, Sampler: Euler a, Seed: 3", map[string]string{Sampler: "Euler a", Scheduler: "", ClipSkip: ""}},
		{"LoRAs in the prompt", "x <lora:ink:0.8>, <lyco:wash>\nSteps: 1, Sampler: Euler, Seed: 3", map[string]string{Loras: "ink:0.8, wash", Prompt: "x <lora:ink:0.8>, <lyco:wash>"}},
		{"LoRAs that only the hashes name", "x\nSteps: 1, Seed: 3, Lora hashes: \"ink: 12ab, wash: 34cd\"", map[string]string{Loras: "ink, wash"}},
		{"unquoted hashes", "x\nSteps: 1, Seed: 3, Model: m, Hashes: {\"model\": \"c0d1\", \"lora:ink\": \"12ab\"}, Version: v1.9.0", map[string]string{ModelHash: "c0d1", Loras: "ink", Model: "m", Version: "v1.9.0"}},
		{"a schedule that is said to be automatic", "x\nSteps: 1, Schedule type: Automatic, Seed: 3", map[string]string{Scheduler: "Automatic"}},
		{"a hash of zeros is none", "x\nSteps: 1, Seed: 3, Model hash: 0000000000", map[string]string{ModelHash: ""}},
		{"denoise and VAE", "x\nSteps: 1, Seed: 2, Denoising strength: 0.45, VAE: v.pt", map[string]string{Denoise: "0.45", VAE: "v.pt"}},
		{"a settings line of 13,000 characters", "x\nSteps: 1, Sampler: Euler, " + long + "Seed: 18446744073709551615", map[string]string{Seed: "18446744073709551615", Steps: "1"}},
		{"templates below the line", "x\nNegative prompt: y" + tail + "\nTemplate: {x|z}\nmore\nNegative Template: y", map[string]string{Prompt: "x", Negative: "y", Seed: "1"}},
		{"values that are no numbers", "x\nSteps: many, CFG scale: high, Seed: abc, Size: large, VAE: None", map[string]string{Steps: "", CFG: "", Seed: "", Width: "", VAE: ""}},
	} {
		t.Run(c.name+" is read right", func(t *testing.T) {
			expect(t, told("png:parameters", "parameters", c.text), c.want)
		})
	}
}

func TestCertaintyTellsWhatIsCutOut(t *testing.T) {
	r := told("png:parameters", "parameters", "x <lora:ink:1>\nSteps: 1, Sampler: LMS Karras, Seed: 3")
	for name, want := range map[string]Certainty{Prompt: Exact, Seed: Exact, Sampler: Exact, Scheduler: Derived, Loras: Derived} {
		if got := r.Fields[name]; got.Certainty != want || got.Source != "png:parameters" {
			t.Errorf("%s is %+v, want %s", name, got, want)
		}
	}
}

func TestFurtherSettingsAreKeptAsReadWithoutSecrets(t *testing.T) {
	r := told("s", "parameters", "x\nSteps: 1, Seed: -1, Hires steps: 12, ControlNet 0: \"a: b, c\", Lora hashes: \"ink: 12ab\", Steps: 9, Civitai metadata: {\"u\":\"https://x.y/z?token=secret\"}")
	for key, want := range map[string]string{"Hires steps": "12", "ControlNet 0": "a: b, c", "Lora hashes": "ink: 12ab", "seed": "-1", "Civitai metadata": `{"u":"https://x.y/z"}`} {
		if r.Params[key] != want {
			t.Errorf("%s = %q, want %q", key, r.Params[key], want)
		}
	}
}

func TestTextWithoutASettingsLineIsNotTaken(t *testing.T) {
	for _, text := range []string{"", "a duck", "Steps: 20", "Steps: 20, Seed: 3", "a: 1, bb: 2, cc: 3", "Steps: 1, Seed: 2, CFG scale: 3\nand a last line",
		"x\nSteps: 1, Seed: 2, CFG scale: 3" + strings.Repeat(" ", maxLine) + "."} {
		r := Result{}
		if readA1111(&r, "s", text) || len(r.Fields) > 0 {
			t.Errorf("%.80q was taken: %+v", text, r)
		}
	}
}

func TestTheVersionTellsTheProgram(t *testing.T) {
	for version, want := range map[string]string{"v1.10.1": "A1111", "f2.0.1v1.10.1-previous-1": "Forge", "f0.0.17v1.8.0rc-latest-276-g29be1da7": "Forge",
		"f1.0.0v2-v1.10.1RC-latest": "reForge", "f1.3.0-v1.10.1": "EasyReforge", "classic": "Forge Classic", "neo": "Forge Neo", "ComfyUI": "ComfyUI",
		"Fooocus v2.5": "Fooocus", "": "A1111", "fancy": "A1111"} {
		r := told("s", "parameters", "x\nADetailer Version: f9.9, Steps: 1, Seed: 3, Sampler: a, Version: "+version)
		if r.Generator != want {
			t.Errorf("version %q is %q, want %q", version, r.Generator, want)
		}
	}
	r := told("s", "parameters", "x\nSteps: 1, Seed: 3, App: SD.Next, Version: abc")
	if r.Generator != "SD.Next" {
		t.Errorf("App is not heeded: %q", r.Generator)
	}
}

func TestCivitaiIsReadWithItsResources(t *testing.T) {
	const list = `Civitai resources: [{"type":"checkpoint","modelVersionId":1,"modelName":"Duck ], XL","modelVersionName":"v2"},{"type":"lora","weight":0.8,"modelName":"Ink"}]`
	for _, c := range []struct {
		name, line      string
		fields, params_ map[string]string
	}{
		{"alone", "Steps: 1, Sampler: Euler, Seed: 3, " + list, map[string]string{Seed: "3", Model: "Duck ], XL", Loras: "Ink:0.8"}, map[string]string{"Model version": "v2"}},
		{"with the model in the text", "Steps: 1, Seed: 3, Model: m, " + list + ", Civitai metadata: {\"a\":{}}", map[string]string{Model: "m", Loras: "Ink:0.8"}, map[string]string{"Civitai metadata": `{"a":{}}`}},
		{"with settings behind", "Steps: 1, " + list + ", Seed: 3, Clip skip: 2", map[string]string{Seed: "3", ClipSkip: "2", Steps: "1"}, nil},
		{"cut off in the middle", "Steps: 1, Sampler: Euler, Seed: 3, Civitai resources: [{\"type\":\"lora\",\"Model: \"x\", \"a", map[string]string{Seed: "3", Model: "", Loras: ""}, nil},
	} {
		t.Run("resources "+c.name+" are cut out before the line is divided", func(t *testing.T) {
			r := told("jpeg:exif.UserComment", "UserComment", "a duck\n"+c.line, "jpeg:exif.Software", "Software", "c6a2f5ad-4a6c-4f4e-8f3d-0a7e3d1f2b10", "jpeg:exif.Artist", "Artist", "ai")
			checkTold(t, r, "Civitai", c.fields, c.params_)
		})
	}
	t.Run("the words in a prompt are prompt", func(t *testing.T) {
		r := told("s", "parameters", "Civitai resources: [x]\nSteps: 1, Sampler: Euler, Seed: 3")
		checkTold(t, r, "A1111", map[string]string{Prompt: "Civitai resources: [x]"}, nil)
	})
}

func TestFooocusInA1111FormKeepsWhatTheUserTyped(t *testing.T) {
	r := told("png:parameters", "parameters", "cinematic still a goldfish . moody\nNegative prompt: anime, blurry\nSteps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 6952411511246973023, "+
		"Size: 768x1280, CFG scale: 4, Scheduler: karras, Raw prompt: \"a goldfish, a bowl\", Raw negative prompt: , Model: jugg, Version: Fooocus v2.4.3")
	checkTold(t, r, "Fooocus", map[string]string{Prompt: "a goldfish, a bowl", Expanded: "cinematic still a goldfish . moody", Negative: "", Seed: "6952411511246973023",
		Scheduler: "karras", Model: "jugg"}, map[string]string{"Expanded negative prompt": "anime, blurry"})
}

func TestTheProgramIsTheOneThatMadeTheGraph(t *testing.T) {
	const text = "a duck\nNegative prompt: grey\nSteps: 1, Sampler: Euler, Seed: 3"
	r := told("png:parameters", "parameters", text, "png:prompt", "prompt", duckGraph)
	checkTold(t, r, "ComfyUI", map[string]string{Seed: "3", Steps: "1", Model: "duck.safetensors", Scheduler: "normal"}, nil)
	r = told("png:parameters", "parameters", text+", Version: v1.9.4", "png:prompt", "prompt", duckGraph)
	checkTold(t, r, "A1111", map[string]string{Seed: "3"}, nil)
}

func FuzzA1111(f *testing.F) {
	f.Add(duckText)
	f.Add("x\nSteps: 1, Seed: 3, Civitai resources: [{\"a\":\"]\\\"\"}], Civitai metadata: {")
	f.Add("x\nSteps: 1, Seed: 3, Model: \"a\\\", b, c: \\u0041\"")
	f.Add("Negative prompt:\nNegative prompt:\n,,,:::")
	f.Add("x\nSteps: 1, Seed: 3, Hashes: {\"model\": \"a\"}, Lora hashes: \"a: b\"\nTemplate: y")
	f.Fuzz(func(t *testing.T, text string) {
		var r Result
		taken := readA1111(&r, "s", text)
		if taken && r.Generator == "" || !taken && len(r.Fields) > 0 {
			t.Errorf("half read: %v %+v", taken, r)
		}
		if err := wellFormed(r); err != nil {
			t.Error(err)
		}
	})
}

// wellFormed checks what every result must keep to.
func wellFormed(r Result) error {
	for name, f := range r.Fields {
		if f.Value == "" || f.Source == "" || f.Certainty == "" || !fieldFits(name, f.Value) {
			return fmt.Errorf("bad field %s: %+v", name, f)
		}
	}
	return nil
}
