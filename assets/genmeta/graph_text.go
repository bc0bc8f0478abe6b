package genmeta

import (
	"slices"
	"strconv"
	"strings"
)

const (
	maxField = 1 << 20 // bytes of one text field

	positive = "positive" // the two roles of a text, named as inputs are
	negative = "negative"
)

// wording is a text found in a graph, and how well it is known.
type wording struct {
	text      string
	weak      bool // a part of it was made while running, or comes from an earlier run
	expanded  bool // a language model stood between the text and the sampler
	expansion string
	areas     map[string]string // "part 2 area" → where on the picture it holds
}

// part is one text of several that a conditioning joins.
type part struct{ text, area string }

// reader follows one role, positive or negative, up to its texts. The nodes on the way are kept, which ends cycles.
type reader struct {
	g     *graph
	path  map[link]bool
	found wording
	llm   bool // inside the inputs of a language model
}

// enter marks a link as on the way; false means that it was already, or that the walk must end.
func (rd *reader) enter(l link, depth int) bool {
	if depth > maxDepth || rd.path[l] || !rd.g.spend() {
		return false
	}
	rd.path[l] = true
	return true
}

func (rd *reader) leave(l link) { delete(rd.path, l) }

// conditioning gives the text behind a positive or negative input, parts joined in order.
func (g *graph) conditioning(value any, role string) wording {
	rd := &reader{g: g, path: map[link]bool{}}
	if s, ok := value.(string); ok {
		return wording{text: strings.Trim(s, "\r\n")}
	}
	return rd.join(rd.parts(value, role, 0))
}

// typed gives the text that an input states or is linked to.
func (g *graph) typed(value any, role string) wording {
	rd := &reader{g: g, path: map[link]bool{}}
	return rd.join([]part{{text: rd.known(value, role, 0)}})
}

func (rd *reader) join(parts []part) wording {
	w := rd.found
	var texts []string
	said := map[string]bool{}
	total := 0
	for _, p := range parts {
		text := strings.Trim(p.text, "\r\n")
		if strings.TrimSpace(text) == "" || said[text] {
			continue
		}
		if total += len(text); total > maxField {
			return wording{weak: true}
		}
		said[text] = true
		texts = append(texts, text)
		if p.area != "" && len(texts) <= 16 {
			if w.areas == nil {
				w.areas = map[string]string{}
			}
			w.areas["part "+strconv.Itoa(len(texts))+" area"] = p.area
		}
	}
	if rd.g.budget <= 0 {
		return wording{weak: true}
	}
	w.text = strings.Join(texts, "\n")
	return w
}

// parts follows a conditioning link.
func (rd *reader) parts(value any, role string, depth int) []part {
	l, ok := rd.g.linkOf(rd.g.settle(value))
	if !ok || !rd.enter(l, depth) {
		return nil
	}
	defer rd.leave(l)
	n := rd.g.nodes[l.id]
	if strings.Contains(n.Class, "ZeroOut") {
		return nil
	}
	if texts, ok := rd.encoded(n, l.slot, role, depth); ok {
		return append(rd.parts(n.Inputs["conditioning"], role, depth+1), texts...)
	}
	if n.has(positive, negative) {
		if role = roleAt(n, l.slot, role); role == "" {
			return nil
		}
		return rd.parts(n.Inputs[role], role, depth+1)
	}
	return rd.several(n, role, depth)
}

// roleAt says which role a node with both hands out at a slot: positive at 0 and negative at 1, one later in nodes whose
// first slot is a model. Nodes that carry a whole context hand out by name, so that the role asked for stays.
func roleAt(n node, slot int, role string) string {
	class := strings.ToLower(n.Class)
	if strings.HasPrefix(class, "context") || n.has("base_ctx") {
		return role
	}
	if strings.Contains(class, "efficient") {
		slot--
	}
	switch slot {
	case 0:
		return positive
	case 1:
		return negative
	}
	return ""
}

// several follows every conditioning that a node joins, in order, and keeps the area that it sets.
func (rd *reader) several(n node, role string, depth int) []part {
	var all []part
	for _, name := range sortedKeys(n.Inputs) {
		switch {
		case name == "conditioning_from":
			continue
		case strings.HasPrefix(name, "conditioning"), strings.HasPrefix(name, "cond") && len(name) == 5, name == role, name == "base_ctx", len(n.Inputs) == 1:
			all = append(all, rd.parts(n.Inputs[name], role, depth+1)...)
		}
	}
	// conditioning_from is appended to conditioning_to.
	all = append(all, rd.parts(n.Inputs["conditioning_from"], role, depth+1)...)
	if area := rd.g.area(n); area != "" {
		for i := range all {
			all[i].area = area
		}
	}
	return all
}

