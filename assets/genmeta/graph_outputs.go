package genmeta

import (
	"maps"
	"strings"
)

// reading is what one branch of a graph says.
type reading struct {
	fields    map[string]string
	params    map[string]string
	ambiguous bool // only what several samplers share is given
}

const maxOutputs = 64

// readOutputs reads the branch of every output node. Where branches disagree only what they share is kept: the file is
// one of them, and which one is not said.
func (g *graph) readOutputs() (reading, bool) {
	outputs := g.outputs()
	if len(outputs) > maxOutputs {
		return reading{}, true
	}
	var shared reading
	found, ambiguous := false, false
	for _, id := range outputs {
		branch, ok := g.readBranch(id)
		if !ok {
			continue
		}
		ambiguous = ambiguous || branch.ambiguous
		if !found {
			shared, found = branch, true
			continue
		}
		ambiguous = keepShared(shared.fields, branch.fields) || ambiguous
		keepShared(shared.params, branch.params)
	}
	return shared, ambiguous
}

// keepShared removes from into what other does not say alike, and tells whether anything differed.
func keepShared(into, other map[string]string) bool {
	before := len(into)
	maps.DeleteFunc(into, func(k, v string) bool { return other[k] != v })
	return len(into) != before || len(other) != before
}

// outputs lists the nodes that save; when none of them leads to a sampler, every node that feeds no other.
func (g *graph) outputs() []string {
	fed := map[string]bool{}
	for _, n := range g.nodes {
		for _, l := range g.upstream(n) {
			fed[l.id] = true
		}
	}
	var savers, ends []string
	for _, id := range g.order {
		n := g.nodes[id]
		if saves(n) && len(g.upstream(n)) > 0 {
			savers = append(savers, id)
		}
		if !fed[id] {
			ends = append(ends, id)
		}
	}
	for _, id := range savers[:min(len(savers), maxOutputs+1)] {
		if len(g.passes(id)) > 0 {
			return savers
		}
	}
	return ends
}

func saves(n node) bool {
	if strings.Contains(n.Class, "Preview") {
		return false
	}
	_, named := n.Inputs["filename_prefix"]
	return named || strings.Contains(n.Class, "Save") || strings.Contains(n.Class, "VideoCombine")
}

// isSampler knows samplers by their inputs: both prompts and a seed, or guider, noise and sigmas.
func isSampler(n node) bool {
	has := func(keys ...string) bool {
		for _, k := range keys {
			if _, ok := n.Inputs[k]; !ok {
				return false
			}
		}
		return true
	}
	return has("positive", "negative", "seed") || has("positive", "negative", "noise_seed") ||
		has("guider", "noise", "sigmas")
}

// passes lists the samplers above an output, nearest first. Only pictures and latents are followed, so that a sampler
// that made a reference picture for another does not count.
func (g *graph) passes(output string) []string {
	var found []string
	seen := map[string]bool{output: true}
	level := []string{output}
	for depth := 0; len(level) > 0 && depth < maxDepth; depth++ {
		var next []string
		for _, id := range level {
			if !g.spend() {
				return found
			}
			n := g.nodes[id]
			if isSampler(n) {
				found = append(found, id)
			}
			for _, l := range g.pictureLinks(n, len(found) == 0) {
				if !seen[l.id] {
					seen[l.id] = true
					next = append(next, l.id)
				}
			}
		}
		level = next
	}
	return found
}

// pictureLinks are the inputs that carry the picture on its way. Before the first sampler is met any input but the
// conditioning side may carry it, as savers and combiners name theirs freely.
func (g *graph) pictureLinks(n node, free bool) []link {
	if !free || isSampler(n) {
		return g.upstream(n, "latent_image", "latent", "latents", "samples", "pixels", "image", "images", "video")
	}
	var links []link
	for _, name := range sortedKeys(n.Inputs) {
		switch name {
		case "positive", "negative", "conditioning", "model", "clip", "vae", "control_net", "mask", "clip_vision_output",
			"start_image", "end_image", "ref_image", "reference_image", "control_video":
			continue
		}
		if l, ok := g.linkOf(n.Inputs[name]); ok {
			links = append(links, l)
		}
	}
	return links
}
