// Package genmeta reads what a generated picture or clip says about itself: prompt, seed, model and the other settings
// that its generator left inside the file.
//
// Begin with Read. It walks the container (png.go, jpeg.go, webp.go, gif.go, avif.go, mp4.go, webm.go; exif.go and xmp.go
// for what lies inside) and collects text records, then interpret.go decides which record speaks: the A1111 text grammar
// (a1111.go) or a ComfyUI graph (graph.go and the graph_*.go files). What a C2PA manifest claims (c2pa.go) and China's
// label (label.go) are read beside it. ReadBeside reads a side file, and Result.With joins the two. The container walkers
// are exported, because whoever measures a file walks the same structures.
//
// The package trusts nothing: a broken or hostile file gives notes, never a panic, and a field that is not known stays
// absent. Only a failing reader gives an error.
package genmeta

import (
	"fmt"
	"io"
	"slices"
)

// ReaderVersion grows whenever Read learns to read more, so that stored results can be told from newer ones.
const ReaderVersion = 2

// Limits on what one file may cost.
const (
	maxText    = 16 << 20 // bytes of text after decompression
	maxHeaders = 64 << 20 // bytes of headers and records read
	maxNodes   = 20_000
	maxDepth   = 500
	maxParts   = 200_000 // chunks, boxes or elements visited in one walk
)

// Certainty says how a field was found.
type Certainty string

// The degrees of certainty, from firm to weak.
const (
	Exact   Certainty = "exact"   // stated in so many words
	Derived Certainty = "derived" // walked out of a graph, or cut out of another field
	Guess   Certainty = "guess"   // likely, not proven
)

// Names of the fields that Result.Fields can hold.
const (
	Prompt      = "prompt"
	Negative    = "negative"
	Model       = "model"
	ModelHash   = "model_hash"
	Seed        = "seed"
	Steps       = "steps"
	CFG         = "cfg"
	Sampler     = "sampler"
	Scheduler   = "scheduler"
	Denoise     = "denoise"
	Width       = "width"
	Height      = "height"
	SourceImage = "source_image"
	VAE         = "vae"
	ClipSkip    = "clip_skip"
	Loras       = "loras"
	Version     = "version"
	Duration    = "duration" // seconds
	Ratio       = "ratio"    // 9:16
	Mode        = "mode"     // std, pro …
	TaskID      = "task_id"  // the service's own
	Expanded    = "expanded" // the prompt as a service rewrote it
)

// Notes that Result.Notes can hold.
const (
	NoteAmbiguous    = "ambiguous"         // several outputs disagree; only what they share is given
	NoteTruncated    = "truncated"         // the file ends early, or a limit cut the reading short
	NoteUnreadable   = "unreadable_record" // a record is there but is not what its name promises
	NoteWorkflowOnly = "workflow_only"     // a drawing of the graph without the graph that ran
)

// Field is one value, where it was found ("png:parameters", "mp4:mdta.prompt") and how sure it is.
type Field struct {
	Value     string    `json:"value"`
	Source    string    `json:"source"`
	Certainty Certainty `json:"certainty"`
}

// Record is one raw record of the file: its name, its length in bytes after decompression, and what it says where it is text.
type Record struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
	Text  string `json:"text,omitempty"`
}

// Label is China's implicit label of generated content (GB 45438-2025, Annex E): one field named AIGC. Value is "1" for
// generated, "2" for possibly, "3" for suspected; the rest is as the producer wrote it.
type Label struct {
	Value       string `json:"value"`
	Producer    string `json:"producer,omitempty"`
	ProduceID   string `json:"produce_id,omitempty"`
	Propagator  string `json:"propagator,omitempty"`
	PropagateID string `json:"propagate_id,omitempty"`
	Source      string `json:"source"`
}

// Claim is what a C2PA manifest declares. Nothing of it is verified here.
type Claim struct {
	Generator  string   `json:"generator,omitempty"`   // claim_generator_info.name
	Software   string   `json:"software,omitempty"`    // softwareAgent of an action
	Actions    []string `json:"actions,omitempty"`     // c2pa.created …
	SourceType string   `json:"source_type,omitempty"` // digitalSourceType, its last part
	Source     string   `json:"source"`
}

// Candidate is one output of an ambiguous graph: the file is one of them, and which one is not said.
type Candidate struct {
	Node   string           `json:"node"`             // id of the output node
	Prefix string           `json:"prefix,omitempty"` // its filename_prefix
	Fields map[string]Field `json:"fields"`
}

// Hint is what is known about a file besides its bytes; it only ever chooses between outputs of one graph.
type Hint struct {
	Name          string // as the file came
	Width, Height int    // pixels
}

// Result is everything that a file says about how it was made. Seeds are text, to the last digit.
type Result struct {
	Generator string            `json:"generator,omitempty"`
	Fields    map[string]Field  `json:"fields,omitempty"`
	Params    map[string]string `json:"params,omitempty"` // further stated keys, as read
	Records   []Record          `json:"records,omitempty"`
	Notes     []string          `json:"notes,omitempty"`
	Label     *Label            `json:"label,omitempty"`
	Claim     *Claim            `json:"claim,omitempty"`
	// Candidates are the outputs among which an ambiguous graph does not choose.
	Candidates []Candidate `json:"candidates,omitempty"`
}

// Read collects and interprets the records of a file of the given media type ("image/png", found by content).
// An unknown type gives an empty Result. h may be zero. The error is only ever a failure of r itself.
func Read(r io.ReaderAt, size int64, kind string, h Hint) (Result, error) {
	c := newCollector(r, size, h)
	if err := c.finish(c.collect(kind)); err != nil {
		return Result{}, fmt.Errorf("reading %s metadata: %w", kind, err)
	}
	c.label()
	return c.interpret(), nil
}

func (r *Result) note(code string) {
	if !slices.Contains(r.Notes, code) {
		r.Notes = append(r.Notes, code)
	}
}

// set keeps the first value given for a field; empty values are not fields.
func (r *Result) set(name, value, source string, sure Certainty) {
	if value == "" {
		return
	}
	if r.Fields == nil {
		r.Fields = map[string]Field{}
	}
	if _, held := r.Fields[name]; !held {
		r.Fields[name] = Field{Value: value, Source: source, Certainty: sure}
	}
}

func (r *Result) param(name, value string) {
	if value == "" {
		return
	}
	if r.Params == nil {
		r.Params = map[string]string{}
	}
	if _, held := r.Params[name]; !held {
		r.Params[name] = value
	}
}
