package studio

import "chouka/assets"

// Label is China's implicit label of generated content as the file carries it (GB 45438-2025, Annex E). Value is "1"
// for generated, "2" for possibly, "3" for suspected.
type Label struct {
	Value       string `json:"value"`
	Producer    string `json:"producer"`
	ProduceID   string `json:"produce_id"`
	Propagator  string `json:"propagator"`
	PropagateID string `json:"propagate_id"`
	Source      string `json:"source"` // the record it stands in
}

// Claim is what a C2PA manifest in the file declares. It is not verified.
type Claim struct {
	Generator  string   `json:"generator"`
	Software   string   `json:"software"`
	Actions    []string `json:"actions"`
	SourceType string   `json:"source_type"`
	Source     string   `json:"source"`
}

// tell takes over what a file says about itself as a thing: its label, its claim and how much stands in it.
func (t *Take) tell(said assets.Saying) {
	t.Generator, t.Records = clip(oneLine(said.Generator), lineLimit), len(said.Records)
	if l := said.Label; l != nil {
		t.Label = &Label{Value: labelText(l.Value), Producer: labelText(l.Producer), ProduceID: labelText(l.ProduceID),
			Propagator: labelText(l.Propagator), PropagateID: labelText(l.PropagateID), Source: labelText(l.Source)}
	}
	if c := said.Claim; c != nil {
		t.Claim = &Claim{Generator: labelText(c.Generator), Software: labelText(c.Software), Actions: []string{}, SourceType: labelText(c.SourceType), Source: labelText(c.Source)}
		for _, a := range c.Actions {
			if len(t.Claim.Actions) < 50 {
				t.Claim.Actions = append(t.Claim.Actions, labelText(a))
			}
		}
	}
}

func labelText(s string) string { return clip(oneLine(s), lineLimit) }
