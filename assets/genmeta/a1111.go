package genmeta

import (
	"encoding/json"
	"regexp"
	"strings"
)

// The settings line of an A1111 text: "Key: value" pairs divided by commas, a value being a JSON string or everything
// up to the next comma. The pattern is that of the program's own reader.
var settingPair = regexp.MustCompile(`\s*([\p{L}\p{N}_][\p{L}\p{N}_ \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)`)

const maxLine = 1 << 20 // bytes of a settings line

// setting is one pair of the settings line, in order of appearance.
type setting struct{ key, value string }

// parameters is an A1111 text taken apart.
type parameters struct {
	prompt, negative string
	pairs            []setting
	attached         []setting // JSON that hung on the line without quotes
	template         string    // what dynamic prompts wrote below the line
}

// readA1111Texts looks for A1111 text wherever programs put it. The text itself must prove that it is one.
func readA1111Texts(r *Result, s sheet) {
	drawThings := isDrawThings(s)
	for _, e := range s {
		if e.isObj || drawThings && e.key == "xmp:dc:description" {
			continue
		}
		switch e.key {
		case "parameters", "usercomment", "comment", "description", "imagedescription", "xpcomment", "stealth", "sidecar", "pasted",
			"xmp:dc:description", "xmp:exif:usercomment":
			if readA1111(r, e.source, e.body) {
				if isCivitai(s) {
					r.Generator = "Civitai"
				}
				return
			}
		}
	}
}

// readA1111 reads a text by the grammar of generation-parameter texts; false means that it is none. Defaults that the
// text leaves out stay unknown.
func readA1111(r *Result, source, body string) bool {
	p, ok := parseParameters(body)
	if !ok {
		return false
	}
	r.Generator = programName(p)
	st := statement{r: r, source: source}
	if raw, ok := p.value("Raw prompt"); ok && r.Generator == "Fooocus" {
		st.expandedWords(p, raw)
	} else {
		r.set(Prompt, p.prompt, source, Exact)
		r.set(Negative, p.negative, source, Exact)
	}
	seen := map[string]bool{}
	for _, pair := range p.pairs {
		if !seen[pair.key] {
			seen[pair.key] = true
			st.setting(pair)
		}
	}
	r.set(Loras, loraTags(p.prompt), source, Derived)
	for _, pair := range p.attached {
		st.attached(pair)
	}
	r.set(Scheduler, scheduleTail(r.Fields[Sampler].Value), source, Derived)
	hashes, _ := p.value("Lora hashes")
	r.set(Loras, hashedNames(hashes), source, Derived)
	r.param("Template", p.template)
	return true
}

// parseParameters takes a text apart; false means that its last line is no settings line. An ordinary comment has none
// with three pairs of which one is the steps or the seed.
func parseParameters(body string) (parameters, bool) {
	body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	lines := strings.Split(body, "\n")
	last := len(lines) - 1
	var p parameters
	if !p.settingsLine(lines[last]) {
		if last = templateLine(lines); last < 1 || !p.settingsLine(lines[last-1]) {
			return p, false
		}
		p.template = strings.Join(lines[last:], "\n")
		last--
	}
	p.prompt, p.negative = promptLines(lines[:last])
	return p, true
}

func (p *parameters) settingsLine(line string) bool {
	if len(line) > maxLine || strings.Count(line, ":") < 3 {
		return false
	}
	line, p.attached = cutAttached(line)
	p.pairs = settings(line)
	_, steps := p.value("Steps")
	_, seed := p.value("Seed")
	return len(p.pairs) >= 3 && (steps || seed)
}

// templateLine finds the first line that the dynamic prompts extension wrote below the settings; 0 when there is none.
func templateLine(lines []string) int {
	for i, line := range lines {
		if i > 0 && (strings.HasPrefix(line, "Template: ") || strings.HasPrefix(line, "Negative Template: ")) {
			return i
		}
	}
	return 0
}

func (p *parameters) value(key string) (string, bool) {
	for _, pair := range p.pairs {
		if pair.key == key {
			return pair.value, true
		}
	}
	return "", false
}

// promptLines divides the lines above the settings: all is prompt until a line starts with "Negative prompt:".
func promptLines(lines []string) (prompt, negative string) {
	var above, below []string
	into := &above
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "Negative prompt:"); ok {
			into, line = &below, strings.TrimSpace(rest)
		}
		*into = append(*into, line)
	}
	return strings.TrimSpace(strings.Join(above, "\n")), strings.TrimSpace(strings.Join(below, "\n"))
}

func settings(line string) []setting {
	var pairs []setting
	for _, m := range settingPair.FindAllStringSubmatch(line, 2000) {
		value := strings.TrimSpace(m[2])
		if strings.HasPrefix(value, `"`) {
			var plain string
			if json.Unmarshal([]byte(value), &plain) == nil {
				value = plain
			}
		}
		pairs = append(pairs, setting{key: strings.TrimSpace(m[1]), value: value})
	}
	return pairs
}

// setting states one pair of the line. Keys are matched to the letter: extensions have their own with other beginnings.
func (s statement) setting(p setting) {
	switch field := settingField(p.key); field {
	case "":
		s.r.param(p.key, p.value)
	case Width:
		s.size(p.key, p.value)
	default:
		s.state(field, p.key, p.value, Exact)
	}
}

func settingField(key string) string {
	switch key {
	case "Steps":
		return Steps
	case "Sampler":
		return Sampler
	case "Schedule type", "Scheduler":
		return Scheduler
	case "CFG scale", "CFG Scale":
		return CFG
	case "Seed":
		return Seed
	case "Size":
		return Width
	case "Model":
		return Model
	case "Model hash":
		return ModelHash
	case "VAE":
		return VAE
	case "Clip skip":
		return ClipSkip
	case "Denoising strength":
		return Denoise
	case "Version":
		return Version
	}
	return ""
}
