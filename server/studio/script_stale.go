package studio

import (
	"context"
	"slices"
	"time"

	"chouka/server/studio/script"
)

// Staleness says why a shot may no longer fit its script. Confirming it, or drawing anew, is the operator's or producer's act.
type Staleness struct {
	VersionID string      `json:"version_id"`
	Version   int64       `json:"version"` // number
	At        time.Time   `json:"at"`
	Lines     []StaleLine `json:"lines"` // what changed of what the shot is linked to
}

// StaleLine is one line that changed; Is is empty for a line that is gone, Was for one that is new.
type StaleLine struct {
	ID  string `json:"id"` // of the scene's line
	Was string `json:"was"`
	Is  string `json:"is"`
}

// mark works out a shot's mark after its scene changed. The oldest text of each line stays; what is again as it was is
// no reason any more, and what differs in punctuation alone starts none.
func (d *lineDiff) mark(x *Shot) plannedMark {
	m := plannedMark{shot: x}
	if x.Stale != nil {
		m.lines = slices.Clone(x.Stale.Lines)
	}
	news := map[string]bool{}
	for _, c := range d.changes {
		at := slices.IndexFunc(m.lines, func(l StaleLine) bool { return l.ID == c.id })
		switch {
		case at >= 0:
			m.lines[at].Is = c.is
		case c.quiet || len(x.Lines) == 0 && !c.told || len(x.Lines) > 0 && !slices.Contains(x.Lines, c.id):
			continue
		default:
			m.lines = append(m.lines, StaleLine{c.id, c.was, c.is})
		}
		m.changed, news[c.id] = true, !c.quiet
	}
	if !m.changed {
		return m
	}
	m.lines = slices.DeleteFunc(m.lines, func(l StaleLine) bool { return script.Key(l.Was) == script.Key(l.Is) })
	m.fresh = slices.ContainsFunc(m.lines, func(l StaleLine) bool { return news[l.ID] })
	return m
}

// set writes the mark onto its shot. One that only lost a reason, or whose texts differ in punctuation, keeps its version.
func (m *plannedMark) set(v *ScriptVersion, at time.Time) {
	switch {
	case len(m.lines) == 0:
		m.shot.Stale = nil
	case m.fresh || m.shot.Stale == nil:
		m.shot.Stale = &Staleness{VersionID: v.ID, Version: v.Number, At: at, Lines: m.lines}
	default:
		now := *m.shot.Stale
		now.Lines = m.lines
		m.shot.Stale = &now
	}
}

// ClearStale says that a shot fits the changed script as it is.
func (s *Studio) ClearStale(ctx context.Context, by Actor, shotID string) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, shotID, LogAttempt)
		if err != nil {
			return err
		}
		if x.Stale == nil {
			out = *x
			return nil
		}
		x.Stale = nil
		if err := c.putShot(x); err != nil {
			return err
		}
		out = *x
		return c.note(event{Verb: "shot.confirmed", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
	})
	return out, err
}
