package genmeta

import (
	"slices"
	"strings"
)

// scan is the last resort for graphs of unknown nodes: it gathers the texts that lie about, by the role that links and
// titles give them. Everything it finds is a guess; without a text it finds nothing.
func (g *graph) scan() reading {
	r := newReading()
	roles := g.linkedRoles()
	var prompts, negatives []string
	total := 0
	for _, id := range g.order {
		n := g.nodes[id]
		text, ok := g.looseText(n)
		if total += len(text); !ok || total > maxField || !g.spend() {
			continue
		}
		role := roles[id]
		if role == "" {
			role = titledRole(n)
		}
		switch {
		case role == negative:
			negatives = append(negatives, text)
		case !slices.Contains(prompts, text) && len(prompts) < 32:
			prompts = append(prompts, text)
		}
	}
	if len(prompts) == 0 {
		return r
	}
	r.guess(Prompt, strings.Join(prompts, "\n"))
	r.guess(Negative, strings.Join(negatives[:min(len(negatives), 32)], "\n"))
	r.guess(Model, g.only("ckpt_name", "unet_name"))
	if seed := g.only("seed", "noise_seed"); signedNumber.MatchString(seed) && seed[0] != '-' {
		r.guess(Seed, seed)
	}
	r.guess(Steps, g.only("steps"))
	return r
}

// linkedRoles says which nodes feed an input called positive or negative.
func (g *graph) linkedRoles() map[string]string {
	roles := map[string]string{}
	for _, id := range g.order {
		for _, role := range []string{positive, negative} {
			if l, ok := g.linkOf(g.settle(g.nodes[id].Inputs[role])); ok {
				roles[l.id] = role
			}
		}
	}
	return roles
}

// looseText gives the literal text of a text node.
func (g *graph) looseText(n node) (string, bool) {
	class := strings.ToLower(n.Class)
	if isExpander(n) || changes(n) || strings.Contains(class, "note") || strings.Contains(class, "save") || isInstruction(n.Title, "") {
		return "", false
	}
	_, encodes := n.Inputs["clip"]
	texty := encodes || strings.Contains(class, "text") || strings.Contains(class, "prompt") || strings.Contains(class, "string") || titledRole(n) != ""
	if !texty {
		return "", false
	}
	for _, key := range append([]string{"populated_text"}, textKeys(positive)...) {
		if s, ok := n.Inputs[key].(string); ok && strings.TrimSpace(s) != "" && len(s) <= maxField && !isInstruction("", s) {
			return strings.Trim(s, "\r\n"), true
		}
	}
	return "", false
}

// titledRole reads the role that a person gave a node by its title, or its maker by its class.
func titledRole(n node) string {
	title := strings.ToLower(n.Title + " " + n.Class)
	for _, word := range []string{"negative", "反向", "负面", "负向"} {
		if strings.Contains(title, word) {
			return negative
		}
	}
	for _, word := range []string{"positive", "正向", "正面", "提示词"} {
		if strings.Contains(title, word) {
			return positive
		}
	}
	return ""
}

// only gives a literal value that all nodes with one of the inputs agree on.
func (g *graph) only(names ...string) string {
	value := ""
	for _, id := range g.order {
		for _, name := range names {
			s := g.scalar(g.nodes[id].Inputs[name])
			if s == "" || s == value {
				continue
			}
			if value != "" {
				return ""
			}
			value = s
		}
	}
	return value
}
