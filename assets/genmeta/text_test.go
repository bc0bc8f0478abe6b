package genmeta

import (
	"slices"
	"strings"
	"testing"
)

func TestPastedTextIsReadInTheFormItHas(t *testing.T) {
	for _, c := range []struct {
		name, text string
		fields     map[string]string
		params_    map[string]string
	}{
		{"A1111 text", duckText, map[string]string{Prompt: "a duck, (red:1.2)\nsecond line", Negative: "grey", Seed: "18446744073709551615", Model: "duckXL"}, nil},
		{"a record in a fence", "```json\n" + swarmRecord + "\n```", map[string]string{Prompt: "a duck", Seed: "697543491"}, nil},
		{"a graph", duckGraph, map[string]string{Prompt: "a duck 鸭子", Seed: "18446744073709551615"}, nil},
		{"JSON with common names", `{"model_name":"kling-v1-6","prompt":"鸭子","negative_prompt":"模糊","mode":"pro","duration":"10","aspect_ratio":"9:16"}`,
			map[string]string{Prompt: "鸭子", Negative: "模糊", Model: "kling-v1-6", Mode: "pro", Duration: "10", Ratio: "9:16"}, nil},
		{"JSON that is itself the prompt", `{"scene":"a pond --ar","style":"ink"}`, map[string]string{Prompt: `{"scene":"a pond --ar","style":"ink"}`, Ratio: ""}, nil},
		{"Chinese labels", "提示词：一只鸭子在河边\n慢慢游\n\n反向提示词：模糊，变形\n模型：可灵 1.6\n种子：0\n步数: 20\n采样器：Euler a\nCFG：7.5\n尺寸：1080×1920\n时长：5秒\n任务ID：CjhQ-12_9\n消耗积分：35",
			map[string]string{Prompt: "一只鸭子在河边\n慢慢游", Negative: "模糊，变形", Model: "可灵 1.6", Seed: "0", Steps: "20", Sampler: "Euler a", CFG: "7.5", Width: "1080", Height: "1920", Duration: "5", TaskID: "CjhQ-12_9"},
			map[string]string{"credits": "35"}},
		{"English labels", "**Prompt:** a duck by the river\n- Negative prompt: blur\n- Model: Wan 2.2\n- Seed: 18446744073709551615\n- Guidance scale: 6.0\n- Aspect Ratio: 9:16\n- Duration: 10 seconds\n- Resolution: 1080p\nTask ID: 8841",
			map[string]string{Prompt: "a duck by the river", Negative: "blur", Model: "Wan 2.2", Seed: "18446744073709551615", CFG: "6", Ratio: "9:16", Duration: "10", TaskID: "8841"}, map[string]string{"resolution": "1080p"}},
		{"settings side by side", "Prompt: a duck, Mode: silent\n模型：可灵 1.6 时长：5s｜比例：9：16 | Seed: 42，步数：30", map[string]string{Prompt: "a duck, Mode: silent", Model: "可灵 1.6", Duration: "5", Ratio: "9:16", Seed: "42", Steps: "30"}, nil},
		{"labels in brackets with glosses", "【正向提示词（Prompt）】：鸭子\n【随机种子】：7\n【画面比例】：16:9（横屏）", map[string]string{Prompt: "鸭子", Seed: "7", Ratio: "16:9"}, nil},
		{"labels on lines of their own", "提示词\n一只鸭子\n在河边\n模型\n可灵 1.6\n时长\n0:10\n比例\n9:16", map[string]string{Prompt: "一只鸭子\n在河边", Model: "可灵 1.6", Duration: "10", Ratio: "9:16"}, nil},
		{"labels whose values stand below", "Prompt:\na duck\nSeed:\n12\nSteps:\nmany", map[string]string{Prompt: "a duck", Seed: "12", Steps: ""}, nil},
		{"a labelled prompt with flags", "Prompt: a duck --ar 9:16 --v 7\nSeed: 5", map[string]string{Prompt: "a duck", Ratio: "9:16", Model: "Midjourney v7", Seed: "5"}, nil},
		{"a random seed", "提示词：鸭子\n种子：-1", map[string]string{Prompt: "鸭子", Seed: ""}, map[string]string{"seed": "-1"}},
		{"prose above two settings", "a duck by the river\nSeed: 4\nRatio: 9:16", map[string]string{Prompt: "a duck by the river", Seed: "4", Ratio: "9:16"}, nil},
		{"prose with Midjourney's flags", "a duck --swim, well-lit --ar 9:16 --v 7 --seed 5 --no cars, people", map[string]string{Prompt: "a duck --swim, well-lit", Ratio: "9:16", Model: "Midjourney v7", Seed: "5", Negative: "cars, people"}, nil},
		{"prose with Seedance's flags", "一只鸭子在河边 --ratio 9:16 --dur 5 --rs 720p --seed 18446744073709551615 --cf true", map[string]string{Prompt: "一只鸭子在河边", Ratio: "9:16", Duration: "5", Seed: "18446744073709551615"}, map[string]string{"rs": "720p", "cf": "true"}},
		{"flags in front", "--ratio 16:9 --dur 10s 鸭子 在河边", map[string]string{Prompt: "鸭子 在河边", Ratio: "16:9", Duration: "10"}, nil},
		{"a dash that a phone made", "a duck —ar 9:16 —niji 6", map[string]string{Prompt: "a duck", Ratio: "9:16", Model: "niji 6"}, nil},
		{"a message of a channel", "**a duck --ar 9:16** - @anna (fast)", map[string]string{Prompt: "a duck", Ratio: "9:16"}, nil},
		{"a copied description", "a duck --v 6.1 Job ID: 3f2b1c5e-8d4a-4f6b-9e0c-1a2b3c4d5e6f", map[string]string{Prompt: "a duck", Model: "Midjourney v6.1", TaskID: "3f2b1c5e-8d4a-4f6b-9e0c-1a2b3c4d5e6f"}, nil},
		{"plain words", "  一只鸭子在河边，镜头缓慢推进  ", map[string]string{Prompt: "一只鸭子在河边，镜头缓慢推进"}, nil},
		{"words with labels of their own", "Scene: a pond\nCamera: slow push in\nStyle: ink\nModel: a tall woman in red", map[string]string{Prompt: "Scene: a pond\nCamera: slow push in\nStyle: ink\nModel: a tall woman in red", Model: ""}, nil},
		{"words whose numbers do not fit", "Size: tiny\nDuration: forever\nSeed: of doubt", map[string]string{Prompt: "Size: tiny\nDuration: forever\nSeed: of doubt", Seed: "", Duration: ""}, nil},
		{"words with an address", "like https://a.b/c?token=SECRET please", map[string]string{Prompt: "like https://a.b/c please"}, nil},
		{"words with a dash", "he waits -- then runs — fast --", map[string]string{Prompt: "he waits -- then runs — fast --"}, nil},
	} {
		t.Run(c.name+" gives its fields", func(t *testing.T) {
			r := ReadText(c.text)
			checkTold(t, r, r.Generator, c.fields, c.params_)
			if len(r.Notes) > 0 || len(r.Records) != 1 || r.Records[0].Name != "pasted" {
				t.Errorf("notes %v, records %+v", r.Notes, r.Records)
			}
		})
	}
}

