package genmeta

import (
	"strconv"
	"strings"
)

// readBranch reads the makers above an output. The fields are those of the first one that adds noise, for its seed made
// the picture; the others go to the params under "pass 2 model" and so on.
func (g *graph) readBranch(output string) (reading, bool) {
	makers := g.makers(output)
	if len(makers) == 0 {
		return newReading(), false
	}
	if !g.inLine(makers) {
		return g.readSideBySide(makers), true
	}
	main := len(makers) - 1
	for main > 0 && !g.addsNoise(g.nodes[makers[main]]) {
		main--
	}
	r := g.readMaker(makers[main])
	number := 1
	for i := len(makers) - 1; i >= 0; i-- {
		if i == main {
			continue
		}
		number++
		pass := g.readMaker(makers[i])
		for name, value := range pass.fields {
			if value != r.fields[name] && number <= 9 {
				r.param("pass "+strconv.Itoa(number)+" "+name, value)
			}
		}
	}
	g.readTail(output, &r)
	return r, g.budget > 0
}

// inLine tells whether each maker stands behind the one before it.
func (g *graph) inLine(makers []string) bool {
	if len(makers) > 32 {
		return false
	}
	for i, id := range makers {
		if len(g.makersFrom(id)) != len(makers)-i-1 {
			return false
		}
	}
	return true
}

// makersFrom lists the makers that stand behind one.
func (g *graph) makersFrom(maker string) []string {
	n := g.nodes[maker]
	var found []string
	seen := map[string]bool{maker: true}
	for _, l := range g.pictureLinks(n, false, true) {
		found = append(found, g.behind(l.id, seen)...)
	}
	return found
}

// behind walks from a node that no longer is free, the node itself included.
func (g *graph) behind(start string, seen map[string]bool) []string {
	var found []string
	level := []string{start}
	for depth := 0; len(level) > 0 && depth < maxDepth; depth++ {
		var next []string
		for _, id := range level {
			if seen[id] || !g.spend() {
				continue
			}
			seen[id] = true
			n := g.nodes[id]
			makes := isSampler(n) || isService(n)
			if makes {
				found = append(found, id)
			}
			for _, l := range g.pictureLinks(n, false, makes) {
				next = append(next, l.id)
			}
		}
		level = next
	}
	return found
}

// readSideBySide keeps what makers agree on that stand beside, not behind, each other.
func (g *graph) readSideBySide(makers []string) reading {
	r := g.readMaker(makers[0]).clone()
	for _, id := range makers[1:min(len(makers), maxOutputs)] {
		r.ambiguous = r.share(g.readMaker(id)) || r.ambiguous
	}
	return r
}

func (g *graph) addsNoise(n node) bool {
	if s, ok := n.Inputs["add_noise"].(string); ok && (s == "disable" || s == "disabled") {
		return false
	}
	if b, ok := n.Inputs["add_noise"].(bool); ok && !b {
		return false
	}
	noise, _ := g.nodeAt(n.Inputs["noise"])
	return noise.Class != "DisableNoise"
}

func (g *graph) readMaker(id string) reading {
	n := g.nodes[id]
	if !isSampler(n) {
		return g.readService(n)
	}
	r := newReading()
	switch guider, ok := g.nodeAt(n.Inputs["guider"]); {
	case ok:
		g.readGuided(n, guider, &r)
	case n.has("text_embeds") || n.has("hyvid_embeds"):
		embeds := firstOf(n, "text_embeds", "hyvid_embeds")
		r.words(Prompt, g.embedded(embeds, positive))
		r.words(Negative, g.embedded(embeds, negative))
		g.readSettings(n, &r)
	default:
		r.words(Prompt, g.conditioning(n.Inputs[positive], positive))
		r.words(Negative, g.conditioning(n.Inputs[negative], negative))
		g.readSettings(n, &r)
	}
	g.readLatent(firstOf(n, "latent_image", "latent", "latents", "samples", "image_embeds", "image"), &r)
	return r
}

// readSettings reads what a sampler states about itself.
func (g *graph) readSettings(n node, r *reading) {
	r.seed(g.integer(firstOf(n, "noise_seed", "seed")))
	r.set(Steps, g.integer(n.Inputs["steps"]))
	r.set(CFG, g.decimal(n.Inputs["cfg"]))
	r.set(Sampler, g.scalar(n.Inputs["sampler_name"]))
	r.set(Scheduler, g.scalar(n.Inputs["scheduler"]))
	r.set(Denoise, g.decimal(firstOf(n, "denoise", "denoise_strength")))
	g.readModel(n.Inputs["model"], r)
	g.readSigmas(n, r)
}

func (g *graph) readModel(value any, r *reading) {
	chain := g.model(value)
	if chain.merged {
		r.guess(Model, chain.name)
	} else {
		r.set(Model, chain.name)
	}
	r.set(Loras, strings.Join(chain.loras, ", "))
}

// readGuided reads a custom sampler, whose parts stand in nodes of their own.
func (g *graph) readGuided(n, guider node, r *reading) {
	r.words(Prompt, g.conditioning(firstOf(guider, positive, "conditioning", "cond1"), positive))
	r.words(Negative, g.conditioning(guider.Inputs[negative], negative))
	r.set(CFG, g.decimal(firstOf(guider, "cfg", "cfg_conds")))
	g.readModel(guider.Inputs["model"], r)
	if noise, ok := g.nodeAt(n.Inputs["noise"]); ok {
		r.seed(g.integer(firstOf(noise, "noise_seed", "seed")))
	}
	g.readSigmas(n, r)
}

// embedded reads the text of one role out of an encoder that makes both roles ready at once.
func (g *graph) embedded(value any, role string) wording {
	for range 16 {
		n, ok := g.nodeAt(value)
		switch {
		case !ok || !g.spend():
			return wording{}
		case n.has(role + "_prompt"):
			return g.typed(n.Inputs[role+"_prompt"], role)
		case n.has(role):
			return g.conditioning(n.Inputs[role], role)
		case n.has("prompt"):
			if role == positive {
				return g.typed(n.Inputs["prompt"], role)
			}
			return wording{}
		}
		value = firstOf(n, "text_embeds", "hyvid_embeds", "prompt_embeds", "embeds")
	}
	return wording{}
}

// readSigmas reads the sampler's name and the schedule of custom samplers, through nodes that split the schedule.
func (g *graph) readSigmas(n node, r *reading) {
	if named, ok := g.nodeAt(n.Inputs["sampler"]); ok {
		r.set(Sampler, g.scalar(named.Inputs["sampler_name"]))
	}
	value := n.Inputs["sigmas"]
	for range maxDepth {
		schedule, ok := g.nodeAt(value)
		if !ok || !g.spend() {
			return
		}
		if schedule.has("steps") {
			r.set(Steps, g.integer(schedule.Inputs["steps"]))
			r.set(Scheduler, g.scalar(schedule.Inputs["scheduler"]))
			r.set(Denoise, g.decimal(schedule.Inputs["denoise"]))
			return
		}
		value = schedule.Inputs["sigmas"]
	}
}
