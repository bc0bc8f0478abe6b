package genmeta

import (
	"maps"
	"slices"
)

// NoteExpanded says that a language model rewrote the prompt while the graph ran; the prompt given is what was typed.
const NoteExpanded = "expanded_at_run_time"

// reading is what one branch of a graph says.
type reading struct {
	fields    map[string]string
	params    map[string]string
	weak      map[string]bool // fields that are guesses
	notes     []string
	ambiguous bool // only what several samplers share is given
}

func newReading() reading {
	return reading{fields: map[string]string{}, params: map[string]string{}, weak: map[string]bool{}}
}

// set keeps the first value given; empty values are not fields.
func (r *reading) set(name, value string) {
	if _, held := r.fields[name]; !held && value != "" {
		r.fields[name] = value
	}
}

func (r *reading) guess(name, value string) {
	if _, held := r.fields[name]; !held && value != "" {
		r.fields[name], r.weak[name] = value, true
	}
}

// seed keeps a seed; -1 asks for a random one, so it is no seed.
func (r *reading) seed(value string) {
	if value == "-1" {
		r.param(Seed, value)
		return
	}
	r.set(Seed, value)
}

// size keeps width and height together; zero means that a node takes the size it is given.
func (r *reading) size(width, height string) {
	if width != "" && height != "" && width != "0" && height != "0" && width[0] != '-' && height[0] != '-' {
		r.set(Width, width)
		r.set(Height, height)
	}
}

func (r *reading) param(name, value string) {
	if _, held := r.params[name]; !held && value != "" {
		r.params[name] = value
	}
}

func (r *reading) note(code string) {
	if !slices.Contains(r.notes, code) {
		r.notes = append(r.notes, code)
	}
}

// words keeps a text with what is known about it.
func (r *reading) words(name string, t wording) {
	if t.weak {
		r.guess(name, t.text)
	} else {
		r.set(name, t.text)
	}
	if t.expanded {
		r.note(NoteExpanded)
		r.guess(Expanded, t.expansion)
	}
	if name == Prompt {
		for key, value := range t.areas {
			r.param(key, value)
		}
	}
}

// share removes what other does not say alike, and tells whether anything differed.
func (r *reading) share(other reading) bool {
	before := len(r.fields)
	maps.DeleteFunc(r.fields, func(k, v string) bool { return other.fields[k] != v })
	maps.DeleteFunc(r.params, func(k, v string) bool { return other.params[k] != v })
	for name := range other.weak {
		r.weak[name] = true
	}
	for _, code := range other.notes {
		r.note(code)
	}
	return len(r.fields) != before || len(other.fields) != before
}

func (r reading) clone() reading {
	r.fields, r.params, r.weak = maps.Clone(r.fields), maps.Clone(r.params), maps.Clone(r.weak)
	r.notes = slices.Clone(r.notes)
	return r
}

// result gives the fields as a Result holds them.
func (r reading) result(source string) map[string]Field {
	fields := make(map[string]Field, len(r.fields))
	for name, value := range r.fields {
		sure := Derived
		if r.weak[name] {
			sure = Guess
		}
		if name != Prompt && name != Negative && name != Expanded {
			value = short(value)
		}
		if value = Redact(value); value != "" {
			fields[name] = Field{Value: value, Source: source, Certainty: sure}
		}
	}
	return fields
}
