package studio

import (
	"encoding/json"
	"time"
)

// AttemptPost is an attempt as a program tells it. Every field may be absent. What is said in a field of its own goes
// before what the service's answer says, then its request, then the copied text.
type AttemptPost struct {
	Shot      string                     `json:"shot,omitempty" doc:"a shot's id or its label such as E03-S02-014; without one the post must find an attempt that waits"`
	Title     string                     `json:"title,omitempty" doc:"a title's id or name; needed with a label"`
	Service   string                     `json:"service,omitempty"`
	Model     string                     `json:"model,omitempty"`
	TaskID    string                     `json:"task_id,omitempty" doc:"the service's own; makes the post repeatable"`
	Status    string                     `json:"status,omitempty" doc:"ours or the service's own word"`
	Prompt    string                     `json:"prompt,omitempty"`
	Expanded  string                     `json:"expanded,omitempty" doc:"the prompt as the service rewrote it"`
	Negative  string                     `json:"negative,omitempty"`
	Seed      Loose                      `json:"seed,omitempty"`
	Steps     Loose                      `json:"steps,omitempty"`
	CFG       Loose                      `json:"cfg,omitempty"`
	Sampler   string                     `json:"sampler,omitempty"`
	Scheduler string                     `json:"scheduler,omitempty"`
	Denoise   Loose                      `json:"denoise,omitempty"`
	Size      string                     `json:"size,omitempty" doc:"1080x1920"`
	Duration  Loose                      `json:"duration,omitempty" doc:"seconds"`
	Ratio     string                     `json:"ratio,omitempty" doc:"9:16"`
	Mode      string                     `json:"mode,omitempty"`
	Params    map[string]json.RawMessage `json:"params,omitempty" doc:"anything else; kept as text"`
	Refs      []Ref                      `json:"refs,omitempty"`
	Sheets    []SheetIn                  `json:"sheets,omitempty" doc:"reference sheets that it was drawn from"`
	Cost      *Money                     `json:"cost,omitempty"`
	Reason    string                     `json:"reason,omitempty" doc:"why it failed or was refused"`
	Remark    string                     `json:"remark,omitempty"`
	At        *time.Time                 `json:"at,omitempty"`
	Started   *time.Time                 `json:"started,omitempty"`
	Finished  *time.Time                 `json:"finished,omitempty"`
	Outputs   []Output                   `json:"outputs,omitempty" doc:"results whose bytes may come later"`
	Text      string                     `json:"text,omitempty" doc:"a copied text card: prompt and settings"`
	Request   json.RawMessage            `json:"request,omitempty" doc:"the request to the service, as it is"`
	Answer    json.RawMessage            `json:"answer,omitempty" doc:"the service's answer, as it is"`
	Way       string                     `json:"way,omitempty" enum:"api,watch,paste" doc:"api when absent"`
}

// Output announces a result: by its name, its SHA-256 or both.
type Output struct {
	Name   string `json:"name,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

// Loose is a value that may be sent as text or as a number; a number keeps every digit.
type Loose string

// UnmarshalJSON takes text or a number.
func (l *Loose) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		err := json.Unmarshal(b, &s)
		*l = Loose(s)
		return err
	}
	var n json.Number
	err := json.Unmarshal(b, &n)
	*l = Loose(n)
	return err
}

// Said is what a copied text card says. Nothing of it is stored.
type Said struct {
	Generation Generation        `json:"generation"`
	Params     map[string]string `json:"params"`
	Expanded   string            `json:"expanded"`
	Sources    map[string]Source `json:"sources"`
	Notes      []string          `json:"notes"`
	Generator  string            `json:"generator"`
	Status     Status            `json:"status" enum:",queued,running,succeeded,failed,refused,cancelled"` // empty: not said
	Word       string            `json:"word"`
}

// Arrival says how a file comes in. Its zero value is an upload that finds its own attempt.
type Arrival struct {
	Name    string // as the file came
	Attempt string // id of the attempt whose result it is; empty: not said
	Way     string // upload, watch or paste; empty is upload
	Camera  bool   // a clip of a real shoot
	DayID   string // the shooting day that it was taken on
}

// BesideLimit is the largest file that is kept beside an attempt, in bytes.
const BesideLimit = 32 << 20
