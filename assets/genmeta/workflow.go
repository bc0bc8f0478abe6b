package genmeta

import (
	"bytes"
	"encoding/json"
	"strings"
)

// A drawn workflow is what ComfyUI's editor saves: nodes with positions, links by number and the values of widgets in a
// list without names. It is read by turning it into the graph that would run, and walking that.

// drawnGraph is a workflow, or a subgraph within one.
type drawnGraph struct {
	ID          string            `json:"id"`
	Nodes       []json.RawMessage `json:"nodes"`
	Links       []json.RawMessage `json:"links"`
	Inputs      json.RawMessage   `json:"inputs"` // of a subgraph: the slots that its frame has
	Definitions struct {
		Subgraphs []json.RawMessage `json:"subgraphs"`
	} `json:"definitions"`
}

// drawnNode is one node of the drawing.
type drawnNode struct {
	ID         any             `json:"id"`
	Type       string          `json:"type"`
	Title      string          `json:"title"`
	Mode       json.Number     `json:"mode"`
	Inputs     []drawnInput    `json:"inputs"`
	Outputs    []drawnOutput   `json:"outputs"`
	Widgets    json.RawMessage `json:"widgets_values"`
	Properties struct {
		Promoted json.RawMessage `json:"proxyWidgets"`
	} `json:"properties"`
}

type drawnInput struct {
	Name   string `json:"name"`
	Type   any    `json:"type"`
	Link   any    `json:"link"`
	Widget *struct {
		Name string `json:"name"`
	} `json:"widget"`
}

type drawnOutput struct {
	Type any `json:"type"`
}

// The modes in which a drawn node does not run.
const (
	modeMuted    = "2"
	modeBypassed = "4"
)

// The ids that stand for a subgraph's own frame in its links.
const (
	frameIn  = "-10"
	frameOut = "-20"
)

// readWorkflow fills r from a drawn workflow, for files without the graph that ran; false means that body is none. What
// links and names say is Derived; a seed that the editor changes after each run, and what titles say, is a Guess.
func readWorkflow(r *Result, source, body string, h Hint) bool {
	clean, ok := tidyJSON(body)
	if !ok {
		return false
	}
	var top drawnGraph
	if !decodeNumbers(clean, &top) || len(top.Nodes) == 0 || top.Links == nil {
		return false
	}
	r.note(NoteWorkflowOnly)
	if r.Generator == "" {
		r.Generator = "ComfyUI"
	}
	x := &expander{subgraphs: map[string]drawnGraph{}, g: &graph{nodes: map[string]node{}, budget: graphBudget, drawn: true}}
	if !x.expand(top) {
		r.note(NoteTruncated)
		return true
	}
	if len(x.g.nodes) == 0 {
		return true
	}
	x.g.order = sortedKeys(x.g.nodes)
	x.g.fill(r, source, h)
	return true
}

// decodeNumbers is Unmarshal that keeps numbers as they are written.
func decodeNumbers(b []byte, into any) bool {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(into) == nil
}

// scope is one level of the drawing while it is turned into a graph: the workflow, or one use of a subgraph.
type scope struct {
	prefix   string // of the ids within, "30:" for what stands in node 30
	nodes    map[string]*drawnNode
	order    []string
	links    map[string]wire
	outputs  map[int]wire // what leaves through the frame, by slot
	slots    []string     // names of the inputs of the frame
	parent   *scope
	instance *drawnNode
	promoted map[string]any            // values that the frame's widgets hold, by slot name
	override map[string]map[string]any // and those that belong to widgets of nodes within
	children map[string]*scope
	setters  map[string]*drawnNode // ends of wires that are drawn by name only
}

// wire is one link of the drawing.
type wire struct {
	from     string
	slot     int
	to       string
	toSlot   int
	dataType string
}

// parseWires reads links in both forms: a list of six, or an object.
func parseWires(raw []json.RawMessage) (byID map[string]wire, leaving map[int]wire) {
	byID, leaving = map[string]wire{}, map[int]wire{}
	for _, b := range raw {
		id, w, ok := parseWire(b)
		if !ok {
			continue
		}
		byID[id] = w
		if w.to == frameOut {
			leaving[w.toSlot] = w
		}
	}
	return byID, leaving
}

func parseWire(b json.RawMessage) (string, wire, bool) {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("[")) {
		var list []any
		if !decodeNumbers(b, &list) || len(list) < 5 {
			return "", wire{}, false
		}
		w := wire{from: idText(list[1]), slot: slotOf(list[2]), to: idText(list[3]), toSlot: slotOf(list[4])}
		if len(list) > 5 {
			w.dataType, _ = list[5].(string)
		}
		return idText(list[0]), w, true
	}
	var o struct {
		ID         any `json:"id"`
		OriginID   any `json:"origin_id"`
		OriginSlot any `json:"origin_slot"`
		TargetID   any `json:"target_id"`
		TargetSlot any `json:"target_slot"`
		Type       any `json:"type"`
	}
	if !decodeNumbers(b, &o) {
		return "", wire{}, false
	}
	kind, _ := o.Type.(string)
	return idText(o.ID), wire{from: idText(o.OriginID), slot: slotOf(o.OriginSlot), to: idText(o.TargetID), toSlot: slotOf(o.TargetSlot), dataType: kind}, true
}

func slotOf(v any) int {
	n, ok := v.(json.Number)
	i, err := n.Int64()
	if !ok || err != nil || i < 0 || i > maxInputs {
		return -1
	}
	return int(i)
}

// runs tells nodes that run from notes, wires drawn as nodes and nodes that are switched off.
func (n *drawnNode) runs() bool {
	switch n.Type {
	case "Reroute", "PrimitiveNode", "GetNode", "SetNode", "Note", "MarkdownNote", "":
		return false
	}
	mode := n.Mode.String()
	return mode != modeMuted && mode != modeBypassed
}

func typeName(v any) string {
	s, _ := v.(string)
	return strings.ToUpper(s)
}
