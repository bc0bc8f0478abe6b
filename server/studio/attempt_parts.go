package studio

// Ref is a picture, clip or sound that an attempt was given to go by.
type Ref struct {
	Role string `json:"role" enum:"first,last,reference,subject,camera,audio,source"`
	Name string `json:"name"`
}

// Expected is a result that was announced before its bytes came.
type Expected struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // empty: not known
	Come   bool   `json:"come"`
}

// Beside is a file that came beside the takes and is kept byte for byte: a text of settings, or the first frame of a clip.
type Beside struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Kind   string `json:"kind" enum:"text,picture"`
}

// Candidate is one output of a graph that has several: the file is one of them, and which one is not said.
type Candidate struct {
	Node   string            `json:"node"`
	Prefix string            `json:"prefix"` // of the names of its files
	Fields map[string]string `json:"fields"`
}

// Elsewhere is an attempt on another shot that holds the same bytes.
type Elsewhere struct {
	AttemptID string `json:"attempt_id"`
	ShotID    string `json:"shot_id"`
	ShotLabel string `json:"shot_label"`
	TitleID   string `json:"title_id"`
}

// AttemptDetail is an attempt with what stands around it.
type AttemptDetail struct {
	Row          AttemptRow  `json:"row"`
	Previous     *AttemptRow `json:"previous,omitempty"` // the one before it on the shot
	ShotLabel    string      `json:"shot_label"`
	OperatorName string      `json:"operator_name"`
}