// area names where a part holds, for nodes that set it.
func (g *graph) area(n node) string {
	if !strings.Contains(n.Class, "SetArea") {
		return ""
	}
	var set []string
	for _, name := range []string{"width", "height", "x", "y", "strength"} {
		if s := g.decimal(n.Inputs[name]); s != "" {
			set = append(set, name+" "+s)
		}
	}
	return strings.Join(set, ", ")
}

// encoded reads the texts of an encoder node; several encoders of one node often hold the same text. False means that
// the node encodes no text.
func (rd *reader) encoded(n node, slot int, role string, depth int) ([]part, bool) {
	if v, ok := n.Inputs[role+"_prompt"]; ok {
		return []part{{text: rd.known(v, role, depth+1)}}, true
	}
	if _, typed := n.Inputs[role].(string); typed {
		return []part{{text: rd.known(n.Inputs[role], role, depth+1)}}, true
	}
	// A loader with both texts linked from text nodes encodes them by itself.
	if n.has(positive, negative, "ckpt_name") {
		return []part{{text: rd.known(n.Inputs[roleAt(n, slot, role)], role, depth+1)}}, true
	}
	if n.has("populated_text") || n.has("wildcard_text") {
		return []part{{text: rd.known(rd.wildcard(n), role, depth+1)}}, true
	}
	var texts []part
	for _, key := range []string{"text", "prompt", "user_prompt", "text_g", "text_l", "t5xxl", "clip_l", "clip_g", "llama", "bert", "mt5xl", "tags", "lyrics"} {
		if v, ok := n.Inputs[key]; ok {
			texts = append(texts, part{text: rd.known(v, role, depth+1)})
		}
	}
	return texts, len(texts) > 0
}

// wildcard prefers the text that wildcards were resolved to.
func (rd *reader) wildcard(n node) any {
	populated := n.Inputs["populated_text"]
	if s, ok := populated.(string); populated == nil || ok && s == "" {
		if s, _ := n.Inputs["wildcard_text"].(string); strings.ContainsAny(s, "{|}") || strings.Contains(s, "__") {
			rd.found.weak = true
		}
		return n.Inputs["wildcard_text"]
	}
	return populated
}

// known is words, with a note where a text was made while running and so is not stored.
func (rd *reader) known(value any, role string, depth int) string {
	text, ok := rd.words(value, role, depth)
	if !ok {
		rd.found.weak = true
	}
	return text
}

// textKeys are the inputs under which text nodes hold their text, the first of a node being its own.
func textKeys(role string) []string {
	return []string{"text", "value", "string", "String", "Text", "prompt", "prompt_text", "user_prompt", "text_" + role, role + "_prompt", role,
		"anything", "source", "any", "input", "text_0"}
}

// words reads an input as text, through text nodes; false where the text is made while running.
func (rd *reader) words(value any, role string, depth int) (string, bool) {
	value = rd.g.settle(value)
	if s, ok := value.(string); ok {
		return s, len(s) <= maxField && rd.g.pay(1+len(s)/1024)
	}
	l, ok := rd.g.linkOf(value)
	if !ok || !rd.enter(l, depth) {
		return "", value == nil
	}
	defer rd.leave(l)
	n := rd.g.nodes[l.id]
	switch {
	case isExpander(n):
		return rd.typedBefore(n, role, depth)
	case n.has("populated_text") || n.has("wildcard_text"):
		return rd.words(rd.wildcard(n), role, depth+1)
	case shows(n):
		return rd.shown(n, role, depth)
	}
	if text, ok, joins := rd.concatenated(n, role, depth); joins {
		return text, ok
	}
	if changes(n) {
		return "", false
	}
	for _, key := range textKeys(role) {
		if v, ok := n.Inputs[key]; ok && v != nil {
			return rd.words(v, role, depth+1)
		}
	}
	return "", false
}

// changes tells nodes that alter a text while running, so that their input is not their output.
func changes(n node) bool {
	class := strings.ToLower(n.Class)
	return slices.ContainsFunc([]string{"replace", "regex", "substring", "translat", "random", "truncate", "format", "template", "extract", "split"},
		func(word string) bool { return strings.Contains(class, word) })
}