func TestPastedTextSaysHowSureItIs(t *testing.T) {
	for text, want := range map[string]map[string]Certainty{
		"a duck":                           {Prompt: Exact},
		"a duck --ar 9:16 --v 7":           {Prompt: Derived, Ratio: Exact, Model: Guess},
		"Prompt: a duck\nSeed: 1":          {Prompt: Exact, Seed: Exact},
		"junk 12:00\nSeed: 1\nRatio: 9:16": {Prompt: Guess, Seed: Exact},
		"模型：可灵\n时长：5s\n比例：9:16\n下载":         {Prompt: Guess, Model: Exact},
		"a [b] --niji 6 --ar 1:1\nand more": {Prompt: Derived, Model: Guess},
	} {
		r := ReadText(text)
		for name, sure := range want {
			if got := r.Fields[name]; got.Certainty != sure || got.Source != "pasted" {
				t.Errorf("%q: %s is %+v, want %s", text, name, got, sure)
			}
		}
	}
}

func TestAnAddressAloneIsNoPrompt(t *testing.T) {
	for _, text := range []string{"https://a.b/c?x=1", " <http://a.b> ", "HTTPS://a.b\n"} {
		if r := ReadText(text); len(r.Fields) > 0 || !slices.Equal(r.Notes, []string{NoteURLOnly}) {
			t.Errorf("%q gives %+v", text, r)
		}
	}
	if r := ReadText("https://a.b and more"); r.Fields[Prompt].Value != "https://a.b and more" {
		t.Errorf("an address among words gives %+v", r)
	}
}

func TestWhatCannotBeATextCardGivesNothing(t *testing.T) {
	for _, text := range []string{"", " \n\t\x00", "\ufeff"} {
		if r := ReadText(text); len(r.Fields)+len(r.Notes)+len(r.Records) > 0 {
			t.Errorf("%q gives %+v", text, r)
		}
	}
	if r := ReadText(strings.Repeat("x", maxPaste+1)); len(r.Fields) > 0 || !slices.Equal(r.Notes, []string{NoteTruncated}) {
		t.Errorf("a text beyond the limit gives notes %v", r.Notes)
	}
	if r := ReadText(strings.Repeat("x", maxPaste)); r.Fields[Prompt].Value == "" {
		t.Errorf("a text at the limit gives notes %v", r.Notes)
	}
	if r := ReadText(`{"nodes":[{"id":1}],"links":[]}`); !slices.Contains(r.Notes, NoteWorkflowOnly) || r.Fields[Prompt].Value != "" {
		t.Errorf("a drawing gives %+v", r)
	}
}

func TestManyLabelsOnALineEnd(t *testing.T) {
	for _, text := range []string{strings.Repeat("模型:a ", 100_000), strings.Repeat("Seed: 1\n", 100_000), strings.Repeat("Seed: 1 ", 100_000), strings.Repeat(" --ar 9:16", 80_000)} {
		if r := ReadText(text); len(r.Params) > 300 {
			t.Errorf("%.20q gives %d params", text, len(r.Params))
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{duckText, swarmRecord, "提示词：鸭子\n种子：5\n比例：9：16", "Prompt\na\nSeed\n5", "a --ar 9:16 --no x --v 7", "https://a.b?c", "**a --tile** - @b", "```json\n{}\n```",
		"模型：可灵 时长：5s｜Seed: 42", "a\nSeed: 1\nSize: 3x4\nDuration: 1:02:03"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ReadText(s)
		for name, field := range r.Fields {
			if field.Value == "" || field.Source != "pasted" || field.Certainty == "" || name != Prompt && !fieldFits(name, field.Value) {
				t.Errorf("bad field %s: %+v", name, field)
			}
		}
		if strings.TrimSpace(strings.Trim(s, "\x00\ufeff")) != "" && len(r.Fields)+len(r.Notes)+len(r.Params) == 0 && r.Generator == "" {
			t.Errorf("%q is lost: %+v", s, r)
		}
	})
}
