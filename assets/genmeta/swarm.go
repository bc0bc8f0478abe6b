package genmeta

import "encoding/json"

// swarm reads SwarmUI's record: the settings under sui_image_params, the hashes of the models beside them.
func (s statement) swarm(o object) {
	p, ok := o.object("suiimageparams")
	if !ok {
		s.r.note(NoteUnreadable)
		return
	}
	s.r.Generator = "SwarmUI"
	s.r.set(Version, p.text("swarmversion"), s.source, Exact)
	s.state(Ratio, "aspectratio", p.text("aspectratio"), Exact)
	s.swarmLoras(p.list("loras"), p.list("loraweights"))
	s.object(p, append(plainWords(), word{Model, []string{"model"}}), "swarmversion", "aspectratio", "loras", "loraweights")
	for _, part := range o.list("suimodels") {
		if m, _ := objectOf(string(part)); m.text("param") == "model" {
			s.state(ModelHash, "model hash", m.text("hash"), Exact)
		}
	}
	if extra, ok := o.object("suiextradata"); ok {
		s.rest(extra, map[string]bool{})
	}
}

// swarmLoras pairs the two lists in which SwarmUI keeps names and weights.
func (s statement) swarmLoras(names, weights []json.RawMessage) {
	pairs := make([]json.RawMessage, 0, len(names))
	for i, name := range names {
		weight := json.RawMessage("null")
		if i < len(weights) {
			weight = weights[i]
		}
		if pair, err := json.Marshal([]json.RawMessage{name, weight}); err == nil {
			pairs = append(pairs, pair)
		}
	}
	s.loras(pairs)
}
