package genmeta

import (
	"encoding/json"
	"regexp"
	"strings"
)

var (
	loraTag     = regexp.MustCompile(`<(?:lora|lyco|hypernet):([^:<>]+)(?::([^<>]*))?>`)
	easyReforge = regexp.MustCompile(`^f\d+(\.\d+)*-v`)
	reforge     = regexp.MustCompile(`^f\d+(\.\d+)*v\d+-v`)
	forge       = regexp.MustCompile(`^f\d`)
)

// programName tells the programs that share the text apart by their Version and App keys.
func programName(p parameters) string {
	version, _ := p.value("Version")
	app, _ := p.value("App")
	switch {
	case app == "SD.Next":
		return "SD.Next"
	case hasCivitai(p.attached):
		return "Civitai"
	case strings.HasPrefix(version, "Fooocus"):
		return "Fooocus"
	case strings.HasPrefix(version, "ComfyUI"):
		return "ComfyUI"
	case strings.HasPrefix(version, "classic"):
		return "Forge Classic"
	case strings.HasPrefix(version, "neo"):
		return "Forge Neo"
	case easyReforge.MatchString(version):
		return "EasyReforge"
	case reforge.MatchString(version):
		return "reForge"
	case forge.MatchString(version):
		return "Forge"
	}
	return "A1111"
}

// scheduleTail gives the schedule that older versions wrote at the end of the sampler's name.
func scheduleTail(sampler string) string {
	for _, tail := range []string{"Karras", "Exponential", "Polyexponential", "SGM Uniform"} {
		if strings.HasSuffix(sampler, " "+tail) {
			return tail
		}
	}
	return ""
}

// loraTags lists the LoRAs that a prompt calls, with their weights.
func loraTags(prompt string) string {
	var names []string
	for _, m := range loraTag.FindAllStringSubmatch(prompt, 200) {
		names = append(names, withWeight(strings.TrimSpace(m[1]), strings.TrimSpace(m[2])))
	}
	return strings.Join(names, ", ")
}

// hashedNames lists the names of "name: hash, name: hash".
func hashedNames(hashes string) string {
	var names []string
	for pair := range strings.SplitSeq(hashes, ",") {
		if name, hash, ok := strings.Cut(pair, ":"); ok && strings.TrimSpace(hash) != "" && len(names) < 200 {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return strings.Join(names, ", ")
}

// expandedWords keeps what the user typed as the prompt, and what Fooocus made of it apart.
func (s statement) expandedWords(p parameters, raw string) {
	s.r.set(Prompt, raw, s.source, Exact)
	s.r.set(Expanded, p.prompt, s.source, Exact)
	negative, stated := p.value("Raw negative prompt")
	if !stated {
		negative = p.negative
	}
	s.r.set(Negative, negative, s.source, Exact)
	s.r.param("Expanded negative prompt", p.negative)
}

// cutAttached takes the JSON that some writers hang on the settings line without quotes out of it, because its commas and
// colons are not the line's. What is cut off in its middle is dropped.
func cutAttached(line string) (string, []setting) {
	var found []setting
	for _, key := range []string{"Civitai resources", "Civitai metadata", "Hashes"} {
		at := strings.LastIndex(line, key+":")
		if at < 0 || at > 0 && !strings.HasSuffix(strings.TrimRight(line[:at], " "), ",") {
			continue
		}
		rest := strings.TrimLeft(line[at+len(key)+1:], " ")
		if !strings.HasPrefix(rest, "{") && !strings.HasPrefix(rest, "[") {
			continue
		}
		before := strings.TrimRight(line[:at], ", ")
		n := jsonLength(rest)
		if n == 0 {
			line = before
			continue
		}
		found = append(found, setting{key: key, value: rest[:n]})
		after := strings.TrimLeft(rest[n:], ", ")
		if before != "" && after != "" {
			before += ", "
		}
		line = before + after
	}
	return line, found
}

// jsonLength counts brackets up to the end of the object or list that s starts with; 0 when there is none.
func jsonLength(s string) int {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; {
		case quoted && ch == '\\':
			i++
		case ch == '"' && depth > 0:
			quoted = !quoted
		case quoted:
		case ch == '{' || ch == '[':
			depth++
		case ch == '}' || ch == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		if depth <= 0 {
			return 0
		}
	}
	return 0
}

// attached keeps a piece of cut-out JSON, and reads the models and LoRAs that it names.
func (s statement) attached(p setting) {
	s.r.param(p.key, Redact(p.value))
	switch p.key {
	case "Civitai resources":
		s.civitaiResources(p.value)
	case "Hashes":
		o, _ := objectOf(p.value)
		s.hashes(o)
	}
}

// hashes reads {"model": hash, "lora:name": hash}.
func (s statement) hashes(o object) {
	s.state(ModelHash, "Hashes", o.text("model"), Exact)
	var names []string
	for _, key := range o.names {
		if name, ok := strings.CutPrefix(key, "lora:"); ok && len(names) < 200 && json.Valid(o.values[key]) {
			names = append(names, name)
		}
	}
	s.r.set(Loras, strings.Join(names, ", "), s.source, Derived)
}
