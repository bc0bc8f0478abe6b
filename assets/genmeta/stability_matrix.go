package genmeta

// stabilityMatrix reads parameters-json. The same file holds an A1111 text, the project and a graph; they say no more.
func (s statement) stabilityMatrix(o object) {
	s.r.Generator = "Stability Matrix"
	s.state(ModelHash, "ModelHash", o.text("modelhash"), Exact)
	s.object(o, append(plainWords(), word{Model, []string{"modelname"}}), "modelhash")
}
