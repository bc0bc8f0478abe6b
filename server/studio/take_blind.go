package studio

// blind takes out of a row whatever tells who or what made the take: the operator's id and name, service, model, cost
// and task, the settings that give a service away (steps, CFG, sampler, scheduler, denoise, mode), the file's name, the
// program and the producers that the file names with the records they stand in, and who judged or saw it, which may be
// its operator too. What was asked for in words, the seed, sizes, numbers, times, media and verdicts stay.
func (r *TakeRow) blind() {
	g := r.Generation
	r.OperatorName = ""
	r.Generation = Generation{Prompt: g.Prompt, Negative: g.Negative, Seed: g.Seed, Size: g.Size, Duration: g.Duration, Ratio: g.Ratio}
	t := &r.Take
	t.Operator, t.File, t.Generator, t.JudgedBy, t.SeenBy = "", "", "", "", ""
	if t.Label != nil {
		t.Label = &Label{Value: t.Label.Value}
	}
	if t.Claim != nil {
		t.Claim = &Claim{SourceType: t.Claim.SourceType, Actions: []string{}}
	}
}
