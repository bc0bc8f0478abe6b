package studio

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"chouka/assets"
	"chouka/assets/genmeta"
)

func field(v, record string) genmeta.Field {
	return genmeta.Field{Value: v, Source: record, Certainty: genmeta.Exact}
}

// saying is a file that names fields by pairs.
func saying(pairs ...string) assets.Saying {
	s := assets.Saying{Fields: map[string]genmeta.Field{}}
	for i := 0; i < len(pairs); i += 2 {
		s.Fields[pairs[i]] = field(pairs[i+1], "png:x")
	}
	return s
}

func TestAFileFillsWhatIsEmpty(t *testing.T) {
	a := Attempt{Way: "upload"}
	s := saying("prompt", "a duck", "expanded", "a fine\nduck", "seed", "18446744073709551615", "duration", "5", "ratio", "9:16", "mode", "pro",
		"task_id", "t-1", "width", "720", "height", "1280", "vae", "v", "negative", "")
	s.Generator, s.Notes, s.Params = "ComfyUI", []string{"ambiguous"}, map[string]string{"k\n": "v\x00w"}
	s.Candidates = []genmeta.Candidate{{Node: "9", Prefix: "out\n", Fields: map[string]genmeta.Field{"prompt": field("one", "x")}}}
	fill(&a, s, "file")
	if a.Prompt != "a duck" || a.Expanded != "a fine\nduck" || a.Seed != "18446744073709551615" || a.Duration != "5" || a.Ratio != "9:16" || a.Mode != "pro" ||
		a.TaskID != "t-1" || a.Size != "720x1280" || a.Service != "ComfyUI" || a.Negative != "" || a.Reader != assets.ReaderVersion {
		t.Errorf("got %+v", a)
	}
	if fmt.Sprint(a.Params) != "map[k:vw vae:v]" || fmt.Sprint(a.Notes) != "[ambiguous]" ||
		!reflect.DeepEqual(a.Candidates, []Candidate{{Node: "9", Prefix: "out", Fields: map[string]string{"prompt": "one"}}}) {
		t.Errorf("got %v %v %+v", a.Params, a.Notes, a.Candidates)
	}
	if got := a.Sources["seed"]; got != (Source{From: "file", Record: "png:x", Certainty: "exact"}) {
		t.Errorf("seed from %+v", got)
	}
	if got := a.Sources["service"]; got.From != "file" || got.Certainty != "derived" {
		t.Errorf("service from %+v", got)
	}
	t.Run("what lies beside fills only the rest", func(t *testing.T) {
		fill(&a, saying("prompt", "another duck", "negative", "grey"), "beside")
		if a.Prompt != "a duck" || a.Negative != "grey" || a.Sources["negative"].From != "beside" || slices.Contains(a.Notes, "differs:prompt") {
			t.Errorf("got %+v", a)
		}
	})
}

func TestSeedsThatAreNoneGoToTheFurtherSettings(t *testing.T) {
	for seed, kept := range map[string]bool{"-1": false, "12abc": false, "": false, "0": true, "-7": true} {
		a := Attempt{}
		fill(&a, saying("seed", seed), "file")
		if (a.Seed == seed && seed != "") != kept || !kept && a.Params["seed"] != seed || !kept && a.Sources["seed"].From != "" {
			t.Errorf("%q gives seed %q, further %v", seed, a.Seed, a.Params)
		}
	}
}

func TestWhatWasTypedOrPostedStaysAndADifferenceIsSaid(t *testing.T) {
	for _, from := range []string{"typed", "tool"} {
		a := Attempt{Generation: Generation{Prompt: "mine", Model: "same", Service: "可灵"}, Sources: map[string]Source{
			"prompt": {From: from}, "model": {From: from}, "service": {From: from}, "negative": {From: from}}}
		s := saying("prompt", "theirs", "model", "same", "negative", "what somebody took away", "seed", "7")
		s.Generator = "ComfyUI"
		fill(&a, s, "file")
		if a.Prompt != "mine" || a.Model != "same" || a.Service != "可灵" || a.Negative != "" || a.Seed != "7" || fmt.Sprint(a.Notes) != "[differs:prompt]" {
			t.Errorf("%s: got %+v", from, a)
		}
	}
}

