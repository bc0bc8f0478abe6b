package genmeta

import (
	"encoding/json"
	"strings"
)

func isTensorArt(o object) bool {
	_, ok := o.object("basemodel")
	return ok && o.has("prompt", "samplername") || o.has("workengine", "prompt")
}

// tensorArt reads generation_data. Its seed may be -1; the one that was drawn is in the graph beside it.
func (s statement) tensorArt(o object) {
	s.r.Generator = "TensorArt"
	if m, ok := o.object("basemodel"); ok {
		s.state(Model, "baseModel", m.text("modelfilename", "label"), Exact)
		s.state(ModelHash, "baseModel hash", m.text("hash"), Exact)
	}
	var loras []json.RawMessage
	for _, part := range o.list("models") {
		if m, _ := objectOf(string(part)); strings.EqualFold(m.text("type"), "LORA") {
			loras = append(loras, part)
		}
	}
	s.loras(loras)
	s.object(o, append(plainWords(), word{VAE, []string{"sdvae"}}), "basemodel", "models", "workflow")
}
