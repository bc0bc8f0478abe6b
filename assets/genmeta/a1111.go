package genmeta

import (
	"encoding/json"
	"regexp"
	"strings"
)

// The settings line of an A1111 text: "Key: value" pairs divided by commas, a value being a JSON string or everything
// up to the next comma. The pattern is that of the program's own reader.
var (
	settingPair = regexp.MustCompile(`\s*([\p{L}\p{N}_][\p{L}\p{N}_ \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)`)
	sizePair    = regexp.MustCompile(`^(\d+)x(\d+)$`)
	loraTag     = regexp.MustCompile(`<(?:lora|lyco|hypernet):([^:<>]+)(?::([^<>]*))?>`)
	signedURL   = regexp.MustCompile(`(https?://[^\s"?]+)\?[^\s"]*`)
)

// setting is one pair of the settings line, in order of appearance.
type setting struct{ key, value string }

// readA1111 reads a text by the grammar of generation-parameter texts; false means that it is none. An ordinary comment
// has no settings line with steps or a seed.
func readA1111(r *Result, source, body string) bool {
	body, resources := cutCivitai(strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n")))
	lines := strings.Split(body, "\n")
	pairs := settings(lines[len(lines)-1])
	if len(pairs) < 3 || !proves(pairs) {
		return false
	}
	prompt, negative := promptLines(lines[:len(lines)-1])
	r.set(Prompt, prompt, source, Exact)
	r.set(Negative, negative, source, Exact)
	for _, p := range pairs {
		applySetting(r, source, p)
	}
	for _, p := range resources {
		r.param(p.key, signedURL.ReplaceAllString(p.value, "$1"))
	}
	r.set(Loras, loraTags(prompt), source, Derived)
	r.Generator = programName(pairs, len(resources) > 0)
	return true
}

func proves(pairs []setting) bool {
	for _, p := range pairs {
		if p.key == "Steps" || p.key == "Seed" {
			return true
		}
	}
	return false
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

func applySetting(r *Result, source string, p setting) {
	if p.key == "Size" {
		if m := sizePair.FindStringSubmatch(p.value); m != nil {
			r.set(Width, m[1], source, Exact)
			r.set(Height, m[2], source, Exact)
			return
		}
	}
	if name := settingField(p.key); name != "" {
		r.set(name, p.value, source, Exact)
		return
	}
	r.param(p.key, p.value)
}

func settingField(key string) string {
	switch key {
	case "Steps":
		return Steps
	case "Sampler":
		return Sampler
	case "Schedule type":
		return Scheduler
	case "CFG scale", "CFG Scale":
		return CFG
	case "Seed":
		return Seed
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

// programName tells the programs that share the text apart by their Version and App keys.
func programName(pairs []setting, civitai bool) string {
	version := ""
	for _, p := range pairs {
		switch {
		case p.key == "App" && p.value == "SD.Next":
			return "SD.Next"
		case p.key == "Version" && version == "":
			version = p.value
		}
	}
	switch {
	case civitai:
		return "Civitai"
	case strings.HasPrefix(version, "Fooocus"):
		return "Fooocus"
	case version == "ComfyUI":
		return "ComfyUI"
	case version == "classic":
		return "Forge Classic"
	case version == "neo":
		return "Forge Neo"
	case strings.HasPrefix(version, "f") && strings.Contains(version, "v2-v1."):
		return "reForge"
	case strings.HasPrefix(version, "f1.") && strings.Contains(version, "-v1."):
		return "EasyReforge"
	case len(version) > 1 && version[0] == 'f' && version[1] >= '0' && version[1] <= '9':
		return "Forge"
	}
	return "A1111"
}

func loraTags(prompt string) string {
	var names []string
	for _, m := range loraTag.FindAllStringSubmatch(prompt, 200) {
		name := strings.TrimSpace(m[1])
		if m[2] != "" {
			name += ":" + strings.TrimSpace(m[2])
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// cutCivitai takes the unquoted JSON that Civitai hangs on the settings line out of the text.
func cutCivitai(body string) (string, []setting) {
	var found []setting
	for _, key := range []string{"Civitai resources", "Civitai metadata"} {
		at := strings.LastIndex(body, key+":")
		if at < 0 {
			continue
		}
		rest := strings.TrimLeft(body[at+len(key)+1:], " ")
		n := jsonLength(rest)
		if n == 0 {
			continue
		}
		found = append(found, setting{key: key, value: rest[:n]})
		body = strings.TrimRight(body[:at], ", ") + strings.TrimRight(rest[n:], ", ")
	}
	return body, found
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
