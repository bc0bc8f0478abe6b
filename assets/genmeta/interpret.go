package genmeta

import (
	"encoding/json"
	"slices"
	"strings"
)

// interpret decides which records speak. What a generator states goes before a graph, because it needs no reading between
// the lines; of one field the first record that states it wins, and a graph fills only what is left.
func (c *collector) interpret() Result {
	r := &c.result
	s := openSheet(c.texts)
	for _, read := range []func(*Result, sheet){readDialects, readDrawThings, readDream, readA1111Texts, readSettingTexts, readMidjourney, readLoose} {
		var got Result
		read(&got, s)
		r.take(got)
	}
	stated := len(r.Fields) > 0
	readDrawn(r, s, c.hint, stated)
	if r.Generator == "" {
		r.Generator = namedBy(s)
	}
	r.redact()
	return *r
}

// take adds what a further record says. Prompt and negative come from one record, and so do width and height: a record
// that has the one and not the other says that the other is empty.
func (r *Result) take(got Result) {
	held := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { _, ok := r.Fields[n]; return ok })
	}
	words, frame := held(Prompt, Negative), held(Width, Height)
	for _, name := range sortedKeys(got.Fields) {
		switch name {
		case Prompt, Negative, Expanded:
			if words {
				continue
			}
		case Width, Height:
			if frame {
				continue
			}
		}
		f := got.Fields[name]
		r.set(name, f.Value, f.Source, f.Certainty)
	}
	for _, name := range sortedKeys(got.Params) {
		r.param(name, got.Params[name])
	}
	for _, n := range got.Notes {
		r.note(n)
	}
	if r.Generator == "" {
		r.Generator = got.Generator
	}
	if len(r.Candidates) == 0 {
		r.Candidates = got.Candidates
	}
}

// readDrawn reads a ComfyUI graph, or failing that the drawing of one. Beside a stated record an ambiguous graph is
// nothing to worry about, and a drawing adds nothing.
func readDrawn(r *Result, s sheet, h Hint, stated bool) {
	var workflows []text
	for _, e := range s {
		graphs, drawn := graphsIn(e)
		workflows = append(workflows, drawn...)
		for _, g := range graphs {
			var got Result
			ran := readGraph(&got, g.source, g.body, h)
			if stated {
				got.Candidates = nil
				got.Notes = slices.DeleteFunc(got.Notes, func(n string) bool { return n == NoteAmbiguous })
				if ran && r.Generator == "A1111" && r.Fields[Version].Value == "" {
					r.Generator = got.Generator
				}
			}
			r.take(got)
			if ran {
				return
			}
		}
	}
	if stated {
		return
	}
	for _, w := range workflows {
		var got Result
		if readWorkflow(&got, w.source, w.body, h) {
			r.take(got)
			return
		}
	}
}

// graphsIn finds the API graphs and the drawn workflows that a record holds.
func graphsIn(e entry) (graphs, workflows []text) {
	switch e.key {
	case "prompt", "xmp:comfyui:prompt":
		if strings.HasPrefix(e.body, "{") || strings.HasPrefix(e.body, `"{`) {
			return []text{e.text}, nil
		}
	case "workflow", "xmp:comfyui:workflow":
		return nil, workflowIn(e.source, e.body)
	case "comment", "usercomment", "xmp:exif:usercomment":
		return envelope(e)
	case "pasted", "sidecar", "stealth":
		if drawn := workflowIn(e.source, e.body); drawn != nil {
			return nil, drawn
		}
		if e.isObj && isGraph(e.obj) {
			return []text{e.text}, nil
		}
		return envelope(e)
	case "make", "model", "imagedescription":
		label, rest, _ := strings.Cut(e.body, ":")
		rest = strings.TrimSpace(rest)
		switch strings.ToLower(label) {
		case "prompt":
			return []text{{source: e.source, body: rest}}, nil
		case "workflow":
			return nil, workflowIn(e.source, rest)
		}
	}
	return nil, nil
}

// envelope opens {"prompt": graph or text of a graph, "workflow": drawing or text of one}.
func envelope(e entry) (graphs, workflows []text) {
	if !e.isObj {
		return nil, nil
	}
	for _, name := range []string{"prompt", "promptapi"} {
		body := string(e.obj.raw(name))
		if strings.HasPrefix(body, "{") || strings.HasPrefix(scalarText(e.obj.raw(name)), "{") {
			graphs = append(graphs, text{source: e.source, body: body})
		}
	}
	return graphs, workflowIn(e.source, string(e.obj.raw("workflow")))
}

// isGraph tells whether an object is an API graph: nodes by id, each with its class.
func isGraph(o object) bool {
	for _, name := range o.names {
		var n struct {
			Class string `json:"class_type"`
		}
		if json.Unmarshal(o.values[name], &n) == nil && n.Class != "" {
			return true
		}
	}
	return false
}

// workflowIn gives the text if it is ComfyUI's drawn graph: a list of nodes and a list of links.
func workflowIn(source, body string) []text {
	clean, ok := tidyJSON(body)
	if !ok {
		return nil
	}
	var w struct {
		Nodes []json.RawMessage `json:"nodes"`
		Links []json.RawMessage `json:"links"`
	}
	if json.Unmarshal(clean, &w) != nil || len(w.Nodes) == 0 || w.Links == nil {
		return nil
	}
	return []text{{source: source, body: body}}
}

// namedBy names a generator whose record holds nothing that could be read.
func namedBy(s sheet) string {
	for _, e := range s {
		switch e.key {
		case "invokeai_metadata", "sd-metadata":
			return "InvokeAI"
		case "fooocus_scheme":
			return "Fooocus"
		case "software":
			if strings.HasPrefix(e.body, "NovelAI") {
				return "NovelAI"
			}
		case "xmp:xmp:creatortool":
			if strings.HasPrefix(e.body, "Draw Things") {
				return "Draw Things"
			}
		}
	}
	return ""
}
