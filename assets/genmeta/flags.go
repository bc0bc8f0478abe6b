package genmeta

import (
	"regexp"
	"strings"
)

// flag is one option of a prompt written as on a command line: "--ar 9:16". The value is empty where the flag stands alone.
type flag struct{ name, value string }

// flagMark finds what looks like a flag. Phones turn the two hyphens into a dash.
var flagMark = regexp.MustCompile(`(?:^|\s)(--|—|–)([A-Za-z][A-Za-z_-]{0,24})`)

// splitFlags parts the flags of Midjourney, Seedance and their kind from the prose. The first must be one that is known,
// so that a dash in a sentence stays; words behind a flag's value go back to the prose.
func splitFlags(s string) (prose string, flags []flag) {
	marks := flagMarks(s)
	if len(marks) == 0 {
		return strings.TrimSpace(s), nil
	}
	parts := []string{strings.TrimSpace(s[:marks[0].start])}
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		f, rest := takeValue(m.name, strings.Trim(s[m.end:end], " \t\r\n="))
		if flags = append(flags, f); rest != "" {
			parts = append(parts, rest)
		}
	}
	return strings.TrimSpace(strings.Join(parts, " ")), flags
}

// mark is where a flag stands in a text, from the space before it to the end of its name.
type mark struct {
	start, end int
	name       string
}

func flagMarks(s string) []mark {
	var marks []mark
	for _, m := range flagMark.FindAllStringSubmatchIndex(s, 200) {
		name := s[m[4]:m[5]]
		known := arity(name) != unknownFlag
		bounded := m[1] == len(s) || strings.IndexByte(" \t\r\n=", s[m[1]]) >= 0
		if bounded && (known || len(marks) > 0 && s[m[2]:m[3]] == "--") {
			marks = append(marks, mark{start: m[0], end: m[1], name: name})
		}
	}
	return marks
}

// The ways in which a flag takes values.
const (
	unknownFlag = iota
	aloneFlag
	oneValue
	allValues
)

func arity(name string) int {
	switch strings.ToLower(name) {
	case "tile", "raw", "draft", "fast", "relax", "turbo", "hd", "loop", "stealth", "public", "video":
		return aloneFlag
	case "ar", "aspect", "ratio", "rt", "dur", "duration", "seed", "v", "version", "niji", "s", "stylize", "c", "chaos", "q", "quality", "style",
		"iw", "w", "weird", "sw", "cw", "ow", "stop", "r", "repeat", "motion", "exp", "sv", "bs", "end",
		"rs", "resolution", "fps", "framespersecond", "frames", "wm", "watermark", "cf", "camerafixed", "mode", "model":
		return oneValue
	case "no", "sref", "cref", "oref", "p", "profile", "personalize":
		return allValues
	}
	return unknownFlag
}

func takeValue(name, text string) (flag, string) {
	name, text = strings.ToLower(name), strings.TrimSpace(text)
	switch arity(name) {
	case aloneFlag:
		return flag{name, ""}, text
	case oneValue:
		if i := strings.IndexAny(text, " \t\r\n"); i >= 0 {
			return flag{name, strings.TrimRight(text[:i], ",;，；。")}, strings.TrimSpace(text[i:])
		}
	}
	return flag{name, strings.TrimRight(text, ",;，；。")}, ""
}

// flags states what was split off. Midjourney's versions name its models.
func (s statement) flags(flags []flag, model Certainty) {
	for _, f := range flags {
		switch f.name {
		case "ar", "aspect", "ratio", "rt":
			s.state(Ratio, f.name, strings.ReplaceAll(f.value, "：", ":"), Exact)
		case "dur", "duration":
			s.state(Duration, f.name, strings.TrimRight(f.value, "s秒"), Exact)
		case "seed":
			s.state(Seed, f.name, f.value, Exact)
		case "no":
			s.state(Negative, f.name, f.value, Exact)
		case "mode":
			s.state(Mode, f.name, f.value, Exact)
		case "model":
			s.state(Model, f.name, f.value, Exact)
		case "niji":
			s.state(Model, f.name, strings.TrimSpace("niji "+f.value), model)
		case "v", "version":
			if decimalNumber.MatchString(f.value) {
				s.state(Model, f.name, "Midjourney v"+f.value, model)
			}
		default:
			if f.value == "" {
				f.value = "true"
			}
			s.r.param(f.name, f.value)
		}
	}
}
