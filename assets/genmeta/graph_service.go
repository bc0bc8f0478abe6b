package genmeta

import (
	"regexp"
	"slices"
	"strings"
)

var (
	klingMode   = regexp.MustCompile(`^(\w+) mode / (\d+)s duration / ([\w.-]+)$`)
	secondsText = regexp.MustCompile(`^(\d+(?:\.\d+)?) ?(?:s|sec|seconds|秒)?$`)
	ratioWord   = regexp.MustCompile(`(?:^|[\s(])(\d{1,2}:\d{1,2})(?:$|[\s)])`)
	sizeText    = regexp.MustCompile(`(\d{2,5}) ?[xX×*] ?(\d{2,5})`)
	pixelRatio  = regexp.MustCompile(`^(\d{3,5}):(\d{3,5})$`)
	heightText  = regexp.MustCompile(`\b(\d{3,4}[pP]|[2-8][kK])\b`)
	shotPrompt  = regexp.MustCompile(`storyboard_\d+_prompt$`)
)

// promptKeys are the inputs under which the nodes of services take their prompt.
func promptKeys() []string {
	return []string{"prompt", "model.prompt", "prompt_text", "promptText", "text_prompt", "model.prompt_text"}
}

// isService knows nodes that ask a service for a picture or clip: a prompt, a setting that only generation has, and no
// text encoder of their own. Nodes that look for things in a picture take a prompt too and are left out.
func isService(n node) bool {
	if firstOf(n, promptKeys()...) == nil && !hasShots(n) || n.has("clip") || n.has("filename_prefix") {
		return false
	}
	class := strings.ToLower(n.Class)
	if slices.ContainsFunc([]string{"segment", "detect", "mask", "dino", "sam2", "sam3", "clipseg", "save", "overlay"}, func(s string) bool { return strings.Contains(class, s) }) {
		return false
	}
	for name, v := range n.Inputs {
		if _, linked := v.([]any); linked && name != "seed" {
			continue
		}
		switch strings.TrimPrefix(name, "model.") {
		case "model", "model_name", "model_version", "seed", "duration", "duration_seconds", "aspect_ratio", "ratio", "resolution", "size", "quality", "mode", "cfg_scale", "steps", "num_inference_steps":
			return true
		}
	}
	return false
}

func hasShots(n node) bool {
	for name := range n.Inputs {
		if shotPrompt.MatchString(name) {
			return true
		}
	}
	return false
}

// readService reads the settings of a service's node. Some of them stand under the model's own name.
func (g *graph) readService(n node) reading {
	r := newReading()
	of := func(names ...string) any {
		for _, name := range names {
			if v := firstOf(n, name, "model."+name); v != nil {
				return v
			}
		}
		return nil
	}
	r.words(Prompt, g.servicePrompt(n))
	r.words(Negative, g.typed(of("negative_prompt", "negativePrompt", negative), negative))
	g.readServiceModel(n, &r)
	if seed := g.integer(of("seed")); takesNoSeed(n.Class) {
		r.param(Seed, seed)
	} else {
		r.seed(seed)
	}
	r.length(g.scalar(of("duration", "duration_seconds", "seconds", "length")))
	r.shape(g.scalar(of("aspect_ratio", "ratio")))
	r.shape(g.scalar(of("size", "size_preset")))
	r.param("resolution", g.scalar(of("resolution")))
	r.size(g.integer(of("width")), g.integer(of("height")))
	r.set(Steps, g.integer(of("steps", "num_inference_steps")))
	r.set(CFG, g.decimal(of("cfg", "cfg_scale", "guidance_scale", "guidance")))
	g.readServicePictures(n, &r)
	return r
}

// servicePrompt joins the prompts of a story in shots where there is no single one.
func (g *graph) servicePrompt(n node) wording {
	w := g.typed(firstOf(n, promptKeys()...), positive)
	if strings.TrimSpace(w.text) != "" || !hasShots(n) {
		return w
	}
	var shots []string
	for _, name := range sortedKeys(n.Inputs) {
		if shotPrompt.MatchString(name) {
			if shot := g.typed(n.Inputs[name], positive); strings.TrimSpace(shot.text) != "" {
				shots = append(shots, shot.text)
				w.weak, w.expanded = w.weak || shot.weak, w.expanded || shot.expanded
			}
		}
	}
	w.text = strings.Join(shots[:min(len(shots), 32)], "\n")
	return w
}

// readServiceModel reads the model by name; the node's class is only a guess at it.
func (g *graph) readServiceModel(n node, r *reading) {
	mode := g.scalar(firstOf(n, "mode", "model.mode"))
	if m := klingMode.FindStringSubmatch(mode); m != nil {
		r.set(Mode, m[1])
		r.set(Duration, m[2])
		r.set(Model, m[3])
	}
	r.set(Mode, mode)
	for _, key := range []string{"model_name", "model", "model_version", "model_id", "model.model", "version"} {
		r.set(Model, g.scalar(n.Inputs[key]))
	}
	r.guess(Model, n.Class)
}

// takesNoSeed tells services that have no seed; their nodes have one that only makes the graph run again.
func takesNoSeed(class string) bool {
	class = strings.ToLower(class)
	return slices.ContainsFunc([]string{"kling", "luma", "minimax", "hailuo", "sora", "openai", "gemini", "nanobanana"}, func(s string) bool { return strings.Contains(class, s) })
}

// readServicePictures names the loaded pictures that a service was given.
func (g *graph) readServicePictures(n node, r *reading) {
	for _, key := range []string{"start_frame", "first_frame", "first_frame_image", "start_image", "image", "images", "input_image", "video"} {
		r.set(SourceImage, g.picture(firstOf(n, key, "model."+key)))
	}
	for _, name := range sortedKeys(n.Inputs) {
		if _, ok := g.linkOf(n.Inputs[name]); !ok || len(r.params) > 64 {
			continue
		}
		if file := g.picture(n.Inputs[name]); file != "" && file != r.fields[SourceImage] {
			r.param("image "+strings.TrimPrefix(name, "model."), file)
		}
	}
}

// length keeps a duration in seconds, written as a number or as "5s".
func (r *reading) length(s string) {
	if m := secondsText.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s))); m != nil {
		r.set(Duration, m[1])
		return
	}
	r.param(Duration, s)
}

// shape takes ratio, pixels and resolution out of one text such as "720p: 9:16 (720x1280)".
func (r *reading) shape(s string) {
	known := false
	if m := ratioWord.FindStringSubmatch(s); m != nil {
		r.set(Ratio, m[1])
		known = true
	}
	if m := firstMatch(s, sizeText, pixelRatio); m != nil {
		r.size(m[1], m[2])
		known = true
	}
	if m := heightText.FindStringSubmatch(s); m != nil {
		r.param("resolution", m[1])
		known = true
	}
	if !known {
		r.param(Ratio, s)
	}
}

func firstMatch(s string, patterns ...*regexp.Regexp) []string {
	for _, p := range patterns {
		if m := p.FindStringSubmatch(s); m != nil {
			return m
		}
	}
	return nil
}
