package studio

import (
	"maps"
	"slices"
	"strings"

	"chouka/assets"
)

// readBy is the version of the reader that filled an attempt, 0 where only people and tools did. The first reader left no mark.
func (a *Attempt) readBy() int {
	if a.Reader == 0 && a.Way == "upload" {
		return 1
	}
	return a.Reader
}

// fill takes over what a file ("file") or something beside it ("beside") says, where nothing is held yet. What was typed
// or posted stays, with a note where the file says otherwise. Texts that no record could hold are cut; the original
// keeps all of it.
func fill(a *Attempt, said assets.Saying, from string) {
	if a.Sources == nil {
		a.Sources = map[string]Source{}
	}
	if a.Params == nil {
		a.Params = map[string]string{}
	}
	fields := filled(a)
	for _, name := range slices.Sorted(maps.Keys(said.Fields)) {
		f := said.Fields[name]
		value := fieldText(name, f.Value)
		to, known := fields[name]
		switch {
		case value == "" || name == "width" || name == "height":
		case !known, name == "seed" && (!wholeNumber(value) || value == "-1"):
			a.param(name, value)
		default:
			a.hear(name, to, value, Source{From: from, Record: f.Source, Certainty: string(f.Certainty)})
		}
	}
	if w, h := said.Fields["width"], said.Fields["height"]; w.Value != "" && h.Value != "" {
		a.hear("size", &a.Size, fieldText("size", w.Value+"x"+h.Value), Source{From: from, Record: w.Source, Certainty: string(w.Certainty)})
	}
	if a.Service == "" && a.Sources["service"].From == "" && said.Generator != "" {
		a.hear("service", &a.Service, fieldText("service", said.Generator), Source{From: from, Certainty: "derived"})
	}
	for _, k := range slices.Sorted(maps.Keys(said.Params)) {
		a.param(k, said.Params[k])
	}
	if len(a.Candidates) == 0 {
		a.Candidates = candidatesOf(said)
	}
	for _, code := range said.Notes {
		a.mark(code)
	}
	a.Reader = assets.ReaderVersion
}

// filled names every text of an attempt that a file can fill.
func filled(a *Attempt) map[string]*string {
	fields := generationFields(&a.Generation)
	fields["expanded"] = &a.Expanded
	return fields
}

// hear takes one value over unless something is held.
func (a *Attempt) hear(name string, to *string, value string, s Source) {
	switch held := a.Sources[name].From; {
	case *to == value:
	case held == "typed" || held == "tool":
		if *to != "" { // what somebody emptied is meant to be empty
			a.mark(noteDiffers + name)
		}
	case *to == "":
		*to = value
		a.Sources[name] = s
	}
}

// param keeps a further setting, the first value of each name.
func (a *Attempt) param(name, value string) {
	name, value = clip(oneLine(name), lineLimit), clip(plain(value), paramLimit)
	if _, held := a.Params[name]; name != "" && value != "" && !held && len(a.Params) < maxParams {
		a.Params[name] = value
	}
}

func candidatesOf(said assets.Saying) []Candidate {
	out := []Candidate{}
	for _, c := range said.Candidates {
		fields := map[string]string{}
		for name, f := range c.Fields {
			if v := fieldText(name, f.Value); v != "" {
				fields[clip(oneLine(name), lineLimit)] = v
			}
		}
		out = append(out, Candidate{Node: clip(oneLine(c.Node), lineLimit), Prefix: clip(oneLine(c.Prefix), lineLimit), Fields: fields})
	}
	return out
}

// said is what one file says, and whether it is a result or lies beside one.
type said struct {
	assets.Saying
	from string
}

// refill fills an attempt anew with what a newer reader found in all of its files. Only what files said before is
// forgotten; what was typed or posted stays.
func refill(a *Attempt, all []said) {
	// A note that a post said otherwise than a file stays; one on a field that somebody typed is found anew.
	a.Notes = slices.DeleteFunc(a.Notes, func(code string) bool {
		from := a.Sources[strings.TrimPrefix(code, noteDiffers)].From
		return strings.HasPrefix(code, noteDiffers) && (from == "typed" || from == "tool")
	})
	told := false // whether anything but files spoke
	for name, to := range filled(a) {
		switch a.Sources[name].From {
		case "file", "beside":
			*to = ""
			delete(a.Sources, name)
		case "":
		default:
			told = true
		}
	}
	posted := told && a.Way != "upload" && a.Way != "watch"
	if !posted {
		// Further settings do not say where they came from; here no one but the files can have named them.
		a.Params = map[string]string{}
		a.Notes = slices.DeleteFunc(a.Notes, func(code string) bool { return !strings.HasPrefix(code, noteDiffers) })
	}
	a.Candidates = nil
	for _, x := range all {
		fill(a, x.Saying, x.from)
	}
	if a.Notes == nil {
		a.Notes = []string{}
	}
	if a.Candidates == nil {
		a.Candidates = []Candidate{}
	}
	a.Reader = assets.ReaderVersion
}
