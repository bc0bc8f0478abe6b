package genmeta

import "strings"

func isDrawThings(s sheet) bool {
	return strings.HasPrefix(s.body("xmp:xmp:creatortool", "software"), "Draw Things")
}

// isDrawThingsRecord knows the JSON by the short names of both prompts.
func isDrawThingsRecord(o object) bool {
	return o.has("c", "uc") && (o.has("sampler") || o.has("steps"))
}

// drawThings reads the JSON that Draw Things keeps in XMP as exif:UserComment.
func (s statement) drawThings(o object) {
	s.r.Generator = "Draw Things"
	s.r.set(Prompt, o.text("c"), s.source, Exact)
	s.r.set(Negative, o.text("uc"), s.source, Exact)
	s.state(CFG, "scale", o.text("scale"), Exact)
	s.state(Denoise, "strength", o.text("strength"), Exact)
	s.loras(o.list("lora"))
	s.object(o, append(plainWords(), word{Model, []string{"model"}}), "c", "uc", "scale", "strength", "lora", "v2", "profile")
}

// readDrawThings reads the description that stands beside that JSON, for files that have lost the JSON: the prompt, the
// negative behind a hyphen, and a settings line. Where prompt and negative part is not certain.
func readDrawThings(r *Result, s sheet) {
	e, ok := s.find("xmp:dc:description")
	if !ok || !isDrawThings(s) {
		return
	}
	lines := strings.Split(strings.ReplaceAll(e.body, "\r\n", "\n"), "\n")
	last := len(lines) - 1
	p := parameters{}
	if !p.settingsLine(lines[last]) {
		return
	}
	r.Generator = "Draw Things"
	st := statement{r: r, source: e.source}
	if last > 0 && strings.HasPrefix(lines[last-1], "-") {
		last--
		r.set(Negative, strings.TrimSpace(lines[last][1:]), e.source, Guess)
	}
	r.set(Prompt, strings.TrimSpace(strings.Join(lines[:last], "\n")), e.source, Guess)
	for _, pair := range p.pairs {
		switch pair.key {
		case "Guidance Scale":
			st.state(CFG, pair.key, pair.value, Exact)
		case "Strength":
			st.state(Denoise, pair.key, pair.value, Exact)
		default:
			st.setting(pair)
		}
	}
}
