package studio

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
