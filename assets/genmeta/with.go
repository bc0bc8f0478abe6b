package genmeta

import "slices"

// With joins what a file says with what lies beside it: a side file, or the first frame that was saved with a clip. What
// the file says of itself goes first; only its guesses yield to what is firmer. Neither result is changed.
func (r Result) With(beside Result) Result {
	out := r
	out.Fields, out.Params, out.Notes = nil, nil, slices.Clone(r.Notes)
	if out.Generator == "" {
		out.Generator = beside.Generator
	}
	for name, f := range beside.Fields {
		if f.Certainty != Guess && r.Fields[name].Certainty == Guess {
			out.set(name, f.Value, f.Source, f.Certainty)
		}
	}
	for _, from := range []Result{r, beside} {
		for name, f := range from.Fields {
			out.set(name, f.Value, f.Source, f.Certainty)
		}
		for name, value := range from.Params {
			out.param(name, value)
		}
	}
	out.Records = slices.Concat(r.Records, beside.Records)
	for _, n := range beside.Notes {
		out.note(n)
	}
	if out.Label == nil {
		out.Label = beside.Label
	}
	if out.Claim == nil {
		out.Claim = beside.Claim
	}
	if len(out.Candidates) == 0 {
		out.Candidates = beside.Candidates
	}
	return out
}
