package genmeta

import (
	"strings"
	"testing"
)

func TestA1111TextFollowsItsGrammar(t *testing.T) {
	const tail = "\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 1, Size: 512x768, Model hash: abc, Model: m"
	for _, c := range []struct {
		name, text string
		want       map[string]string
	}{
		{"prompt and negative over lines with blanks between", "one\n\ntwo\nNegative prompt: bad\n\nworse" + tail,
			map[string]string{Prompt: "one\n\ntwo", Negative: "bad\n\nworse", Seed: "1", Scheduler: "Karras", Width: "512", Height: "768", ModelHash: "abc", Model: "m"}},
		{"the words in the middle of a line are prompt", "write Negative prompt: on a wall" + tail,
			map[string]string{Prompt: "write Negative prompt: on a wall", Negative: ""}},
		{"no prompt at all", strings.TrimSpace(tail), map[string]string{Prompt: "", Seed: "1"}},
		{"carriage returns", "one\r\nNegative prompt: bad\r\nSteps: 1, Seed: 2, CFG scale: 3", map[string]string{Prompt: "one", Negative: "bad", CFG: "3"}},
		{"quoted values with commas, colons and escapes", "x\nSteps: 1, Seed: -1, Model: \"a, b: \\\"c\\\"\", Clip skip: 2", map[string]string{Model: `a, b: "c"`, Seed: "", ClipSkip: "2"}},
		{"capital CFG Scale and the first of two keys", "x\nSteps: 1, CFG Scale: 4.5, Seed: 9, Seed: 10", map[string]string{CFG: "4.5", Seed: "9"}},
		{"the schedule at the end of an older sampler", "x\nSteps: 1, Sampler: DPM++ 2M Karras, Seed: 3", map[string]string{Sampler: "DPM++ 2M Karras", Scheduler: "Karras"}},
		{"LoRAs in the prompt", "x <lora:ink:0.8>, <lyco:wash>\nSteps: 1, Sampler: Euler, Seed: 3", map[string]string{Loras: "ink:0.8, wash", Prompt: "x <lora:ink:0.8>, <lyco:wash>"}},
		{"Civitai's unquoted JSON", "x\nSteps: 1, Sampler: Euler, Seed: 3, Civitai resources: [{\"a\":\"],\",\"b\":1}], Civitai metadata: {\"u\":\"https://x.y/z?token=secret\"}", map[string]string{Seed: "3", Steps: "1"}},
		{"denoise and VAE", "x\nSteps: 1, Seed: 2, Denoising strength: 0.45, VAE: v.pt", map[string]string{Denoise: "0.45", VAE: "v.pt"}},
	} {
		t.Run(c.name+" is read right", func(t *testing.T) {
			var r Result
			if !readA1111(&r, "png:parameters", c.text) {
				t.Fatal("not taken for A1111 text")
			}
			expect(t, r, c.want)
		})
	}
}

func TestFurtherSettingsAreKeptAsReadWithoutSecrets(t *testing.T) {
	var r Result
	readA1111(&r, "s", "x\nSteps: 1, Seed: 3, Hires steps: 12, ControlNet 0: \"a: b, c\", Lora hashes: \"ink: 12ab\", Civitai metadata: {\"u\":\"https://x.y/z?token=secret\"}")
	for key, want := range map[string]string{"Hires steps": "12", "ControlNet 0": "a: b, c", "Lora hashes": "ink: 12ab", "Civitai metadata": `{"u":"https://x.y/z"}`} {
		if r.Params[key] != want {
			t.Errorf("%s = %q, want %q", key, r.Params[key], want)
		}
	}
}

func TestTextWithoutASettingsLineIsNotTaken(t *testing.T) {
	for _, text := range []string{"", "a duck", "Steps: 20", "Steps: 20, Seed: 3", "a: 1, bb: 2, cc: 3", "Steps: 1, Seed: 2, CFG scale: 3\nand a last line"} {
		r := Result{}
		if readA1111(&r, "s", text) || len(r.Fields) > 0 {
			t.Errorf("%q was taken: %+v", text, r)
		}
	}
}

func TestTheVersionTellsTheProgram(t *testing.T) {
	for version, want := range map[string]string{"v1.10.1": "A1111", "f2.0.1v1.10.1-previous-1": "Forge", "f1.0.0v2-v1.10.1RC-latest": "reForge",
		"f1.3.0-v1.10.1": "EasyReforge", "classic": "Forge Classic", "neo": "Forge Neo", "ComfyUI": "ComfyUI", "Fooocus v2.5": "Fooocus", "": "A1111"} {
		var r Result
		readA1111(&r, "s", "x\nSteps: 1, Seed: 3, Sampler: a, Version: "+version)
		if r.Generator != want {
			t.Errorf("version %q is %q, want %q", version, r.Generator, want)
		}
	}
	var r Result
	readA1111(&r, "s", "x\nSteps: 1, Seed: 3, App: SD.Next, Version: abc")
	if r.Generator != "SD.Next" {
		t.Errorf("App is not heeded: %q", r.Generator)
	}
}

func FuzzA1111(f *testing.F) {
	f.Add(duckText)
	f.Add("x\nSteps: 1, Seed: 3, Civitai resources: [{\"a\":\"]\\\"\"}], Civitai metadata: {")
	f.Add("x\nSteps: 1, Seed: 3, Model: \"a\\\", b, c: \\u0041\"")
	f.Add("Negative prompt:\nNegative prompt:\n,,,:::")
	f.Fuzz(func(t *testing.T, text string) {
		var r Result
		if taken := readA1111(&r, "s", text); taken && r.Generator == "" || !taken && len(r.Fields) > 0 {
			t.Errorf("half read: %v %+v", taken, r)
		}
	})
}
