package genmeta

import (
	"encoding/json"
	"slices"
	"strings"
)

// modelChain is a model with what was applied to it on the way to a sampler.
type modelChain struct {
	name   string
	loras  []string
	merged bool // several models were mixed, of which name is the first
}

// model follows a model link through LoRA and patch nodes to the loader, and lists the LoRAs in the order in which they
// are applied.
func (g *graph) model(value any) modelChain {
	var c modelChain
	var applied []string
	seen := map[string]bool{}
	for range maxDepth {
		l, ok := g.linkOf(g.settle(value))
		if !ok || seen[l.id] || !g.spend() {
			break
		}
		seen[l.id] = true
		n := g.nodes[l.id]
		applied = append(applied, g.lorasOf(n)...)
		applied = append(applied, g.stacked(firstOf(n, "lora_stack", "optional_lora_stack", "prev_lora"))...)
		if c.name = g.loaded(n); c.name != "" {
			applied = append(applied, g.stacked(n.Inputs["lora"])...)
			break
		}
		c.merged = c.merged || n.has("model1", "model2")
		value = firstOf(n, "model", "base_model", "model1", "base_ctx")
		if len(n.Inputs) == 1 && value == nil {
			for _, v := range n.Inputs {
				value = v
			}
		}
	}
	slices.Reverse(applied)
	c.loras = applied[:min(len(applied), 64)]
	return c
}

// loaded gives the file name that a loader node states.
func (g *graph) loaded(n node) string {
	for _, key := range []string{"ckpt_name", "unet_name", "gguf_name", "model_name", "model_path"} {
		if s := g.scalar(n.Inputs[key]); s != "" {
			return s
		}
	}
	s, _ := n.Inputs["model"].(string)
	return short(s)
}

// stacked lists the LoRAs of a stack of nodes that stands beside the model, the last one first.
func (g *graph) stacked(value any) []string {
	var applied []string
	seen := map[string]bool{}
	for range maxDepth {
		l, ok := g.linkOf(g.settle(value))
		if !ok || seen[l.id] || !g.spend() {
			break
		}
		seen[l.id] = true
		n := g.nodes[l.id]
		applied = append(applied, g.lorasOf(n)...)
		value = firstOf(n, "lora_stack", "prev_lora", "optional_lora_stack")
	}
	return applied
}

// lorasOf reads the LoRAs of one node, the last one first: a plain loader's, a numbered list, or the entries of a stack
// that are switched on.
func (g *graph) lorasOf(n node) []string {
	var found []string
	add := func(name string, strength any) {
		if name != "" && !strings.EqualFold(name, "none") {
			found = append(found, weighted(name, g.decimal(strength)))
		}
	}
	add(g.scalar(n.Inputs["lora_name"]), firstOf(n, "strength_model", "strength", "lora_model_strength", "lora_wt"))
	if name, ok := n.Inputs["lora"].(string); ok {
		add(short(name), firstOf(n, "strength", "strength_model"))
	}
	for _, key := range sortedKeys(n.Inputs) {
		if number, ok := loraNumber(key); ok && g.switchedOn(n, number) {
			add(g.scalar(n.Inputs[key]), firstOf(n, "lora_wt_"+number, "model_str_"+number, "strength_"+number, "model_weight_"+number, "strength_model_"+number))
		}
		if entry, ok := n.Inputs[key].(map[string]any); ok && entry["on"] == true {
			name, _ := entry["lora"].(string)
			add(short(name), entry["strength"])
		}
	}
	for _, entry := range loraList(n.Inputs["loras"]) {
		name, _ := entry["name"].(string)
		if entry["active"] != false {
			add(short(name), firstWord(entry["strength"]))
		}
	}
	slices.Reverse(found)
	return found
}

// loraNumber knows the inputs lora_name_3 and lora_3 of stacks.
func loraNumber(key string) (string, bool) {
	tail, ok := strings.CutPrefix(key, "lora_name_")
	if !ok {
		tail, ok = strings.CutPrefix(key, "lora_")
	}
	return tail, ok && tail != "" && strings.Trim(tail, "0123456789") == ""
}

func (g *graph) switchedOn(n node, number string) bool {
	if s, ok := n.Inputs["switch_"+number].(string); ok && s == "Off" {
		return false
	}
	count := g.integer(n.Inputs["lora_count"])
	return count == "" || len(number) < len(count) || len(number) == len(count) && number <= count
}

// loraList opens a list of entries, which some editors wrap once more.
func loraList(value any) []map[string]any {
	if wrapped, ok := value.(map[string]any); ok {
		value = wrapped["__value__"]
	}
	list, _ := value.([]any)
	var entries []map[string]any
	for _, v := range list[:min(len(list), 64)] {
		if entry, ok := v.(map[string]any); ok {
			entries = append(entries, entry)
		}
	}
	return entries
}

// firstWord lets a strength written as text or number be read as a number.
func firstWord(v any) any {
	if s, ok := v.(string); ok {
		return json.Number(strings.TrimSpace(s))
	}
	return v
}

func weighted(name, strength string) string {
	if strength == "" {
		return name
	}
	return name + ":" + strength
}
