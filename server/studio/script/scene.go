package script

import "strings"

// sceneReader walks the rows and keeps what a heading's neighbours tell.
type sceneReader struct {
	l *layout
	// episode is the number of the last explicit episode heading, 0 before any.
	episode int
	last    *sceneHead
	// counted is the last scene of the episode that has a number in the running count.
	counted *sceneHead
	// open is the scene whose label block may still go on.
	open *sceneHead
}

// readScenes names scene headings and the label lines that belong to them.
func (l *layout) readScenes() {
	s := sceneReader{l: l}
	for i := range l.rows {
		s.row(i)
	}
}

func (s *sceneReader) row(i int) {
	r := &s.l.rows[i]
	switch {
	case r.blank:
		return
	case r.episode != nil:
		if r.episode.number < 0 {
			r.episode.number = s.episode + 1
		}
		s.episode, s.last, s.counted, s.open = r.episode.number, nil, nil, nil
		return
	case r.fixed && (r.Kind == KindScene || r.Kind == KindCast):
		s.byHand(r)
		return
	case r.known():
		s.open = nil
		return
	}
	if s.open != nil && s.blockLine(r) {
		return
	}
	if h, ok := s.heading(i); ok {
		if s.completes(&h) {
			r.Kind = KindScene
			s.open.merge(h.parts)
			return
		}
		s.begin(r, h)
		return
	}
	if b, ok := labelAt(r.clean, r.flat); ok {
		s.strayLabel(i, b)
		return
	}
	s.open = nil
}

// byHand reads a line that a person called a scene or a cast list. A label below a heading stays a part of its block.
func (s *sceneReader) byHand(r *row) {
	b, labelled := labelAt(r.clean, r.flat)
	switch {
	case r.Kind == KindCast:
		if !labelled {
			b = label{fieldCast, r.clean}
		}
		r.label = &b
		if s.last != nil {
			b.apply(s.last)
		}
	case labelled && s.open != nil && b.structural():
		r.label = &b
		b.apply(s.open)
	default:
		s.begin(r, sceneByHand(r.clean, r.flat))
		if labelled && b.structural() {
			b.apply(s.open)
			r.label = &b
		}
	}
}

func (s *sceneReader) begin(r *row, h sceneHead) {
	r.Kind = KindScene
	r.scene = &h
	if h.episode != nil {
		if h.episode.number != s.episode {
			s.last, s.counted = nil, nil
		}
		s.episode = h.episode.number
	}
	s.open, s.last = &h, &h
	if h.numbered {
		s.counted = &h
	}
}

// completes says whether a heading without a number only goes on with the number right above it: 场次：2, then 日 外 街.
func (s *sceneReader) completes(h *sceneHead) bool {
	if s.open == nil || s.open.label == "" || h.label != "" || h.episode != nil {
		return false
	}
	p := &s.open.parts
	return p.place == "" && p.time == "" && p.interior == "" && !p.deleted && h.parts.times+h.parts.interiors > 0
}

// heading decides whether row i heads a scene, by itself or by what stands around it.
func (s *sceneReader) heading(i int) (sceneHead, bool) {
	r := &s.l.rows[i]
	h, t := sceneAt(r.clean, r.flat)
	switch t {
	case sure:
		return h, true
	case none:
		return h, false
	case lone, loose:
		if s.expected(&h) {
			return h, true
		}
	}
	return h, s.l.labelFollows(i)
}

// expected says whether a bare number is exactly the one that must come next.
func (s *sceneReader) expected(h *sceneHead) bool {
	if !h.numbered {
		return false
	}
	last := s.counted
	if h.major == 0 {
		return last != nil && last.minor == h.minor && h.label != last.label
	}
	if s.episode > 0 {
		return h.major == s.episode && (s.last == nil && h.minor == 1 || last != nil && h.minor == last.minor+1)
	}
	if last == nil || last.major == 0 {
		return false
	}
	return h.major == last.major && h.minor == last.minor+1 || h.major == last.major+1 && h.minor == 1
}

// blockLine reads a line of an open label block: a label, or the time or side alone on its line.
func (s *sceneReader) blockLine(r *row) bool {
	if b, ok := labelAt(r.clean, r.flat); ok {
		if b.value == "" && b.field == fieldPlace || b.field == fieldNumber && s.open.label != "" {
			return false
		}
		r.Kind = KindScene
		if headingSized(r.flat) && len(inlineLabel.FindAllStringIndex(r.flat, 2)) == 2 {
			s.open.merge(readHeading(r.clean))
			return true
		}
		r.label = &b
		if b.field == fieldCast {
			r.Kind = KindCast
		}
		b.apply(s.open)
		return true
	}
	if !headingSized(r.flat) {
		return false
	}
	var p headingParts
	p.words(r.clean)
	if p.place != "" || p.times+p.interiors == 0 || len(p.cast) > 0 {
		return false
	}
	r.Kind = KindScene
	if p.time != "" {
		s.open.parts.time = strings.TrimSpace(s.open.parts.time + " " + p.time)
	}
	if p.interior != "" {
		s.open.parts.interior = p.interior
	}
	return true
}

// strayLabel handles a label outside any block: two of them in a row with a real time or side head a scene without
// a number; a cast list is a cast list anywhere; the rest is left to the later steps.
func (s *sceneReader) strayLabel(i int, b label) {
	r := &s.l.rows[i]
	s.open = nil
	if b.field == fieldCast {
		r.Kind = KindCast
		r.label = &b
		if s.last != nil && len(s.last.parts.cast) == 0 {
			b.apply(s.last)
		}
		return
	}
	if !b.structural() || !s.labelsFollow(i, b) {
		return
	}
	s.begin(r, sceneHead{})
	b.apply(s.open)
	r.label = &b
}

// labelsFollow says whether row i begins a block of labels with a time of day or a side among them.
func (s *sceneReader) labelsFollow(i int, b label) bool {
	n := s.l.next(i)
	if n < 0 || s.l.rows[n].known() {
		return false
	}
	next, ok := labelAt(s.l.rows[n].clean, s.l.rows[n].flat)
	if !ok || !next.structural() || next.field == b.field {
		return false
	}
	return b.tells() || next.tells()
}

// tells says whether a label's value is a time of day or a side, as in a heading.
func (b label) tells() bool {
	if b.field != fieldTime && b.field != fieldInterior || !headingSized(b.value) {
		return false
	}
	var p headingParts
	p.words(b.value)
	return p.place == "" && p.times+p.interiors > 0
}
