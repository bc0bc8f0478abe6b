package genmeta

import (
	"encoding/json"
	"regexp"
	"strings"
)

var (
	// unwanted is a part of an InvokeAI 1 or 2 prompt in square brackets, which is what to keep out.
	unwanted  = regexp.MustCompile(`\[([^\[\]]*)\]`)
	dreamText = regexp.MustCompile(`(?s)^"(.*?)"((?:\s+-.*)?)$`)
	dreamFlag = regexp.MustCompile(`^-([a-zA-Z]+?)(-?[0-9.]*)$`)
)

func isInvoke(o object) bool {
	return o.has("positiveprompt", "appversion") || o.has("positiveprompt", "generationmode") || o.has("positiveprompt", "cfgscale", "model")
}

// invoke reads the record of InvokeAI 3 and later, invokeai_metadata. What it calls scheduler is the sampler of others.
func (s statement) invoke(o object) {
	s.r.Generator = "InvokeAI"
	s.r.set(Version, o.text("appversion"), s.source, Exact)
	s.r.set(Prompt, o.text("positiveprompt"), s.source, Exact)
	s.r.set(Negative, o.text("negativeprompt"), s.source, Exact)
	s.state(Sampler, "scheduler", o.text("scheduler"), Exact)
	s.state(Denoise, "strength", o.text("strength"), Exact)
	s.state(Model, "model", o.text("model"), Exact)
	if m, ok := o.object("model"); ok {
		s.state(Model, "model", m.text("name", "modelname"), Exact)
		s.state(ModelHash, "model hash", m.text("hash"), Exact)
	}
	if v, ok := o.object("vae"); ok {
		s.state(VAE, "vae", v.text("name", "modelname"), Exact)
	}
	if i, ok := o.object("initimage"); ok {
		s.r.set(SourceImage, i.text("imagename"), s.source, Exact)
	}
	s.loras(o.list("loras"))
	s.object(o, plainWords(), "appversion", "positiveprompt", "negativeprompt", "scheduler", "strength", "model", "vae", "loras", "initimage")
}

// invokeTwo reads the record of InvokeAI 2, sd-metadata.
func (s statement) invokeTwo(o object) {
	image, ok := o.object("image")
	if !ok {
		s.r.note(NoteUnreadable)
		return
	}
	s.r.Generator = "InvokeAI"
	s.r.set(Version, o.text("appversion"), s.source, Exact)
	s.state(Model, "model_weights", o.text("modelweights"), Exact)
	s.state(ModelHash, "model_hash", o.text("modelhash"), Exact)
	var prompts []string
	for _, part := range image.list("prompt") {
		p, _ := objectOf(string(part))
		if words := p.text("prompt"); words != "" {
			prompts = append(prompts, words)
		}
	}
	s.invokeWords(strings.Join(append(prompts, image.text("prompt")), "\n"))
	s.state(Denoise, "strength", image.text("strength"), Exact)
	s.object(image, plainWords(), "prompt", "strength")
}

// invokeWords divides a prompt of the first two generations: what stands in [brackets] is the negative.
func (s statement) invokeWords(prompt string) {
	var negative []string
	for _, m := range unwanted.FindAllStringSubmatch(prompt, 200) {
		if words := strings.TrimSpace(m[1]); words != "" {
			negative = append(negative, words)
		}
	}
	sure := Exact
	if len(negative) > 0 {
		prompt, sure = unwanted.ReplaceAllString(prompt, ""), Derived
	}
	s.r.set(Prompt, strings.TrimSpace(prompt), s.source, sure)
	s.r.set(Negative, strings.Join(negative, ", "), s.source, Derived)
}

// readDream reads the record of InvokeAI 1: a quoted prompt, then flags as on a command line.
func readDream(r *Result, s sheet) {
	e, ok := s.find("dream")
	if _, newer := s.find("sd-metadata", "invokeai_metadata"); !ok || newer {
		return
	}
	m := dreamText.FindStringSubmatch(e.body)
	if m == nil {
		r.note(NoteUnreadable)
		return
	}
	r.Generator = "InvokeAI"
	st := statement{r: r, source: e.source}
	st.invokeWords(m[1])
	words := strings.Fields(m[2])
	for i := 0; i < len(words); i++ {
		flag := dreamFlag.FindStringSubmatch(words[i])
		if flag == nil {
			continue
		}
		value := flag[2]
		if value == "" && i+1 < len(words) && !dreamFlag.MatchString(words[i+1]) {
			i++
			value = strings.Trim(words[i], `"`)
		}
		st.dreamFlag(flag[1], value)
	}
}

func (s statement) dreamFlag(flag, value string) {
	fields := map[string]string{"s": Steps, "S": Seed, "W": Width, "H": Height, "C": CFG, "A": Sampler, "f": Denoise, "I": SourceImage}
	if field := fields[flag]; field != "" {
		s.state(field, "-"+flag, value, Exact)
		return
	}
	s.r.param("-"+flag, value)
}

// textObject makes an object of names and texts, for generators that write one record for each setting.
func textObject(texts map[string]string) object {
	values := make(map[string]json.RawMessage, len(texts))
	for name, value := range texts {
		if b, err := json.Marshal(value); err == nil {
			values[name] = b
		}
	}
	return newObject(values)
}
