package genmeta

import (
	"slices"
	"strings"
)

const maxField = 1 << 20 // bytes of one text field

// reader follows one role, positive or negative, up to its texts. Each node speaks once, which also ends cycles.
type reader struct {
	g    *graph
	role string
	seen map[link]bool
}

// conditioning gives the text behind a positive or negative input, parts joined in order.
func (g *graph) conditioning(value any, role string) string {
	if s, ok := value.(string); ok {
		return strings.Trim(s, "\r\n")
	}
	rd := &reader{g: g, role: role, seen: map[link]bool{}}
	var parts []string
	total := 0
	for _, part := range rd.parts(value, role, 0) {
		part = strings.Trim(part, "\r\n")
		if total += len(part); total > maxField {
			break
		}
		if strings.TrimSpace(part) != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n")
}

// parts follows a conditioning link. A node with both roles hands out positive at slot 0 and negative at slot 1.
func (rd *reader) parts(value any, role string, depth int) []string {
	l, ok := rd.g.linkOf(value)
	if !ok || depth > maxDepth || rd.seen[l] || !rd.g.spend() {
		return nil
	}
	rd.seen[l] = true
	n := rd.g.nodes[l.id]
	if n.Class == "ConditioningZeroOut" {
		return nil
	}
	if texts := rd.encoded(n, role, depth); len(texts) > 0 {
		return texts
	}
	_, positive := n.Inputs["positive"]
	_, negative := n.Inputs["negative"]
	if positive && negative {
		switch l.slot {
		case 0:
			return rd.parts(n.Inputs["positive"], Prompt, depth+1)
		case 1:
			return rd.parts(n.Inputs["negative"], Negative, depth+1)
		}
		return nil
	}
	var all []string
	for _, name := range sortedKeys(n.Inputs) {
		if strings.HasPrefix(name, "conditioning") || name == "cond1" || name == "cond2" || len(n.Inputs) == 1 || name == role || role == Prompt && name == "positive" {
			all = append(all, rd.parts(n.Inputs[name], role, depth+1)...)
		}
	}
	return all
}

// encoded reads the texts of an encoder node; several encoders of one node often hold the same text.
func (rd *reader) encoded(n node, role string, depth int) []string {
	roles := []string{"positive_prompt", "positive"}
	if role == Negative {
		roles = []string{"negative_prompt", "negative"}
	}
	for _, key := range roles {
		if s, ok := n.Inputs[key].(string); ok {
			return []string{s}
		}
	}
	var texts []string
	for _, key := range []string{"text", "prompt", "text_g", "text_l", "t5xxl", "clip_l", "clip_g"} {
		if v, ok := n.Inputs[key]; ok {
			texts = append(texts, rd.words(v, depth+1))
		}
	}
	return texts
}

// words reads an input as text, through text nodes. Texts made while running are not stored, so they stay empty.
func (rd *reader) words(value any, depth int) string {
	if s, ok := value.(string); ok {
		return s
	}
	l, ok := rd.g.linkOf(value)
	if !ok || depth > maxDepth || rd.seen[l] || !rd.g.spend() {
		return ""
	}
	rd.seen[l] = true
	n := rd.g.nodes[l.id]
	if a, ok := n.Inputs["string_a"]; ok {
		joint, _ := n.Inputs["delimiter"].(string)
		left, right := rd.words(a, depth+1), rd.words(n.Inputs["string_b"], depth+1)
		if len(left)+len(right)+len(joint) > maxField {
			return ""
		}
		return left + joint + right
	}
	keys := []string{"populated_text", "wildcard_text", "text", "value", "string", "String", "Text", "prompt", "prompt_text", "text_0"}
	for _, key := range keys {
		if v, ok := n.Inputs[key]; ok && v != nil {
			return rd.words(v, depth+1)
		}
	}
	if links := rd.g.upstream(n); len(links) == 1 && len(n.Inputs) == 1 {
		for _, v := range n.Inputs {
			return rd.words(v, depth+1)
		}
	}
	return ""
}
