package genmeta

import (
	"encoding/json"
	"slices"
	"strings"
)

// model follows a model link through LoRA and patch nodes to the loader, and lists the LoRAs on the way in the order in
// which they are applied.
func (g *graph) model(value any) (name, loras string) {
	var applied []string
	seen := map[string]bool{}
	for range maxDepth {
		l, ok := g.linkOf(value)
		if !ok || seen[l.id] || !g.spend() {
			break
		}
		seen[l.id] = true
		n := g.nodes[l.id]
		applied = append(applied, g.lorasOf(n)...)
		if name = g.loaded(n); name != "" {
			break
		}
		value = firstOf(n, "model", "base_model", "model1")
		if links := g.upstream(n); value == nil && len(links) == 1 && len(n.Inputs) == 1 {
			for _, v := range n.Inputs {
				value = v
			}
		}
	}
	slices.Reverse(applied)
	return name, strings.Join(applied, ", ")
}

// loaded gives the file name that a loader node states.
func (g *graph) loaded(n node) string {
	for _, key := range []string{"ckpt_name", "unet_name", "gguf_name", "model_name"} {
		if s := g.scalar(n.Inputs[key]); s != "" {
			return s
		}
	}
	s, _ := n.Inputs["model"].(string)
	return s
}

// lorasOf reads the LoRAs of one node: a plain loader's, or the entries of a stack that are switched on.
func (g *graph) lorasOf(n node) []string {
	var found []string
	if name := g.scalar(n.Inputs["lora_name"]); name != "" && name != "None" {
		found = append(found, weighted(name, g.decimal(firstOf(n, "strength_model", "strength"))))
	}
	for _, key := range sortedKeys(n.Inputs) {
		entry, ok := n.Inputs[key].(map[string]any)
		if !ok || entry["on"] != true {
			continue
		}
		name, _ := entry["lora"].(string)
		strength, _ := entry["strength"].(json.Number)
		if name != "" && name != "None" {
			found = append(found, weighted(name, g.decimal(strength)))
		}
	}
	slices.Reverse(found)
	return found
}

func weighted(name, strength string) string {
	if strength == "" {
		return name
	}
	return name + ":" + strength
}
