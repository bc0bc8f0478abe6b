package genmeta

import "strconv"

// readBranch reads the passes above an output. The fields are those of the first pass that adds noise, for its seed
// made the picture; the other passes go to the params under "pass 2 model" and so on.
func (g *graph) readBranch(output string) (reading, bool) {
	passes := g.passes(output)
	if len(passes) == 0 {
		return reading{}, false
	}
	if len(g.passes(passes[0])) != len(passes) {
		return g.readSideBySide(passes), true
	}
	main := len(passes) - 1
	for main > 0 && !g.addsNoise(g.nodes[passes[main]]) {
		main--
	}
	r := reading{fields: g.readSampler(g.nodes[passes[main]]), params: map[string]string{}}
	number := 1
	for i := len(passes) - 1; i >= 0; i-- {
		if i == main {
			continue
		}
		number++
		for name, value := range g.readSampler(g.nodes[passes[i]]) {
			if value != "" && value != r.fields[name] && number <= 9 {
				r.params["pass "+strconv.Itoa(number)+" "+name] = value
			}
		}
	}
	g.readFrames(output, g.nodes[passes[main]], &r)
	return r, true
}

// readSideBySide keeps what samplers agree on that stand beside, not behind, each other.
func (g *graph) readSideBySide(passes []string) reading {
	r := reading{fields: g.readSampler(g.nodes[passes[0]]), params: map[string]string{}}
	for _, id := range passes[1:min(len(passes), maxOutputs)] {
		r.ambiguous = keepShared(r.fields, g.readSampler(g.nodes[id])) || r.ambiguous
	}
	return r
}

func (g *graph) addsNoise(n node) bool {
	if s, ok := n.Inputs["add_noise"].(string); ok && s == "disable" {
		return false
	}
	if b, ok := n.Inputs["add_noise"].(bool); ok && !b {
		return false
	}
	if l, ok := g.linkOf(n.Inputs["noise"]); ok && g.nodes[l.id].Class == "DisableNoise" {
		return false
	}
	return true
}

// readSampler reads one pass; absent fields are empty.
func (g *graph) readSampler(n node) map[string]string {
	f := map[string]string{}
	var latent any = n.Inputs["latent_image"]
	if guider, ok := g.linkOf(n.Inputs["guider"]); ok {
		g.readGuided(n, g.nodes[guider.id], f)
	} else {
		f[Prompt] = g.conditioning(n.Inputs["positive"], Prompt)
		f[Negative] = g.conditioning(n.Inputs["negative"], Negative)
		f[Seed] = g.integer(firstOf(n, "noise_seed", "seed"))
		f[Steps] = g.integer(n.Inputs["steps"])
		f[CFG] = g.decimal(n.Inputs["cfg"])
		f[Sampler] = g.scalar(n.Inputs["sampler_name"])
		f[Scheduler] = g.scalar(n.Inputs["scheduler"])
		f[Denoise] = g.decimal(n.Inputs["denoise"])
		f[Model], f[Loras] = g.model(n.Inputs["model"])
		g.readSigmas(n, f)
	}
	if latent == nil {
		latent = firstOf(n, "latent", "samples", "image")
	}
	g.readLatent(latent, f)
	for name, value := range f {
		if value == "" {
			delete(f, name)
		}
	}
	return f
}

// readGuided reads a custom sampler, whose parts stand in nodes of their own.
func (g *graph) readGuided(n, guider node, f map[string]string) {
	f[Prompt] = g.conditioning(firstOf(guider, "positive", "conditioning", "cond1"), Prompt)
	f[Negative] = g.conditioning(guider.Inputs["negative"], Negative)
	f[CFG] = g.decimal(firstOf(guider, "cfg", "cfg_conds"))
	f[Model], f[Loras] = g.model(guider.Inputs["model"])
	if l, ok := g.linkOf(n.Inputs["noise"]); ok {
		f[Seed] = g.integer(firstOf(g.nodes[l.id], "noise_seed", "seed"))
	}
	g.readSigmas(n, f)
}

// readSigmas reads the sampler's name and the schedule of custom samplers, through nodes that split the schedule.
func (g *graph) readSigmas(n node, f map[string]string) {
	if l, ok := g.linkOf(n.Inputs["sampler"]); ok {
		f[Sampler] = g.scalar(g.nodes[l.id].Inputs["sampler_name"])
	}
	value := n.Inputs["sigmas"]
	for range maxDepth {
		l, ok := g.linkOf(value)
		if !ok || !g.spend() {
			return
		}
		schedule := g.nodes[l.id]
		if _, ok := schedule.Inputs["steps"]; ok {
			f[Steps] = g.integer(schedule.Inputs["steps"])
			f[Scheduler] = g.scalar(schedule.Inputs["scheduler"])
			f[Denoise] = g.decimal(schedule.Inputs["denoise"])
			return
		}
		value = schedule.Inputs["sigmas"]
	}
}

// readLatent follows what the sampler starts from: an empty latent states the size, a loaded picture is the source.
func (g *graph) readLatent(value any, f map[string]string) {
	for range maxDepth {
		l, ok := g.linkOf(value)
		if !ok || !g.spend() {
			return
		}
		n := g.nodes[l.id]
		if name, ok := n.Inputs["image"].(string); ok {
			f[SourceImage] = name
			return
		}
		if isSampler(n) {
			return
		}
		start := firstOf(n, "start_image", "samples", "latent", "latent_image", "pixels", "image", "images")
		if _, sized := n.Inputs["width"]; sized {
			f[Width], f[Height] = g.integer(n.Inputs["width"]), g.integer(n.Inputs["height"])
			start = firstOf(n, "start_image", "image")
		}
		value = start
	}
}

// readFrames adds the number of frames and the frame rate that a clip's nodes state.
func (g *graph) readFrames(output string, sampler node, r *reading) {
	if l, ok := g.linkOf(firstOf(sampler, "latent_image", "latent", "samples")); ok {
		if s := g.integer(firstOf(g.nodes[l.id], "length", "num_frames")); s != "" {
			r.params["frames"] = s
		}
	}
	at := output
	for range 8 {
		n := g.nodes[at]
		if s := g.decimal(firstOf(n, "fps", "frame_rate")); s != "" {
			r.params["fps"] = s
		}
		links := g.upstream(n, "vae")
		if len(links) == 1 && r.fields[VAE] == "" {
			if name, ok := g.nodes[links[0].id].Inputs["vae_name"].(string); ok && name != "" {
				r.fields[VAE] = name
			}
		}
		up := g.upstream(n, "video", "images", "image", "samples")
		if len(up) == 0 || isSampler(n) {
			return
		}
		at = up[0].id
	}
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
