package studio

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"

	"chouka/store"
)

// FileLimit is the largest generated file, in bytes.
const FileLimit = 512 << 20

// LogFile is BookFile for an upload of which only the name is known.
func (s *Studio) LogFile(ctx context.Context, by Actor, shotID, name string, r io.Reader) (AttemptRow, error) {
	return s.BookFile(ctx, by, shotID, Arrival{Name: name}, r)
}

// BookFile books a generated file on a shot. It joins the attempt that waits for
// it; else it is one attempt that succeeded, with one take. What the file itself
// says is filled in, each field with its source; unknown stays empty. Bytes that
// the shot holds already are not booked again.
func (s *Studio) BookFile(ctx context.Context, by Actor, shotID string, in Arrival, r io.Reader) (AttemptRow, error) {
	way := in.Way
	if way == "" {
		way = "upload"
	}
	if !slices.Contains([]string{"upload", "watch", "paste"}, way) {
		return AttemptRow{}, wrong("way", "只能是 upload、watch 或 paste", "this is upload, watch or paste")
	}
	if err := s.paced(by); err != nil {
		return AttemptRow{}, err
	}
	// Asked before the bytes come in, and again in the transaction that books them.
	err := s.view(ctx, func(tx store.Txn) error {
		x, err := s.drawable(tx, by, shotID)
		if err == nil && in.Attempt != "" {
			_, err = s.resultOf(tx, by, x, in.Attempt)
		}
		return err
	})
	if err != nil {
		return AttemptRow{}, err
	}
	k, err := s.keepResult(ctx, by, in.Name, r)
	if err != nil {
		return AttemptRow{}, err
	}
	defer s.wake()
	return create(ctx, s, by, func(c *change) (AttemptRow, error) {
		x, err := s.drawable(c.tx, by, shotID)
		if err != nil {
			return AttemptRow{}, err
		}
		b := incoming{way: way, shot: x, files: []Kept{k}}
		if in.Attempt != "" {
			if b.named, err = s.resultOf(c.tx, by, x, in.Attempt); err != nil {
				return AttemptRow{}, err
			}
		}
		return c.book(b)
	})
}

// resultOf is the attempt of a shot whose result a caller says a file is.
func (s *Studio) resultOf(tx store.Txn, by Actor, x *Shot, id string) (*Attempt, error) {
	a, err := s.attemptFor(tx, by, id)
	if err == nil && (a.Deleted != nil || a.ShotID != x.ID) {
		return nil, unknown("attempt")
	}
	return a, err
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

func (c *change) addTake(x *Shot, a *Attempt, k Kept, place int) (Take, error) {
	m := k.media
	t := Take{Meta: c.meta(), TitleID: x.TitleID, ShotID: x.ID, AttemptID: a.ID, Operator: a.Operator, Place: place, File: k.name, Media: m, Verdict: Unseen}
	t.tell(k.said)
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
	if err := c.recount(nil, takeCounts(&t, a.Model, x), x.owners()...); err != nil {
		return Take{}, err
	}
	if err := c.drawn(x, true); err != nil {
		return Take{}, err
	}
	return t, c.s.freshMedia(c.tx, &t.Media)
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
