package studio

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"

	"chouka/assets"
	"chouka/store"
)

// FileLimit is the largest generated file, in bytes.
const FileLimit = 512 << 20

// LogFile is BookFile for an upload of which only the name is known.
func (s *Studio) LogFile(ctx context.Context, by Actor, shotID, name string, r io.Reader) (AttemptRow, error) {
	return s.BookFile(ctx, by, shotID, Arrival{Name: name}, r)
}

// BookFile books a generated file on a shot: one attempt that succeeded, with
// one take. What the file itself says is filled in, each field with its source;
// unknown stays empty. Bytes that the shot holds already are not booked again.
func (s *Studio) BookFile(ctx context.Context, by Actor, shotID string, in Arrival, r io.Reader) (AttemptRow, error) {
	// Asked before the bytes come in, and again in the transaction that books them.
	err := s.view(ctx, func(tx store.Txn) error {
		_, err := s.drawable(tx, by, shotID)
		return err
	})
	if err != nil {
		return AttemptRow{}, err
	}
	media, err := s.keep(ctx, r, FileLimit, isTake)
	if err != nil {
		return AttemptRow{}, err
	}
	said, err := s.library.Metadata(media.SHA256)
	if err != nil {
		return AttemptRow{}, fmt.Errorf("reading what a file says: %w", err)
	}
	defer s.wake()
	return create(ctx, s, by, func(c *change) (AttemptRow, error) {
		x, err := s.drawable(c.tx, by, shotID)
		if err != nil {
			return AttemptRow{}, err
		}
		if row, err := c.heldAlready(x, media.SHA256); row != nil || err != nil {
			return *orEmpty(row), err
		}
		a := Attempt{Status: Succeeded, Way: "upload", At: c.now}
		fill(&a, said)
		if err := c.addAttempt(x, &a); err != nil {
			return AttemptRow{}, err
		}
		t, err := c.addTake(x, &a, fileName(in.Name), media)
		if err != nil {
			return AttemptRow{}, err
		}
		return AttemptRow{Attempt: a, Takes: []Take{t}}, c.noteAttempt("attempt.logged", x, &a)
	})
}

func orEmpty(r *AttemptRow) *AttemptRow {
	if r == nil {
		return &AttemptRow{}
	}
	return r
}

// heldAlready finds the live take of a shot that has these bytes.
func (c *change) heldAlready(x *Shot, sha string) (*AttemptRow, error) {
	var attempt string
	err := c.s.r.takes.Each(c.tx, "media", store.K().Text(sha).ID(x.ID), func(t *Take) error {
		if t.Deleted == nil {
			attempt = t.AttemptID
		}
		return nil
	})
	if err != nil || attempt == "" {
		return nil, err
	}
	a, err := found(c.s.r.attempts.Get(c.tx, attempt))("attempt")
	if err != nil {
		return nil, err
	}
	rows, err := c.s.attemptRows(c.tx, []*Attempt{a})
	if err != nil {
		return nil, err
	}
	rows[0].Duplicate = true
	return &rows[0], nil
}

func (c *change) addTake(x *Shot, a *Attempt, name string, m Media) (Take, error) {
	t := Take{Meta: c.meta(), TitleID: x.TitleID, ShotID: x.ID, AttemptID: a.ID, Operator: a.Operator, File: name, Media: m, Verdict: Unseen}
	var err error
	if t.Number, err = c.count(x.ID, "take_no", 1); err != nil {
		return Take{}, err
	}
	if err := c.addMedia(m, ""); err != nil {
		return Take{}, err
	}
	if err := c.s.r.takes.Insert(c.tx, &t); err != nil {
		return Take{}, fmt.Errorf("adding a take: %w", err)
	}
	if err := c.countTake(&t, a.Day, 1); err != nil {
		return Take{}, err
	}
	if err := c.drawn(x, true); err != nil {
		return Take{}, err
	}
	return t, c.s.freshMedia(c.tx, &t.Media)
}

// fill takes over what a file says about itself. Texts that no record could
// hold are cut; the original keeps all of it.
func fill(a *Attempt, said assets.Saying) {
	a.Sources, a.Params = map[string]Source{}, map[string]string{}
	fields := generationFields(&a.Generation)
	for name, f := range said.Fields {
		value := plain(f.Value)
		if name != "prompt" && name != "negative" {
			value = oneLine(value)
		}
		to, ok := fields[name]
		if !ok || value == "" {
			if value != "" && name != "width" && name != "height" {
				a.Params[name] = value
			}
			continue
		}
		limit := lineLimit
		if name == "prompt" || name == "negative" {
			limit = textLimit
		}
		*to = clip(value, limit)
		a.Sources[name] = Source{From: "file", Record: f.Source, Certainty: string(f.Certainty)}
	}
	w, h := said.Fields["width"], said.Fields["height"]
	if w.Value != "" && h.Value != "" {
		a.Size = clip(oneLine(w.Value+"x"+h.Value), lineLimit)
		a.Sources["size"] = Source{From: "file", Record: w.Source, Certainty: string(w.Certainty)}
	}
	if a.Seed != "" && !wholeNumber(a.Seed) {
		a.Params["seed"] = a.Seed
		a.Seed = ""
		delete(a.Sources, "seed")
	}
	if said.Generator != "" {
		a.Service = clip(oneLine(said.Generator), lineLimit)
		a.Sources["service"] = Source{From: "file", Certainty: "derived"}
	}
	for k, v := range said.Params {
		if len(a.Params) < 200 {
			a.Params[clip(oneLine(k), lineLimit)] = clip(plain(v), 2000)
		}
	}
	a.Notes = append([]string{}, said.Notes...)
}

// plain drops the control characters that a file's text may hold and a record may not.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// oneLine makes a name out of any text: no line breaks, no control characters, no invisible direction marks.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case bidi(r):
			return -1
		}
		return r
	}, plain(s)))
}

// fileName is the last part of the name that a file came with, fit to be shown.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(oneLine(name), "\\", "/"))
	if name == "." || name == "/" {
		return "file"
	}
	return clip(name, lineLimit)
}

func isTake(mediaType string) bool {
	switch mediaType {
	case assets.TypeMP4, assets.TypeQuickTime, assets.TypeWebM, assets.TypeGIF:
		return true
	}
	return isPicture(mediaType)
}

func isPicture(mediaType string) bool {
	switch mediaType {
	case assets.TypePNG, assets.TypeJPEG, assets.TypeWebP:
		return true
	}
	return false
}
