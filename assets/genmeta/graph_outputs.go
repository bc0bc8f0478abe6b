package genmeta

import (
	"slices"
	"strings"
)

const maxOutputs = 64

// outputs lists the nodes that save, those first whose files stay; when none of them leads to a maker, every node that
// feeds no other.
func (g *graph) outputs(h Hint) []string {
	var savers, ends []string
	fed := map[string]bool{}
	for _, n := range g.nodes {
		for _, v := range n.Inputs {
			if l, ok := g.linkOf(v); ok {
				fed[l.id] = true
			}
		}
	}
	for _, id := range g.order {
		n := g.nodes[id]
		if saves(n, h) && len(g.upstream(n)) > 0 {
			savers = append(savers, id)
		}
		if !fed[id] {
			ends = append(ends, id)
		}
	}
	savers = g.lasting(savers)
	savers = g.named(savers, h.Name)
	for _, id := range savers[:min(len(savers), maxOutputs+1)] {
		if len(g.makers(id)) > 0 {
			return savers
		}
	}
	return ends
}

func saves(n node, h Hint) bool {
	if preview := strings.Contains(n.Class, "Preview"); preview || strings.HasPrefix(h.Name, "ComfyUI_temp_") {
		return preview && strings.HasPrefix(h.Name, "ComfyUI_temp_")
	}
	if strings.Contains(n.Class, "Audio") || strings.Contains(n.Class, "SaveLatent") {
		return false
	}
	return n.has("filename_prefix") || strings.Contains(n.Class, "Save") || strings.Contains(n.Class, "VideoCombine")
}

// lasting drops outputs whose files are previews only, unless all are.
func (g *graph) lasting(ids []string) []string {
	kept := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return g.nodes[id].Inputs["save_output"] == false })
	if len(kept) == 0 {
		return ids
	}
	return kept
}

// isSampler knows samplers by their inputs: both prompts and a seed, or guider, noise and sigmas, or texts made ready by
// a wrapper's own encoder.
func isSampler(n node) bool {
	seeded := n.has("seed") || n.has("noise_seed")
	return n.has(positive) && seeded && (n.has(negative) || n.has("latent_image")) || n.has("guider", "noise", "sigmas") ||
		seeded && (n.has("text_embeds") || n.has("hyvid_embeds"))
}

// makers lists the samplers and services above an output, nearest first. Only pictures and latents are followed, so that
// what made a reference picture for another does not count.
func (g *graph) makers(output string) []string {
	type step struct {
		id   string
		free bool // no maker met yet on this way
	}
	var found []string
	seen := map[string]bool{output: true}
	level := []step{{output, true}}
	for depth := 0; len(level) > 0 && depth < maxDepth; depth++ {
		var next []step
		for _, s := range level {
			if !g.spend() {
				return found
			}
			n := g.nodes[s.id]
			makes := s.id != output && (isSampler(n) || isService(n))
			if makes {
				found = append(found, s.id)
			}
			for _, l := range g.pictureLinks(n, s.free && !makes, makes) {
				if !seen[l.id] {
					seen[l.id] = true
					next = append(next, step{l.id, s.free && !makes})
				}
			}
		}
		level = next
	}
	return found
}

// pictureLinks are the inputs that carry the picture on its way. Before the first maker is met any input but known
// others may carry it, as savers and combiners name theirs freely.
func (g *graph) pictureLinks(n node, free, makes bool) []link {
	if free {
		return g.freeLinks(n)
	}
	if makes && !isSampler(n) {
		return nil
	}
	if latents := g.upstream(n, latentInputs()...); len(latents) > 0 {
		return latents
	}
	// A node that takes both prompts or states a length starts a clip of its own from a picture.
	if !makes && (n.has(positive, negative) || n.has("length") || n.has("num_frames")) {
		return nil
	}
	return g.upstream(n, "pixels", "image", "images", "video", "frames")
}

func latentInputs() []string {
	return []string{"latent_image", "latent", "latents", "samples", "video_latent", "av_latent", "samples1", "samples2", "samples_to", "samples_from", "latent1", "latent2"}
}

func (g *graph) freeLinks(n node) []link {
	var links, sure []link
	for _, name := range sortedKeys(n.Inputs) {
		l, ok := g.linkOf(g.settle(n.Inputs[name]))
		if !ok || !carriesPicture(name) {
			continue
		}
		links = append(links, l)
		if slices.ContainsFunc([]string{"image", "video", "frames", "samples", "latent", "pixels", "av_latent"}, func(s string) bool { return strings.HasPrefix(name, s) }) {
			sure = append(sure, l)
		}
	}
	if len(sure) > 0 {
		return sure
	}
	return links
}

// carriesPicture leaves out the inputs that are known to carry something else.
func carriesPicture(name string) bool {
	switch name {
	case positive, negative, "conditioning", "model", "clip", "vae", "control_net", "mask", "clip_vision_output", "start_image", "end_image",
		"ref_image", "reference_image", "control_video", "audio", "audio_latent", "text", "prompt", "filename_prefix", "fps", "frame_rate",
		"seed", "noise_seed", "width", "height", "upscale_model", "audio_vae", "meta_batch", "metadata", "positive_prompt", "negative_prompt":
		return false
	}
	return true
}
