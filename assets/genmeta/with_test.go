package genmeta

import (
	"maps"
	"reflect"
	"slices"
	"testing"
)

func TestTheFileItselfGoesBeforeWhatLiesBesideIt(t *testing.T) {
	file := Result{Fields: map[string]Field{Prompt: {"a duck", "mp4:mdta.prompt", Derived}, Model: {"maybe", "mp4:mdta.workflow", Guess}, Steps: {"9", "x", Guess}},
		Params: map[string]string{"fps": "16"}, Records: []Record{{Name: "mp4:mdta.prompt"}}, Notes: []string{NoteWorkflowOnly}}
	side := Result{Generator: "ComfyUI", Fields: map[string]Field{Prompt: {"another", "png:prompt", Exact}, Seed: {"0", "png:prompt", Exact},
		Model: {"sure", "png:prompt", Derived}, Steps: {"20", "y", Guess}}, Params: map[string]string{"fps": "24", "frames": "81"}, Records: []Record{{Name: "png:prompt"}},
		Notes: []string{NoteTruncated, NoteWorkflowOnly}, Label: &Label{Value: "1"}, Claim: &Claim{Generator: "x"}, Candidates: []Candidate{{Node: "9"}}}
	before := maps.Clone(file.Fields)
	got := file.With(side)
	want := Result{Generator: "ComfyUI", Fields: map[string]Field{Prompt: {"a duck", "mp4:mdta.prompt", Derived}, Seed: {"0", "png:prompt", Exact},
		Model: {"sure", "png:prompt", Derived}, Steps: {"9", "x", Guess}}, Params: map[string]string{"fps": "16", "frames": "81"},
		Records: []Record{{Name: "mp4:mdta.prompt"}, {Name: "png:prompt"}}, Notes: []string{NoteWorkflowOnly, NoteTruncated},
		Label: &Label{Value: "1"}, Claim: &Claim{Generator: "x"}, Candidates: []Candidate{{Node: "9"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if !maps.Equal(file.Fields, before) || len(file.Notes) != 1 || len(file.Params) != 1 {
		t.Errorf("the file's own result was changed: %+v", file)
	}
	own := Result{Generator: "A", Label: &Label{Value: "2"}, Claim: &Claim{Generator: "a"}, Candidates: []Candidate{{Node: "1"}}}
	if got := own.With(side); got.Generator != "A" || got.Label.Value != "2" || got.Claim.Generator != "a" || got.Candidates[0].Node != "1" {
		t.Errorf("got %+v", got)
	}
	if got := (Result{}).With(Result{}); !reflect.DeepEqual(got, Result{}) {
		t.Errorf("nothing with nothing is %+v", got)
	}
}

func TestAClipIsTheSameWithItsFirstFrameOrSideFile(t *testing.T) {
	clip := readBytes(t, box("moov", box("udta", metaBox(true, "encoder", "Lavf60"))), "video/mp4")
	frame := readBytes(t, pngOf(chunk("tEXt", "prompt\x00", duckGraph)), "image/png")
	for source, beside := range map[string]Result{"png:prompt": frame, "sidecar:json": ReadBeside("a.json", []byte(duckGraph)), "sidecar:txt": ReadBeside("a.txt", []byte(duckText))} {
		got := clip.With(beside)
		if f := got.Fields[Seed]; f.Value != "18446744073709551615" || f.Source != source || got.Records[0].Name != "mp4:mdta.encoder" {
			t.Errorf("%s: seed %+v, records %d", source, f, len(got.Records))
		}
	}
}

func TestJoinedResultsShareNothing(t *testing.T) {
	side := Result{Fields: map[string]Field{Seed: {"1", "s", Exact}}, Records: make([]Record, 0, 9), Notes: slices.Grow([]string{NoteTruncated}, 5)}
	a, b := side.With(Result{Notes: []string{"a"}}), side.With(Result{Notes: []string{"b"}})
	a.Fields[Seed] = Field{"2", "s", Exact}
	if side.Fields[Seed].Value != "1" || b.Fields[Seed].Value != "1" || a.Notes[1] != "a" || b.Notes[1] != "b" {
		t.Errorf("%v %v %v", side, a, b)
	}
}
