package studio

import (
	"context"
	"errors"
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
		_, err := s.arriving(tx, by, shotID, in)
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
		b, err := s.arriving(c.tx, by, shotID, in)
		if err != nil {
			return AttemptRow{}, err
		}
		b.way, b.files = way, []Kept{k}
		return c.book(b)
	})
}

// arriving checks where a file is to go: its shot, the attempt that it is said to be the result of, its shooting day.
func (s *Studio) arriving(tx store.Txn, by Actor, shotID string, in Arrival) (incoming, error) {
	x, err := s.drawable(tx, by, shotID)
	if err != nil {
		return incoming{}, err
	}
	b := incoming{shot: x, camera: in.Camera, day: in.DayID}
	if in.Attempt != "" {
		if b.named, err = s.resultOf(tx, by, x, in.Attempt); err != nil {
			return incoming{}, err
		}
		if in.Camera && b.named.Kind != kindCamera {
			return incoming{}, inQuery(wrong("attempt", "这次抽卡不是实拍，实拍素材请单独上传", "this attempt is no shoot; log the clip by itself"))
		}
	}
	return b, s.checkDay(tx, x, in)
}

// checkDay refuses a shooting day that is not the title's, or one of a generated file.
func (s *Studio) checkDay(tx store.Txn, x *Shot, in Arrival) error {
	if in.DayID == "" {
		return nil
	}
	if !in.Camera {
		return inQuery(wrong("day", "只有实拍素材才有拍摄日", "only clips of a shoot have a shooting day"))
	}
	d, err := s.r.days.Get(tx, in.DayID)
	if errors.Is(err, store.ErrNotFound) || err == nil && d.TitleID != x.TitleID {
		return inQuery(wrong("day", "这部剧没有这个拍摄日，请重新选择", "the title has no such shooting day; choose again"))
	}
	if err != nil {
		return fmt.Errorf("reading a shooting day: %w", err)
	}
	return nil
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

// anyHeld finds the live take of a shot that has any of these bytes.
func (c *change) anyHeld(x *Shot, shas []string) (*AttemptRow, error) {
	for _, sha := range shas {
		if row, err := c.heldAlready(x, sha); row != nil || err != nil {
			return row, err
		}
	}
	return nil, nil
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