func TestFurtherSettingsAreBounded(t *testing.T) {
	s := assets.Saying{Params: map[string]string{}}
	for i := range 500 {
		s.Params[fmt.Sprintf("k%03d", i)] = strings.Repeat("长", 5000)
	}
	a := Attempt{}
	fill(&a, s, "file")
	if len(a.Params) != maxParams || len([]rune(a.Params["k000"])) != 2000 || a.Params["k199"] == "" {
		t.Errorf("%d settings, the first of %d", len(a.Params), len([]rune(a.Params["k000"])))
	}
}

func TestANewerReaderRefillsOnlyWhatFilesSaid(t *testing.T) {
	old := func(way string) Attempt {
		a := Attempt{Way: way, Reader: 1, Generation: Generation{Prompt: "read wrongly", Seed: "1", Model: "typed", Sampler: "beside", Size: "1x1", Cost: Money{Amount: 5, Currency: "CNY"}},
			Expanded: "old", Params: map[string]string{"vae": "old", "gone": "old"}, Notes: []string{"workflow_only", "differs:seed", "differs:negative"},
			Candidates: []Candidate{{Node: "1"}}, Remark: "keep", Sources: map[string]Source{"prompt": {From: "file"}, "seed": {From: "file"}, "model": {From: "typed"},
				"sampler": {From: "beside"}, "size": {From: "file"}, "cost": {From: "typed"}, "expanded": {From: "file"}, "negative": {From: "typed"}}}
		return a
	}
	all := []said{{saying("prompt", "read right", "model", "theirs", "negative", "theirs", "vae", "new"), "file"}, {saying("sampler", "Euler", "seed", "2"), "beside"}}
	a := old("upload")
	refill(&a, all)
	if a.Prompt != "read right" || a.Seed != "2" || a.Model != "typed" || a.Negative != "" || a.Sampler != "Euler" || a.Size != "" || a.Expanded != "" ||
		a.Cost.Amount != 5 || a.Remark != "keep" || len(a.Candidates) != 0 || a.Candidates == nil || a.Reader != assets.ReaderVersion {
		t.Errorf("got %+v", a)
	}
	// That a post gave another seed than the file is still so; what was said of a typed field is found anew.
	if fmt.Sprint(a.Params) != "map[vae:new]" || fmt.Sprint(a.Notes) != "[differs:seed differs:model]" {
		t.Errorf("got %v %v", a.Params, a.Notes)
	}
	if got := slices.Sorted(maps.Keys(a.Sources)); fmt.Sprint(got) != "[cost model negative prompt sampler seed]" || a.Sources["seed"].From != "beside" {
		t.Errorf("sources %v", a.Sources)
	}
	t.Run("of what a program posted, settings and notes stay too", func(t *testing.T) {
		a := old("api")
		refill(&a, all)
		if fmt.Sprint(a.Params) != "map[gone:old vae:old]" || fmt.Sprint(a.Notes) != "[workflow_only differs:seed differs:model]" || a.Prompt != "read right" {
			t.Errorf("got %v %v", a.Params, a.Notes)
		}
	})
	t.Run("twice gives the same", func(t *testing.T) {
		b := old("upload")
		refill(&b, all)
		refill(&b, all)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("got %+v, want %+v", b, a)
		}
	})
}

func TestTheFirstReaderLeftNoMark(t *testing.T) {
	for _, c := range []struct {
		a    Attempt
		want int
	}{{Attempt{Way: "upload"}, 1}, {Attempt{Way: "typed"}, 0}, {Attempt{Way: "upload", Reader: 3}, 3}, {Attempt{Way: "api"}, 0}, {Attempt{Way: "api", Reader: 2}, 2}} {
		if got := c.a.readBy(); got != c.want {
			t.Errorf("%+v was read by %d, want %d", c.a, got, c.want)
		}
	}
}
