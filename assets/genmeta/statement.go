package genmeta

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// statement writes what one record says in so many words. A value that cannot be what its field promises, such as a
// sampler named None or a seed of letters, is kept among the params as read.
type statement struct {
	r       *Result
	source  string
	sources map[string]string // where each setting has a record of its own: its source by folded name
}

var (
	wholeNumber   = regexp.MustCompile(`^\d{1,40}$`)
	signedWhole   = regexp.MustCompile(`^-?\d{1,3}$`)
	decimalNumber = regexp.MustCompile(`^-?\d{1,9}(\.\d{1,20})?$`)
	pixelCount    = regexp.MustCompile(`^[1-9]\d{0,5}$`)
	ratioPair     = regexp.MustCompile(`^\d{1,4}(\.\d{1,4})?:\d{1,4}(\.\d{1,4})?$`)
	sizePair      = regexp.MustCompile(`^\(?\s*(\d{1,6})\s*[xX×*,]\s*(\d{1,6})\s*\)?$`)
)

// state gives a field its value if the value fits it, and keeps it under label otherwise. A seed of -1 says that a random
// one was asked for, so it is no seed.
func (s statement) state(field, label, value string, sure Certainty) {
	value = strings.TrimSpace(value)
	switch field {
	case CFG, Denoise, Duration:
		if decimalNumber.MatchString(value) {
			value = plainNumber(value)
		}
	case ModelHash:
		if strings.Trim(value, "0") == "" {
			return
		}
	}
	switch {
	case fieldFits(field, value):
		s.r.set(field, value, s.sourceOf(label), sure)
	case field == Seed && value == "-1":
		s.r.param(Seed, value)
	default:
		s.r.param(label, value)
	}
}

func (s statement) sourceOf(label string) string {
	if own := s.sources[fold(label)]; own != "" {
		return own
	}
	return s.source
}

// fieldFits tells whether a value can be what a field promises.
func fieldFits(field, value string) bool {
	switch field {
	case Seed:
		return wholeNumber.MatchString(value)
	case Steps:
		return wholeNumber.MatchString(value) && len(value) < 7
	case ClipSkip:
		return signedWhole.MatchString(value)
	case CFG, Denoise, Duration:
		return decimalNumber.MatchString(value)
	case Width, Height:
		return pixelCount.MatchString(value)
	case Ratio:
		return ratioPair.MatchString(value)
	case Model, Sampler, Scheduler:
		return !slices.Contains([]string{"", "none", "null"}, strings.ToLower(value))
	case VAE:
		return !slices.Contains([]string{"", "none", "null", "automatic", "auto", "default", "default (model)"}, strings.ToLower(value))
	}
	return true
}

// size reads "512x768", "832 x 1216" and "(768, 1280)"; anything else is kept under label.
func (s statement) size(label, value string) {
	if m := sizePair.FindStringSubmatch(strings.TrimSpace(value)); m != nil && pixelCount.MatchString(m[1]) && pixelCount.MatchString(m[2]) {
		s.r.set(Width, m[1], s.source, Exact)
		s.r.set(Height, m[2], s.source, Exact)
		return
	}
	s.r.param(label, value)
}

// word pairs a field with the folded names under which generators state it, the firmest first.
type word struct {
	field string
	names []string
}

// plainWords are the names that mean the same everywhere.
func plainWords() []word {
	return []word{
		{Prompt, []string{"prompt", "positiveprompt", "positive"}},
		{Negative, []string{"negativeprompt", "negative"}},
		{Seed, []string{"seed"}},
		{Steps, []string{"steps", "numinferencesteps"}},
		{CFG, []string{"cfgscale", "cfg", "guidancescale"}},
		{Sampler, []string{"sampler", "samplername"}},
		{Scheduler, []string{"scheduler"}},
		{Width, []string{"width"}},
		{Height, []string{"height"}},
		{ClipSkip, []string{"clipskip"}},
		{VAE, []string{"vae", "vaename"}},
	}
}

// object states the named values of a JSON object; what remains goes to the params as read, if it is short.
func (s statement) object(o object, words []word, apart ...string) {
	used := map[string]bool{}
	for _, name := range apart {
		used[name] = true
	}
	for _, w := range words {
		for _, name := range w.names {
			if value := o.text(name); value != "" && !used[name] {
				used[name] = true
				s.state(w.field, o.folded[name], value, Exact)
				break
			}
		}
	}
	for _, name := range []string{"size", "resolution"} {
		if value := o.text(name); value != "" && !used[name] {
			used[name] = true
			s.size(o.folded[name], value)
		}
	}
	s.rest(o, used)
}

func (s statement) rest(o object, used map[string]bool) {
	const longest, most = 2000, 200
	for _, name := range o.names {
		raw := o.values[name]
		if used[fold(name)] || len(name) > 120 || len(raw) > longest || len(s.r.Params) >= most {
			continue
		}
		if value := scalarText(raw); value != "" {
			s.r.param(name, value)
			continue
		}
		var b bytes.Buffer
		if (raw[0] == '{' || raw[0] == '[') && len(raw) > 2 && json.Compact(&b, raw) == nil {
			s.r.param(name, b.String())
		}
	}
}

// loras states a list of LoRAs: names, [name, weight], or objects that name themselves in one of several ways.
func (s statement) loras(parts []json.RawMessage) {
	var all []string
	for _, part := range parts {
		if name, weight := loraOf(part); name != "" && len(all) < 200 {
			all = append(all, withWeight(name, weight))
		}
	}
	s.r.set(Loras, strings.Join(all, ", "), s.source, Exact)
}

func loraOf(part json.RawMessage) (name, weight string) {
	if len(part) > 0 && part[0] == '{' {
		o, _ := objectOf(string(part))
		weight = o.text("weight", "strength", "scale", "modelweight")
		for _, inner := range []string{"lora", "model"} {
			if p, ok := o.object(inner); ok {
				return p.text("name", "modelname"), weight
			}
		}
		return o.text("name", "modelname", "modelfilename", "lora", "model", "file", "label"), weight
	}
	var pair []json.RawMessage
	if json.Unmarshal(part, &pair) == nil && len(pair) >= 2 {
		return scalarText(pair[0]), scalarText(pair[1])
	}
	return scalarText(part), ""
}

func withWeight(name, weight string) string {
	if weight == "" {
		return name
	}
	return name + ":" + weight
}
