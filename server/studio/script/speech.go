package script

import (
	"strings"
	"unicode/utf8"
)

// speech is the speech that may still go on.
type speech struct {
	// at is the index of its last line; -1 when none is open.
	at            int
	speaker, mode string
	// spoken is true once words have been said, not only the name.
	spoken bool
	low    bool
}

// readSpeeches names every line that is left: speech, what carries a speech on, or action.
func (l *layout) readSpeeches() {
	s := speech{at: -1}
	for i := l.body; i < len(l.rows); i++ {
		r := &l.rows[i]
		if r.blank {
			continue
		}
		if r.fixed && r.Kind == KindSpeech {
			l.speechByHand(i, &s)
			continue
		}
		if r.known() {
			s.at = -1
			continue
		}
		if !l.speak(i, &s) {
			l.act(i, &s)
		}
	}
}

// speak names row i a speech if it begins or carries on one.
func (l *layout) speak(i int, s *speech) bool {
	r := &l.rows[i]
	if s.at >= 0 && !l.touching(s.at, i) {
		s.at = -1
	}
	waiting := s.at >= 0 && !s.spoken
	if c, low, ok := l.cue(r, waiting); ok {
		c.said, r.Also = l.several(c.said, true)
		s.begin(i, r, c, low)
		return true
	}
	if c, ok := l.bareCue(r); ok && l.textBelow(i) {
		s.begin(i, r, c, !l.allSure(c))
		return true
	}
	if waiting || s.at >= 0 && l.marked && !wholly(r.flat, '(', ')') && colonAt(r.flat) < 0 {
		s.carry(i, r)
		return true
	}
	return false
}

// speechByHand splits a line that a person called a speech; one without a name carries on the speech above it.
func (l *layout) speechByHand(i int, s *speech) {
	r := &l.rows[i]
	var talk *cue
	if s.at >= 0 && l.touching(s.at, i) {
		talk = &cue{names: strings.Split(s.speaker, "、"), mode: s.mode}
	}
	if c, _, ok := l.tabbed(r); ok {
		s.begin(i, r, c, false)
		return
	}
	c := speechByHand(r, r.clean, talk)
	spoken := c.said != "" || r.More && s.spoken
	*s = speech{at: i, speaker: strings.Join(c.names, "、"), mode: c.mode, spoken: spoken}
}

// cue decides whether a line with a colon or a tab is a speech: by a known speaker, whom OS or VO make known too, or
// by repetition.
func (l *layout) cue(r *row, waiting bool) (cue, bool, bool) {
	c, ok := cueAt(r.clean, r.flat)
	if head, _, _ := strings.Cut(r.flat, ":"); !ok || strings.Contains(cut(r.clean, r.flat, 0, len(head)), "\t") && c.mode == "" {
		if c, low, ok := l.tabbed(r); ok {
			return c, low, true
		}
	}
	if !ok {
		c, ok = modedCue(r.clean, r.flat)
		return c, false, ok && l.allSure(c)
	}
	if isLabel(c.names) {
		return c, false, false
	}
	if l.allSure(c) {
		return c, false, true
	}
	if waiting {
		return c, false, false
	}
	if one, ok := l.spaced(c); ok {
		return one, true, true
	}
	for _, n := range c.names {
		if l.speakers.sure(n) && len(c.names) > 1 {
			return c, true, true
		}
	}
	return c, l.allRepeated(c), l.allRepeated(c)
}

// spaced reads 林晚 低声：… as a known speaker with a remark, and 甲和乙：… as two.
func (l *layout) spaced(c cue) (cue, bool) {
	if len(c.names) != 1 {
		return c, false
	}
	if first, manner, ok := strings.Cut(c.names[0], " "); ok && l.speakers.sure(first) {
		c.names = []string{first}
		if c.manner == "" {
			c.manner = manner
		}
		return c, true
	}
	for _, and := range []string{"和", "与", "跟"} {
		if a, b, ok := strings.Cut(c.names[0], and); ok && l.speakers.sure(a) && l.speakers.sure(b) {
			c.names = []string{a, b}
			return c, true
		}
	}
	return c, false
}

// tabbed reads a known name, a tab and the text, as tables and old layouts have it.
func (l *layout) tabbed(r *row) (cue, bool, bool) {
	name, said, ok := strings.Cut(r.clean, "\t")
	if !ok {
		return cue{}, false, false
	}
	var c cue
	if utf8.RuneCountInString(name) > 24 || !c.head(name) || isLabel(c.names) || c.mode == "" && !l.allSure(c) {
		return cue{}, false, false
	}
	c.said = strings.TrimSpace(said)
	c.leadingRemarks()
	return c, false, true
}

func (l *layout) allRepeated(c cue) bool {
	for _, n := range c.names {
		if !l.speakers.repeated(n) {
			return false
		}
	}
	return true
}

func (l *layout) allSure(c cue) bool {
	for _, n := range c.names {
		if !l.speakers.sure(n) {
			return false
		}
	}
	return true
}

// textBelow says whether the line under a bare name can be what is said.
func (l *layout) textBelow(i int) bool {
	n := l.next(i)
	return n >= 0 && l.touching(i, n) && !l.rows[n].known() && !l.bareSpeaker(&l.rows[n])
}

func (s *speech) begin(i int, r *row, c cue, low bool) {
	*s = speech{at: i, speaker: strings.Join(c.names, "、"), mode: c.mode, spoken: c.said != "", low: low}
	r.Kind = KindSpeech
	r.Speaker, r.Mode, r.Manner, r.Said, r.Low = s.speaker, c.mode, c.manner, c.said, low
	if n := len(r.Also); n > 0 {
		last := r.Also[n-1]
		s.speaker, s.mode, s.spoken, s.low = last.Speaker, last.Mode, last.Said != "", false
	}
}

func (s *speech) carry(i int, r *row) {
	s.at = i
	c := cue{mode: s.mode, said: r.clean}
	c.leadingRemarks()
	if c.mode != s.mode {
		s.mode = c.mode
	}
	weak := s.spoken || s.low
	s.spoken = s.spoken || c.said != ""
	r.Kind = KindSpeech
	r.Speaker, r.Mode, r.Manner, r.Said = s.speaker, s.mode, c.manner, c.said
	r.More, r.Low = true, weak
}

// act names what is left. A colon behind something like a name is worth a second look; two tabs are a table.
func (l *layout) act(i int, s *speech) {
	r := &l.rows[i]
	s.at = -1
	r.Kind = KindAction
	if strings.Count(r.clean, "\t") >= 2 || !hasLetter(r.flat) {
		r.Kind = KindUnknown
		return
	}
	c, ok := cueAt(r.clean, r.flat)
	if !ok {
		l.hides(r)
		return
	}
	if wholly(r.flat, '(', ')') || isLabel(c.names) {
		return
	}
	r.Low = true
	r.suspect = strings.Join(c.names, "、")
}

// hides marks an action line that has a known speaker inside: 林晚转身。陆沉舟：别走。
func (l *layout) hides(r *row) {
	if actionMark(r.flat) || wholly(r.flat, '(', ')') {
		return
	}
	if _, inside := l.several(r.clean, false); len(inside) > 0 {
		r.Low, r.suspect = true, inside[0].Speaker
	}
}
