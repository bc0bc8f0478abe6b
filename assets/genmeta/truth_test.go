package genmeta

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// truths are the fields that the manifest of the real files states, by its names for them.
func truths(t *testing.T, name string) map[string]string {
	t.Helper()
	var m struct {
		Files []struct {
			File  string
			Truth map[string]json.RawMessage
		}
	}
	if err := json.Unmarshal(sample(t, "manifest.json"), &m); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		if f.File == name {
			want := map[string]string{}
			for key, raw := range f.Truth {
				want[key] = scalarText(raw)
			}
			return want
		}
	}
	t.Fatalf("the manifest does not know %s", name)
	return nil
}

func TestStatedRecordsOfRealFilesAreRightInEveryField(t *testing.T) {
	fields := map[string]string{"positive": Prompt, "positive_prefix": Prompt, "negative": Negative, "negative_prefix": Negative, "model": Model,
		"model_hash": ModelHash, "seed": Seed, "steps": Steps, "cfg": CFG, "sampler": Sampler, "scheduler": Scheduler}
	kinds := map[string]string{".png": "image/png", ".jpg": "image/jpeg"}
	for file, generator := range map[string]string{"a1111-text.png": "A1111", "a1111-exif.jpg": "A1111", "invoke-sd-metadata.png": "InvokeAI",
		"fooocus-json.png": "Fooocus", "novelai-v1.png": "NovelAI", "swarm.jpg": "SwarmUI", "no-meta-gimp.jpg": ""} {
		t.Run(file+" is right", func(t *testing.T) {
			want, r := truths(t, file), readBytes(t, sample(t, file), kinds[filepath.Ext(file)])
			right := 0
			for key, name := range fields {
				value, told := want[key]
				got := r.Fields[name].Value
				switch {
				case !told || strings.HasSuffix(key, "_prefix") && strings.HasPrefix(got, value):
				case got != value:
					t.Errorf("%s = %q, want %q", name, got, value)
					continue
				}
				right++
			}
			if size := r.Fields[Width].Value + "x" + r.Fields[Height].Value; want["meta_size"] != "" && size != want["meta_size"] {
				t.Errorf("size %s, want %s", size, want["meta_size"])
			}
			if r.Generator != generator || len(r.Notes) > 0 || want["positive"]+want["positive_prefix"] == "" && len(r.Fields) > 0 {
				t.Errorf("generator %q, notes %v, fields %v", r.Generator, r.Notes, r.Fields)
			}
			t.Logf("%d of %d fields are right, none is wrong", right, len(fields))
		})
	}
}

// told reads records given as source, key and body, one after the other.
func told(records ...string) Result {
	c := &collector{text: maxText}
	for i := 0; i+2 < len(records); i += 3 {
		c.addNoted(records[i], records[i+1], records[i+2])
	}
	return c.interpret()
}

// checkTold compares fields, params and the generator; a wanted field that is empty must be absent.
func checkTold(t *testing.T, r Result, generator string, fields, params map[string]string) {
	t.Helper()
	expect(t, r, fields)
	for name, want := range params {
		if got := r.Params[name]; got != want {
			t.Errorf("param %s = %q, want %q in %v", name, got, want, r.Params)
		}
	}
	if r.Generator != generator {
		t.Errorf("generator %q, want %q", r.Generator, generator)
	}
	for name, f := range r.Fields {
		if f.Value == "" || f.Source == "" || f.Certainty == "" {
			t.Errorf("half a field %s: %+v", name, f)
		}
	}
}
