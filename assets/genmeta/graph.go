package genmeta

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// graph is a ComfyUI API graph: what ran, node by node. Walking it spends from budget, so that no shape of graph,
// cycles included, can cost more than a fixed number of steps.
type graph struct {
	nodes  map[string]node
	order  []string // ids, sorted, for repeatable walks
	extra  map[string]json.RawMessage
	budget int
	drawn  bool // made from a drawing, whose texts may still hold choices
	loose  bool // drawn with a seed that changes by itself after each run
}

// node is one node: its class, its title in the editor and its inputs. An input is a value or a link.
type node struct {
	Class  string
	Title  string
	Inputs map[string]any
}

// link is an input that comes out of another node's slot.
type link struct {
	id   string
	slot int
}

const (
	graphBudget = 200_000
	maxInputs   = 2_000 // of one node
	maxWord     = 4_096 // bytes of a value that is no prompt
)

// readGraph fills r from an API graph; false means that body is none. What a record stated before stays, and the graph
// fills what is empty. The hint chooses between the outputs of one graph. Fields are Derived, or Guess where said.
func readGraph(r *Result, source, body string, h Hint) bool {
	g, code := parseGraph(body)
	if g == nil {
		if code != "" {
			r.note(code)
		}
		return false
	}
	g.readExtra(r, source)
	if r.Generator == "" {
		r.Generator = "ComfyUI"
	}
	g.fill(r, source, h)
	return true
}

// fill reads the outputs into r.
func (g *graph) fill(r *Result, source string, h Hint) {
	v := g.readOutputs(h)
	if v.ambiguous {
		r.note(NoteAmbiguous)
	}
	if g.budget <= 0 {
		r.note(NoteTruncated)
	}
	for _, code := range v.shared.notes {
		r.note(code)
	}
	for name, f := range v.shared.result(source) {
		r.set(name, f.Value, f.Source, f.Certainty)
	}
	for _, name := range sortedKeys(v.shared.params) {
		r.param(name, Redact(v.shared.params[name]))
	}
	if len(r.Candidates) == 0 {
		r.Candidates = v.candidates(source)
	}
}

// parseGraph gives nil and a note code for what is no graph, or too large a one. Text that is no JSON object is left to
// other readers without a note.
func parseGraph(body string) (*graph, string) {
	clean, ok := tidyJSON(body)
	if !ok {
		if strings.HasPrefix(strings.TrimSpace(body), "{") {
			return nil, NoteUnreadable
		}
		return nil, ""
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal(clean, &raw) != nil {
		return nil, NoteUnreadable
	}
	if len(raw) > maxNodes {
		return nil, NoteTruncated
	}
	g := &graph{nodes: map[string]node{}, extra: map[string]json.RawMessage{}, budget: graphBudget}
	for id, b := range raw {
		if n, ok := parseNode(b); ok {
			g.nodes[id] = n
		} else if id == "extraMetadata" {
			g.extra[id] = b
		}
	}
	if len(g.nodes) == 0 {
		return nil, ""
	}
	g.order = sortedKeys(g.nodes)
	return g, ""
}

// parseNode reads one value of the graph's object; keys that are no nodes give false.
func parseNode(b json.RawMessage) (node, bool) {
	var raw struct {
		Class  string          `json:"class_type"`
		Inputs map[string]any  `json:"inputs"`
		Meta   json.RawMessage `json:"_meta"`
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if d.Decode(&raw) != nil || raw.Class == "" || len(raw.Inputs) > maxInputs {
		return node{}, false
	}
	var meta struct {
		Title string `json:"title"`
	}
	n := node{Class: raw.Class, Inputs: raw.Inputs}
	if json.Unmarshal(raw.Meta, &meta) == nil {
		n.Title = meta.Title
	}
	return n, true
}

// spend counts one step; false means that the walk must end.
func (g *graph) spend() bool { return g.pay(1) }

func (g *graph) pay(steps int) bool {
	g.budget -= steps
	return g.budget > 0
}

// linkOf reads an input as a link: a list of a node's id, as text or number, and a slot.
func (g *graph) linkOf(value any) (link, bool) {
	list, ok := value.([]any)
	if !ok || len(list) != 2 {
		return link{}, false
	}
	l := link{id: idText(list[0])}
	slot, ok := list[1].(json.Number)
	if !ok || l.id == "" {
		return link{}, false
	}
	n, err := slot.Int64()
	l.slot = int(n)
	_, exists := g.nodes[l.id]
	return l, err == nil && exists
}

// idText gives a node's id, which may be written as a number or as text.
func idText(v any) string {
	switch id := v.(type) {
	case string:
		return id
	case json.Number:
		return id.String()
	}
	return ""
}

// upstream lists the links of the named inputs, or of every input when none is named, in order of the names.
func (g *graph) upstream(n node, names ...string) []link {
	if len(names) == 0 {
		names = sortedKeys(n.Inputs)
	}
	var links []link
	for _, name := range names {
		if l, ok := g.linkOf(g.settle(n.Inputs[name])); ok {
			links = append(links, l)
		}
	}
	return links
}

// nodeAt gives the node that an input is linked to.
func (g *graph) nodeAt(value any) (node, bool) {
	l, ok := g.linkOf(g.settle(value))
	return g.nodes[l.id], ok
}

// firstOf gives the first of the named inputs that is there, or nil.
func firstOf(n node, names ...string) any {
	for _, name := range names {
		if v, ok := n.Inputs[name]; ok && v != nil {
			return v
		}
	}
	return nil
}

func (n node) has(names ...string) bool {
	for _, name := range names {
		if v, ok := n.Inputs[name]; !ok || v == nil {
			return false
		}
	}
	return true
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, byNumber)
	return keys
}

// byNumber sorts names so that input2 comes before input10.
func byNumber(a, b string) int {
	stemA, stemB := strings.TrimRight(a, "0123456789"), strings.TrimRight(b, "0123456789")
	tailA, tailB := strings.TrimLeft(a[len(stemA):], "0"), strings.TrimLeft(b[len(stemB):], "0")
	return cmp.Or(strings.Compare(stemA, stemB), cmp.Compare(len(tailA), len(tailB)), strings.Compare(tailA, tailB), strings.Compare(a, b))
}
