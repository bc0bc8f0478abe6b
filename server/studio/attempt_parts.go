package studio

import (
	"errors"
	"fmt"
	"slices"
)

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

// Limits of what one attempt holds.
const (
	maxParams   = 200
	maxRefs     = 50
	maxExpected = 64
	maxBeside   = 32
	maxTakes    = 500
	maxNotes    = 100
	paramLimit  = 2000 // characters of one further setting
)

// settle makes an attempt fit to be kept: no list is nil, and the stack is that of its prompt.
func (a *Attempt) settle() {
	if a.Params == nil {
		a.Params = map[string]string{}
	}
	if a.Sources == nil {
		a.Sources = map[string]Source{}
	}
	a.Notes = append([]string{}, a.Notes...)
	a.Refs = append([]Ref{}, a.Refs...)
	a.Expected = append([]Expected{}, a.Expected...)
	a.Beside = append([]Beside{}, a.Beside...)
	a.Candidates = append([]Candidate{}, a.Candidates...)
	a.Sheets = append([]UsedSheet{}, a.Sheets...)
	a.restack()
}

// mark adds a code to the notes once and reports whether it is new.
func (a *Attempt) mark(code string) bool {
	if slices.Contains(a.Notes, code) || len(a.Notes) >= maxNotes {
		return false
	}
	a.Notes = append(a.Notes, code)
	return true
}

// putAttempt writes a changed attempt. Its takes are counted by its model, so they follow it.
func (c *change) putAttempt(a *Attempt) error {
	was, err := c.s.r.attempts.Get(c.tx, a.ID)
	if err != nil {
		return fmt.Errorf("reading an attempt: %w", err)
	}
	if len(a.Beside) != len(was.Beside) {
		if err := c.useFiles(a); err != nil {
			return err
		}
	}
	a.settle()
	a.Updated = c.now
	if err := c.s.r.attempts.Put(c.tx, a); err != nil {
		return fmt.Errorf("writing an attempt: %w", err)
	}
	if err := errors.Join(c.repaid(was, a), c.tellPick(was, a)); err != nil {
		return err
	}
	return c.remodel(a, was.Model)
}
