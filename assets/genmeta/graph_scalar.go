package genmeta

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
)

var signedNumber = regexp.MustCompile(`^-?\d{1,20}$`)

// settle follows a value through nodes that only hand on one of their inputs: reroutes and switches.
func (g *graph) settle(value any) any {
	for range maxDepth {
		l, ok := g.linkOf(value)
		if !ok || !g.spend() {
			return value
		}
		next, ok := g.handed(g.nodes[l.id])
		if !ok {
			return value
		}
		value = next
	}
	return nil
}

// handed gives the input that a reroute or a switch hands on.
func (g *graph) handed(n node) (any, bool) {
	switch class := strings.ToLower(n.Class); {
	case strings.Contains(class, "reroute") && len(n.Inputs) == 1:
		for _, v := range n.Inputs {
			return v, true
		}
	case n.has("on_true") || n.has("on_false"):
		on, known := g.flag(firstOf(n, "switch", "boolean"))
		if on {
			return n.Inputs["on_true"], known
		}
		return n.Inputs["on_false"], known
	case n.has("select", "input1") && strings.Contains(class, "switch"):
		v, ok := n.Inputs["input"+g.integer(n.Inputs["select"])]
		return v, ok
	case strings.HasPrefix(class, "any switch"):
		for _, name := range sortedKeys(n.Inputs) {
			if _, ok := g.linkOf(n.Inputs[name]); ok && strings.HasPrefix(name, "any_") {
				return n.Inputs[name], true
			}
		}
	}
	return nil, false
}

// flag reads a switch; known is false where it is computed.
func (g *graph) flag(value any) (on, known bool) {
	for range 8 {
		if b, ok := value.(bool); ok {
			return b, true
		}
		l, ok := g.linkOf(value)
		if !ok || !g.spend() {
			return false, false
		}
		value = firstOf(g.nodes[l.id], "value", "boolean")
		if len(g.nodes[l.id].Inputs) != 1 {
			return false, false
		}
	}
	return false, false
}

// scalar reads an input as a number or word, through primitives and nodes that hand on. Computed values stay empty.
func (g *graph) scalar(value any) string {
	for range maxDepth {
		value = g.settle(value)
		switch v := value.(type) {
		case json.Number:
			return short(v.String())
		case string:
			return short(v)
		}
		l, ok := g.linkOf(value)
		if !ok || !g.spend() {
			return ""
		}
		if value, ok = held(g.nodes[l.id]); !ok {
			return ""
		}
	}
	return ""
}

func short(s string) string {
	if len(s) > maxWord {
		return ""
	}
	return s
}

// held gives the one value that a primitive or a seed node holds. A node with more to it computes something.
func held(n node) (any, bool) {
	var value any
	count, others := 0, 0
	for name, v := range n.Inputs {
		switch name {
		case "value", "seed", "noise_seed", "int", "float", "number", "Number", "string", "text", "Value":
			value = v
			count++
		case "control_after_generate", "control_before_generate", "Random seed after every gen", "":
		default:
			if _, ok := v.(bool); !ok {
				others++
			}
		}
	}
	return value, count == 1 && others == 0 && !strings.Contains(strings.ToLower(n.Class), "random")
}

// integer is scalar for counts, sizes and seeds: digits only, never through a float.
func (g *graph) integer(value any) string {
	if s := g.scalar(value); signedNumber.MatchString(s) {
		return s
	}
	return ""
}

// decimal is scalar for cfg and denoise, without the noise of binary fractions.
func (g *graph) decimal(value any) string {
	f, err := strconv.ParseFloat(g.scalar(value), 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e9 {
		return ""
	}
	return strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
}
