package genmeta

func isMetaHub(o object) bool {
	return (o.has("imhpro") || o.has("promptapi") || o.has("metahubpro")) && o.has("prompt")
}

// metaHub reads imagemetahub_data, which the MetaHub save node of ComfyUI writes so that nobody must walk the graph.
func (s statement) metaHub(o object) {
	s.r.Generator = "ComfyUI"
	s.state(ModelHash, "model_hash", o.text("modelhash"), Exact)
	s.loras(o.list("loras"))
	if pro, ok := o.object("imhpro"); ok {
		s.rest(pro, map[string]bool{})
	}
	s.object(o, append(plainWords(), word{Model, []string{"model"}}, word{Denoise, []string{"denoise"}}),
		"generator", "modelhash", "loras", "imhpro", "analytics", "workflow", "promptapi")
}
