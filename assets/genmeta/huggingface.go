package genmeta

// huggingFace reads what the diffusers apps on Hugging Face write: the names of that library, and a Model.
func (s statement) huggingFace(o object) {
	s.r.Generator = "Hugging Face Space"
	s.state(ModelHash, "Model hash", o.text("modelhash"), Exact)
	s.object(o, append(plainWords(), word{Model, []string{"model"}}), "modelhash")
}
