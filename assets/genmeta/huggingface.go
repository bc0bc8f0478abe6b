package genmeta

// isHuggingFace knows such an app by a Model with a capital, or by the place of its record.
func isHuggingFace(e entry) bool {
	_, model := e.obj.values["Model"]
	return e.obj.has("prompt", "guidancescale", "numinferencesteps") && (model || e.key == "parameters" && e.obj.has("resolution"))
}

// huggingFace reads what the diffusers apps on Hugging Face write: the names of that library, and a Model.
func (s statement) huggingFace(o object) {
	s.r.Generator = "Hugging Face Space"
	s.state(ModelHash, "Model hash", o.text("modelhash"), Exact)
	s.object(o, append(plainWords(), word{Model, []string{"model"}}), "modelhash")
}
