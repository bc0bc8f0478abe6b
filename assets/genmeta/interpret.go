package genmeta

import (
	"encoding/json"
	"strings"
)

// interpret decides which records speak. A stated A1111 text goes before a graph, because it needs no reading between
// the lines. Records of other generators are only named.
func (c *collector) interpret() Result {
	r := &c.result
	stated := false
	for _, t := range c.texts {
		if mayState(t) && !stated {
			stated = readA1111(r, t.source, t.body)
		}
		if r.Generator == "" {
			r.Generator = namedBy(t)
		}
	}
	if stated {
		return *r
	}
	drawn := false
	for _, t := range c.texts {
		graphs, workflow := graphsIn(t)
		drawn = drawn || workflow
		for _, g := range graphs {
			if readGraph(r, g.source, g.body, c.hint) {
				return *r
			}
		}
	}
	if drawn {
		r.note(NoteWorkflowOnly)
		if r.Generator == "" {
			r.Generator = "ComfyUI"
		}
	}
	return *r
}

// mayState tells whether a record is a place for A1111 text. The text itself must still prove it.
func mayState(t text) bool {
	switch strings.ToLower(t.key) {
	case "parameters", "usercomment", "comment":
		return !strings.HasPrefix(strings.TrimSpace(t.body), "{")
	}
	return false
}

// namedBy names a generator that leaves an unmistakable mark.
func namedBy(t text) string {
	switch strings.ToLower(t.key) {
	case "invokeai_metadata", "sd-metadata":
		return "InvokeAI"
	case "fooocus_scheme":
		return "Fooocus"
	case "software":
		if strings.TrimSpace(t.body) == "NovelAI" {
			return "NovelAI"
		}
	case "parameters", "usercomment":
		if strings.Contains(t.body, `"sui_image_params"`) {
			return "SwarmUI"
		}
	}
	return ""
}

// graphsIn finds the API graphs that a record holds, and whether it holds a drawn workflow.
func graphsIn(t text) (graphs []text, workflow bool) {
	body := strings.TrimSpace(strings.TrimRight(t.body, "\x00"))
	switch strings.ToLower(t.key) {
	case "prompt":
		return []text{{source: t.source, body: body}}, false
	case "workflow":
		return nil, isWorkflow(body)
	case "comment", "usercomment":
		return envelope(t.source, body)
	case "make", "model", "imagedescription":
		label, rest, ok := strings.Cut(body, ":")
		if !ok {
			return nil, false
		}
		rest = strings.TrimSpace(rest)
		switch strings.ToLower(label) {
		case "prompt":
			return []text{{source: t.source, body: rest}}, false
		case "workflow":
			return nil, isWorkflow(rest)
		}
	}
	return nil, false
}

// envelope opens {"prompt": graph or text of a graph, "workflow": …}.
func envelope(source, body string) (graphs []text, workflow bool) {
	clean, ok := tidyJSON(body)
	if !ok {
		return nil, false
	}
	var e struct {
		Prompt   json.RawMessage `json:"prompt"`
		Workflow json.RawMessage `json:"workflow"`
	}
	if json.Unmarshal(clean, &e) != nil {
		return nil, false
	}
	if len(e.Prompt) > 0 && (e.Prompt[0] == '{' || e.Prompt[0] == '"') {
		graphs = []text{{source: source, body: string(e.Prompt)}}
	}
	return graphs, isWorkflow(string(e.Workflow))
}

// isWorkflow tells whether a text is ComfyUI's drawn graph: a list of nodes and a list of links.
func isWorkflow(body string) bool {
	clean, ok := tidyJSON(body)
	if !ok {
		return false
	}
	var w struct {
		Nodes []json.RawMessage `json:"nodes"`
		Links []json.RawMessage `json:"links"`
	}
	return json.Unmarshal(clean, &w) == nil && len(w.Nodes) > 0 && w.Links != nil
}

// tidyJSON makes what Python wrote into JSON: NaN and Infinity outside strings become null, a text that holds an
// encoded object is opened, NULs at the end go. It refuses what is no object or nests deeper than maxDepth.
func tidyJSON(body string) ([]byte, bool) {
	body = strings.Trim(body, "\x00 \t\r\n")
	for range 2 {
		if !strings.HasPrefix(body, `"`) {
			break
		}
		var inner string
		if json.Unmarshal([]byte(body), &inner) != nil {
			return nil, false
		}
		body = strings.Trim(inner, "\x00 \t\r\n")
	}
	if !strings.HasPrefix(body, "{") {
		return nil, false
	}
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
	for _, w := range []string{"NaN", "Infinity", "-Infinity"} {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}
