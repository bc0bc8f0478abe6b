package genmeta

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// graph is a ComfyUI API graph: what ran, node by node. Walking it spends from budget, so that no shape of graph,
// cycles included, can cost more than a fixed number of steps.
type graph struct {
	nodes  map[string]node
	order  []string // ids, sorted, for repeatable walks
	budget int
}

// node is one node: its class and inputs. An input is a value or a link.
type node struct {
	Class  string         `json:"class_type"`
	Inputs map[string]any `json:"inputs"`
}

// link is an input that comes out of another node's slot.
type link struct {
	id   string
	slot int
}

const graphBudget = 200_000

// readGraph fills r from an API graph; false means that body is none. Everything found is Derived.
func readGraph(r *Result, source, body string, _ Hint) bool {
	g, code := parseGraph(body)
	if g == nil {
		if code != "" {
			r.note(code)
		}
		return false
	}
	if r.Generator == "" {
		r.Generator = "ComfyUI"
	}
	readings, ambiguous := g.readOutputs()
	if ambiguous {
		r.note(NoteAmbiguous)
	}
	if g.budget <= 0 {
		r.note(NoteTruncated)
	}
	for _, name := range sortedKeys(readings.fields) {
		r.set(name, readings.fields[name], source, Derived)
	}
	for _, name := range sortedKeys(readings.params) {
		r.param(name, readings.params[name])
	}
	return true
}

// parseGraph gives nil and a note code for what is no graph, or too large a one.
func parseGraph(body string) (*graph, string) {
	clean, ok := tidyJSON(body)
	if !ok {
		return nil, NoteUnreadable
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal(clean, &raw) != nil {
		return nil, NoteUnreadable
	}
	if len(raw) > maxNodes {
		return nil, NoteTruncated
	}
	g := &graph{nodes: map[string]node{}, budget: graphBudget}
	for id, b := range raw {
		d := json.NewDecoder(bytes.NewReader(b))
		d.UseNumber()
		var n node
		if d.Decode(&n) != nil || n.Class == "" {
			continue
		}
		g.nodes[id] = n
	}
	if len(g.nodes) == 0 {
		return nil, ""
	}
	g.order = sortedKeys(g.nodes)
	return g, ""
}

// spend counts one step; false means that the walk must end.
func (g *graph) spend() bool {
	g.budget--
	return g.budget > 0
}

// linkOf reads an input as a link: a list of a node's id, as text or number, and a slot.
func (g *graph) linkOf(value any) (link, bool) {
	list, ok := value.([]any)
	if !ok || len(list) != 2 {
		return link{}, false
	}
	var l link
	switch id := list[0].(type) {
	case string:
		l.id = id
	case json.Number:
		l.id = id.String()
	default:
		return link{}, false
	}
	slot, ok := list[1].(json.Number)
	if !ok {
		return link{}, false
	}
	n, err := slot.Int64()
	l.slot = int(n)
	_, exists := g.nodes[l.id]
	return l, err == nil && exists
}

// upstream lists the links of the named inputs, or of every input when none is named, in order of the names.
func (g *graph) upstream(n node, names ...string) []link {
	if len(names) == 0 {
		names = sortedKeys(n.Inputs)
	}
	var links []link
	for _, name := range names {
		if l, ok := g.linkOf(n.Inputs[name]); ok {
			links = append(links, l)
		}
	}
	return links
}

// scalar reads an input as a number or word, through primitive and pass-through nodes. Computed values stay empty.
func (g *graph) scalar(value any) string {
	for range maxDepth {
		if !g.spend() {
			return ""
		}
		switch v := value.(type) {
		case json.Number:
			return v.String()
		case string:
			return v
		}
		l, ok := g.linkOf(value)
		if !ok {
			return ""
		}
		next, ok := g.passed(g.nodes[l.id])
		if !ok {
			return ""
		}
		value = next
	}
	return ""
}

// passed gives the one value that a primitive holds or a reroute hands on. A node with more to it computes something.
func (g *graph) passed(n node) (any, bool) {
	links := g.upstream(n)
	var held any
	for _, key := range []string{"value", "seed", "noise_seed", "int", "float", "number", "Number", "string", "text", "Value"} {
		if v, ok := n.Inputs[key]; ok {
			if held != nil {
				return nil, false
			}
			held = v
		}
	}
	if held != nil {
		_, linked := g.linkOf(held)
		return held, len(links) == 0 || linked && len(links) == 1
	}
	if len(links) == 1 && len(n.Inputs) == 1 {
		for _, v := range n.Inputs {
			return v, true
		}
	}
	return nil, false
}

// integer is scalar for counts and sizes: digits only.
func (g *graph) integer(value any) string {
	s := g.scalar(value)
	if strings.Trim(strings.TrimPrefix(s, "-"), "0123456789") != "" {
		return ""
	}
	return s
}

// decimal is scalar for cfg and denoise, without the noise of binary fractions.
func (g *graph) decimal(value any) string {
	f, err := strconv.ParseFloat(g.scalar(value), 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e9 {
		return ""
	}
	return strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
