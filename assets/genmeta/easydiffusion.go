package genmeta

import "strings"

// isEasyDiffusion knows the settings by the name of the model, in the naming for machines or in that for people.
func isEasyDiffusion(o object) bool {
	return o.has("prompt") && (o.has("usestablediffusionmodel") || o.has("stablediffusionmodel"))
}

// easyDiffusion reads settings in either naming, from JSON, from text chunks or from the lines of a side file.
func (s statement) easyDiffusion(o object) {
	s.r.Generator = "Easy Diffusion"
	for _, name := range []string{"usestablediffusionmodel", "stablediffusionmodel"} {
		s.state(Model, o.folded[name], baseName(o.text(name)), Exact)
	}
	for _, name := range []string{"usevaemodel", "vaemodel"} {
		s.state(VAE, o.folded[name], baseName(o.text(name)), Exact)
	}
	s.state(Denoise, o.folded["promptstrength"], o.text("promptstrength"), Exact)
	names, weights := o.list("useloramodel"), o.list("loraalpha")
	if len(names) > 0 {
		s.swarmLoras(names, weights)
	} else if name := baseName(o.text("useloramodel", "loramodel")); name != "" && name != "None" && !strings.Contains(name, ",") {
		s.r.set(Loras, withWeight(name, o.text("loraalpha", "lorastrength")), s.source, Exact)
	}
	s.object(o, plainWords(), "usestablediffusionmodel", "stablediffusionmodel", "usevaemodel", "vaemodel", "promptstrength",
		"useloramodel", "loramodel", "loraalpha", "lorastrength")
}

// baseName drops the folders of a path of either kind.
func baseName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// readSettingTexts reads files that hold one text record for each setting, as Easy Diffusion and many small scripts write
// them. A prompt among them must be words: a graph has its own reader.
func readSettingTexts(r *Result, s sheet) {
	texts, sources, source := map[string]string{}, map[string]string{}, ""
	for _, e := range s {
		if !isOwnKey(e.source) || len(texts) >= 200 {
			continue
		}
		if e.key == "prompt" && !strings.HasPrefix(e.body, "{") && !strings.HasPrefix(e.body, "[") && !strings.HasPrefix(e.body, `"`) {
			source = e.source
		}
		if _, held := texts[e.key]; !held && !e.isObj && len(e.body) < maxField {
			texts[e.key], sources[fold(e.key)] = e.body, e.source
		}
	}
	if source == "" || texts["prompt"] == "" {
		return
	}
	o, st := textObject(texts), statement{r: r, source: source, sources: sources}
	if isEasyDiffusion(o) {
		st.easyDiffusion(o)
		return
	}
	st.object(o, append(plainWords(), word{Model, []string{"model", "modelname"}}), "workflow", "parameters", "comment", "software", "encoder")
}

// isOwnKey tells whether the writer of a file chose the key itself. The names of Exif and XMP belong to cameras too.
func isOwnKey(source string) bool {
	where, name, _ := strings.Cut(source, ":")
	switch where {
	case "png":
		return !strings.HasPrefix(name, "exif.") && !strings.HasPrefix(name, "xmp.") && name != "stealth"
	case "mp4":
		return strings.HasPrefix(name, "mdta.") && strings.Count(name, ".") == 1
	case "webm":
		return true
	}
	return false
}
