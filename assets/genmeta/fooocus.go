package genmeta

import "strings"

// isFooocus knows Fooocus's own scheme by its chunk or its shape; the log of older versions has the same settings under
// other names.
func isFooocus(e entry, s sheet) bool {
	o := e.obj
	if !o.has("prompt", "seed") || !o.has("basemodel") || o.text("basemodel") == "" {
		return false
	}
	_, scheme := s.find("fooocus_scheme")
	version := o.text("version", "software")
	return scheme || o.has("metadatascheme") || o.has("performance") || o.has("fooocusv2expansion") || o.has("fullprompt") ||
		strings.HasPrefix(version, "Fooocus") || e.key == "comment" && o.has("negativeprompt", "sampler")
}

// fooocus reads that record. The prompt is what the user typed; what Fooocus made of it is kept apart.
func (s statement) fooocus(o object) {
	s.r.Generator = "Fooocus"
	s.r.set(Version, o.text("version", "software"), s.source, Exact)
	s.state(ModelHash, "base_model_hash", o.text("basemodelhash"), Exact)
	s.state(CFG, "guidance_scale", o.text("guidancescale", "cfg"), Exact)
	var full []string
	for _, part := range o.list("fullprompt") {
		full = append(full, scalarText(part))
	}
	s.r.set(Expanded, strings.Join(full, "\n"), s.source, Exact)
	s.r.set(Expanded, o.text("promptexpansion", "fooocusv2expansion"), s.source, Exact)
	s.loras(o.list("loras"))
	s.r.set(Loras, strings.Join(numberedLoras(o), ", "), s.source, Exact)
	s.object(o, append(plainWords(), word{Model, []string{"basemodel"}}), "version", "basemodelhash", "guidancescale", "cfg", "fullprompt", "loras")
}

// numberedLoras reads "LoRA 1": "name : weight" and its later form lora_combined_1.
func numberedLoras(o object) []string {
	var all []string
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		value := o.text("lora"+n, "loracombined"+n)
		if name, weight, ok := strings.Cut(value, " : "); ok && strings.TrimSpace(name) != "None" {
			all = append(all, withWeight(strings.TrimSpace(name), strings.TrimSpace(weight)))
		}
	}
	return all
}

// ruinedFooocus reads the record of the fork, which names itself.
func (s statement) ruinedFooocus(o object) {
	s.r.Generator = "RuinedFooocus"
	s.state(ModelHash, "base_model_hash", o.text("basemodelhash"), Exact)
	s.loras(o.list("loras"))
	s.object(o, append(plainWords(), word{Model, []string{"basemodelname", "basemodel"}}), "software", "basemodelhash", "loras")
}
