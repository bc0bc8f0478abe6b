package genmeta

import (
	"encoding/json"
	"strconv"
)

const maxNested = 24 // subgraphs within subgraphs

// expander turns a drawing into a graph: subgraphs are put in place of the nodes that use them.
type expander struct {
	subgraphs map[string]drawnGraph
	g         *graph
	count     int
	root      *scope
}

// expand fills the graph; false means that the drawing is too large.
func (x *expander) expand(top drawnGraph) bool {
	for _, b := range top.Definitions.Subgraphs {
		var d drawnGraph
		if decodeNumbers(b, &d) && d.ID != "" {
			x.subgraphs[d.ID] = d
		}
	}
	if x.root = x.open(top, nil, nil, 0); x.root == nil {
		return false
	}
	x.emit(x.root)
	return true
}

// open builds the scope of one drawing and of the subgraphs that it uses; nil when there are too many nodes.
func (x *expander) open(d drawnGraph, parent *scope, instance *drawnNode, depth int) *scope {
	if x.count += len(d.Nodes); x.count > maxNodes || depth > maxNested {
		return nil
	}
	s := &scope{nodes: map[string]*drawnNode{}, children: map[string]*scope{}, setters: map[string]*drawnNode{}, parent: parent, instance: instance}
	s.links, s.outputs = parseWires(d.Links)
	if parent != nil {
		s.prefix = parent.prefix + idText(instance.ID) + ":"
		s.slots = slotNames(d.Inputs)
		s.promoted, s.override = promotedValues(instance)
	}
	for _, b := range d.Nodes {
		n := &drawnNode{}
		id := ""
		if decodeNumbers(b, n) {
			id = idText(n.ID)
		}
		if id == "" || len(n.Inputs) > maxInputs || s.nodes[id] != nil {
			continue
		}
		s.nodes[id] = n
		s.order = append(s.order, id)
		if n.Type == "SetNode" && n.Mode.String() != modeMuted {
			name, _ := n.named()["value"].(string)
			s.setters[name] = n
		}
		if inner, ok := x.subgraphs[n.Type]; ok && n.runs() {
			if s.children[id] = x.open(inner, s, n, depth+1); s.children[id] == nil {
				return nil
			}
		}
	}
	return s
}

func slotNames(raw json.RawMessage) []string {
	var slots []struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(raw, &slots) != nil {
		return nil
	}
	var names []string
	for _, s := range slots[:min(len(slots), maxInputs)] {
		names = append(names, s.Name)
	}
	return names
}

// promotedValues reads the values that a subgraph's frame holds: those of its own inputs, and those that it shows of
// nodes within. The list that names them is in the order of the values; older frames go by their inputs alone.
func promotedValues(n *drawnNode) (promoted map[string]any, override map[string]map[string]any) {
	promoted, override = map[string]any{}, map[string]map[string]any{}
	var named [][]any
	if !decodeNumbers(n.Properties.Promoted, &named) {
		for name, v := range n.named() {
			promoted[name] = v
		}
		return promoted, override
	}
	var values []any
	if !decodeNumbers(n.Widgets, &values) {
		return promoted, override
	}
	for i, pair := range named[:min(len(named), len(values))] {
		if len(pair) < 2 || values[i] == nil {
			continue
		}
		id, name := idText(pair[0]), idText(pair[1])
		if id == "-1" {
			promoted[name] = values[i]
			continue
		}
		if override[id] == nil {
			override[id] = map[string]any{}
		}
		override[id][name] = values[i]
	}
	return promoted, override
}

