package genmeta

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// object is a JSON object of a record, its values still unread. Names are folded, because the same setting is written
// negative_prompt, "Negative Prompt" or negativePrompt.
type object struct {
	names  []string // as written, sorted
	values map[string]json.RawMessage
	folded map[string]string // folded name to the first name as written
}

// objectOf opens a text that holds a JSON object, encoded once more or not; false means that it holds none.
func objectOf(body string) (object, bool) {
	clean, ok := tidyJSON(body)
	if !ok {
		return object{}, false
	}
	var values map[string]json.RawMessage
	if json.Unmarshal(clean, &values) != nil || len(values) == 0 || len(values) > maxNodes {
		return object{}, false
	}
	return newObject(values), true
}

func newObject(values map[string]json.RawMessage) object {
	o := object{names: sortedKeys(values), values: values, folded: make(map[string]string, len(values))}
	for _, name := range o.names {
		if f := fold(name); o.folded[f] == "" {
			o.folded[f] = name
		}
	}
	return o
}

// fold drops what writers vary: case, spaces, underscores and hyphens.
func fold(name string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(name))
}

func (o object) has(folded ...string) bool {
	for _, f := range folded {
		if _, ok := o.folded[f]; !ok {
			return false
		}
	}
	return len(folded) > 0
}

func (o object) raw(folded string) json.RawMessage { return o.values[o.folded[folded]] }

// text gives the first of the named values that is a string, number or truth value and not empty.
func (o object) text(folded ...string) string {
	for _, f := range folded {
		if s := scalarText(o.raw(f)); s != "" {
			return s
		}
	}
	return ""
}

// object opens a value that is an object, or a string that holds one.
func (o object) object(folded string) (object, bool) { return objectOf(string(o.raw(folded))) }

// list opens a value that is a list, of at most maxNodes parts.
func (o object) list(folded string) []json.RawMessage {
	var parts []json.RawMessage
	if raw := o.raw(folded); len(raw) == 0 || json.Unmarshal(raw, &parts) != nil || len(parts) > maxNodes {
		return nil
	}
	return parts
}

// scalarText gives a JSON string, number or truth value as text, without space around it; anything else is empty.
func scalarText(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return strings.Trim(s, "\x00 \t\r\n")
	case '{', '[', 'n':
		return ""
	case 't', 'f':
		return string(raw)
	}
	return plainNumber(string(raw))
}

// plainNumber writes 7.0 as 7 and drops the noise of binary fractions; whole numbers keep every digit.
func plainNumber(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e9 || f != 0 && math.Abs(f) < 1e-6 {
		return s
	}
	return strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
}

// tidyJSON makes what Python wrote into JSON: NaN and Infinity outside strings become null, a text that holds an
// encoded object is opened, NULs at the end go. It refuses what is no object or nests deeper than maxDepth.
func tidyJSON(body string) ([]byte, bool) {
	const space = "\x00 \t\r\n\ufeff"
	body = strings.Trim(body, space)
	for range 2 {
		if !strings.HasPrefix(body, `"`) {
			break
		}
		var inner string
		if json.Unmarshal([]byte(body), &inner) != nil {
			return nil, false
		}
		body = strings.Trim(inner, space)
	}
	if !strings.HasPrefix(body, "{") {
		return nil, false
	}
	return tidied(body)
}

func tidied(body string) ([]byte, bool) {
	out := make([]byte, 0, len(body))
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		ch := body[i]
		switch {
		case quoted && ch == '\\' && i+1 < len(body):
			out = append(out, ch)
			i++
			ch = body[i]
		case ch == '"':
			quoted = !quoted
		case quoted:
		case ch == '{' || ch == '[':
			if depth++; depth > maxDepth {
				return nil, false
			}
		case ch == '}' || ch == ']':
			depth--
		case ch == 'N' || ch == 'I' || ch == '-':
			if word := pythonWord(body[i:]); word != "" {
				out = append(out, "null"...)
				i += len(word) - 1
				continue
			}
		}
		out = append(out, ch)
	}
	return out, true
}

func pythonWord(s string) string {
	words := []string{"NaN", "Infinity", "-Infinity"}
	if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(s, w) }); i >= 0 {
		return words[i]
	}
	return ""
}