// emit adds the nodes of a scope to the graph, those of its subgraphs included.
func (x *expander) emit(s *scope) {
	for _, id := range s.order {
		n := s.nodes[id]
		if child := s.children[id]; child != nil {
			x.emit(child)
			continue
		}
		if !n.runs() {
			continue
		}
		inputs := n.named()
		for name, v := range s.override[id] {
			inputs[name] = v
		}
		x.g.loose = x.g.loose || changesSeed(inputs)
		delete(inputs, "control_after_generate")
		for _, in := range n.Inputs {
			if in.Link == nil {
				continue
			}
			if v := x.resolve(s, idText(in.Link), 0); v != nil {
				inputs[in.Name] = v
			} else if in.Widget == nil {
				delete(inputs, in.Name)
			}
		}
		x.g.nodes[s.prefix+id] = node{Class: n.Type, Title: n.Title, Inputs: inputs}
	}
}

// changesSeed tells whether the editor changes a node's seed after each run, so that the one drawn may be the next.
func changesSeed(inputs map[string]any) bool {
	switch inputs["control_after_generate"] {
	case "randomize", "increment", "decrement", true:
		return true
	}
	return false
}

// resolve follows a drawn link to the node that runs, or to a value; nil when it ends at nothing.
func (x *expander) resolve(s *scope, id string, depth int) any {
	w, ok := s.links[id]
	if !ok || depth > maxDepth || !x.g.spend() {
		return nil
	}
	return x.origin(s, w, depth)
}

func (x *expander) origin(s *scope, w wire, depth int) any {
	if w.from == frameIn {
		return x.outside(s, w.slot, depth)
	}
	n := s.nodes[w.from]
	if n == nil || n.Mode.String() == modeMuted {
		return nil
	}
	if n.Mode.String() == modeBypassed {
		return x.around(s, n, w, depth)
	}
	switch n.Type {
	case "Reroute":
		return x.first(s, n, depth)
	case "PrimitiveNode":
		x.g.loose = x.g.loose || changesSeed(n.named())
		return n.named()["value"]
	case "GetNode":
		return x.get(s, n, depth)
	case "SetNode":
		return x.first(s, n, depth)
	}
	if child := s.children[w.from]; child != nil {
		out, ok := child.outputs[w.slot]
		if !ok || !x.g.spend() {
			return nil
		}
		return x.origin(child, out, depth+1)
	}
	return []any{s.prefix + w.from, json.Number(strconv.Itoa(max(w.slot, 0)))}
}

// outside follows an input of the frame: to what is linked to it, or to the value that its widget holds.
func (x *expander) outside(s *scope, slot, depth int) any {
	if s.parent == nil || slot < 0 || slot >= len(s.slots) {
		return nil
	}
	name := s.slots[slot]
	for _, in := range s.instance.Inputs {
		if in.Name == name && in.Link != nil {
			return x.resolve(s.parent, idText(in.Link), depth+1)
		}
	}
	return s.promoted[name]
}

// around goes past a bypassed node: its input of the same kind stands in for its output, the one at the same place first.
func (x *expander) around(s *scope, n *drawnNode, w wire, depth int) any {
	kind := typeName(w.dataType)
	if kind == "" && w.slot >= 0 && w.slot < len(n.Outputs) {
		kind = typeName(n.Outputs[w.slot].Type)
	}
	if w.slot >= 0 && w.slot < len(n.Inputs) && typeName(n.Inputs[w.slot].Type) == kind && n.Inputs[w.slot].Link != nil {
		return x.resolve(s, idText(n.Inputs[w.slot].Link), depth+1)
	}
	for _, in := range n.Inputs {
		if typeName(in.Type) == kind && in.Link != nil {
			return x.resolve(s, idText(in.Link), depth+1)
		}
	}
	return nil
}

func (x *expander) first(s *scope, n *drawnNode, depth int) any {
	for _, in := range n.Inputs {
		if in.Link != nil {
			return x.resolve(s, idText(in.Link), depth+1)
		}
	}
	return nil
}

// get follows a wire that is drawn by name only: to the node that sets the name, here or at the top.
func (x *expander) get(s *scope, n *drawnNode, depth int) any {
	name, _ := n.named()["value"].(string)
	for _, in := range []*scope{s, x.root} {
		if set := in.setters[name]; set != nil && name != "" {
			return x.first(in, set, depth+1)
		}
	}
	return nil
}
