package script

import (
	"strings"
	"unicode/utf8"
)

// speakers is who may speak, gathered before any speech is named.
type speakers struct {
	known map[string]bool
	// weight counts how often an unknown name stood before a colon; a bracket behind it counts double.
	weight map[string]int
	bare   map[string]int
	// keys remembers the folded form of names met before.
	keys map[string]string
}

func newSpeakers() *speakers {
	return &speakers{known: map[string]bool{}, weight: map[string]int{}, bare: map[string]int{}, keys: map[string]string{}}
}

// key is nameKey, worked out once for each spelling.
func (s *speakers) key(name string) string {
	key, ok := s.keys[name]
	if !ok {
		key = nameKey(name)
		s.keys[name] = key
	}
	return key
}

func (s *speakers) add(name string) {
	if key := s.key(name); key != "" && utf8.RuneCountInString(key) <= 30 {
		s.known[key] = true
	}
}

// sure says whether a name is in a cast list, a biography, an explicit cue, or is one of the crowd.
func (s *speakers) sure(name string) bool {
	key := s.key(name)
	return s.known[key] || crowd(narrowed(key))
}

// repeated says whether a name nobody listed stands before a colon often enough to be a person.
func (s *speakers) repeated(name string) bool {
	key := s.key(name)
	return s.weight[key] >= 2 && utf8.RuneCountInString(key) <= 8
}

// readSpeakers gathers cast lists, biographies and explicit cues, and learns how this writer marks actions.
func (l *layout) readSpeakers() {
	for i := range l.rows {
		r := &l.rows[i]
		switch {
		case r.scene != nil:
			l.addAll(r.scene.parts.cast)
		case r.label != nil && r.label.field == fieldCast:
			l.addAll(castNames(r.label.value))
		case r.Kind == KindBio && !r.long:
			l.addAll(bioNames(r.clean))
		}
	}
	for i := l.body; i < len(l.rows); i++ {
		l.learn(i)
	}
	l.learnStyle()
}

func (l *layout) addAll(names []string) {
	for _, n := range names {
		l.speakers.add(n)
	}
}

// learn counts the names before colons and takes explicit cues as known.
func (l *layout) learn(i int) {
	r := &l.rows[i]
	if r.fixed && r.Kind == KindSpeech {
		// A person says that this is a speech, so its name is one everywhere.
		if c, ok := cueAt(r.clean, r.flat); ok {
			l.addAll(c.names)
		}
	}
	if r.blank || r.known() {
		return
	}
	c, ok := cueAt(r.clean, r.flat)
	if !ok {
		if utf8.RuneCountInString(r.flat) <= 6 && nameShaped(r.clean) && !sentence(r.flat) {
			l.speakers.bare[l.speakers.key(r.clean)]++
		}
		return
	}
	if isLabel(c.names) {
		return
	}
	l.weigh(&c)
	for _, inner := range innerCues(c.said) {
		l.weigh(&inner.cue)
	}
}

func (l *layout) weigh(c *cue) {
	for _, n := range c.names {
		if c.mode != "" {
			l.speakers.add(n)
		}
		l.speakers.weight[l.speakers.key(n)]++
		if c.remarked {
			l.speakers.weight[l.speakers.key(n)]++
		}
	}
}

// isLabel says whether what stands before a colon is a label, never a person.
func isLabel(names []string) bool {
	for _, n := range names {
		key := strings.TrimRight(strings.ReplaceAll(narrowed(n), " ", ""), "0123456789一二三四五六七八九十")
		if labelField(key) != fieldNone || noteLabel(key) || cameraLabel(key) || titleKey(key) {
			return true
		}
	}
	return false
}

// learnStyle measures blank lines and action marks.
func (l *layout) learnStyle() {
	touching, filled, marks, plain := 0, 0, 0, 0
	for i := l.body; i < len(l.rows); i++ {
		r := &l.rows[i]
		if r.blank {
			continue
		}
		filled++
		if i > 0 && !l.rows[i-1].blank {
			touching++
		}
		if r.Kind == KindAction || !r.known() && wholly(r.flat, '(', ')') {
			marks++
		} else if !r.known() && colonAt(r.flat) < 0 && !l.bareSpeaker(r) && (i == 0 || !l.bareSpeaker(&l.rows[i-1])) {
			plain++
		}
	}
	l.airy = filled >= 6 && touching*5 < filled
	l.marked = marks > 0 && marks >= plain
}

// bareSpeaker says whether a line is nothing but a known name, with or without remarks.
func (l *layout) bareSpeaker(r *row) bool {
	if r.blank || r.known() {
		return false
	}
	_, ok := l.bareCue(r)
	return ok
}

// bareCue reads a name alone on its line. It is asked several times for each line and remembers.
func (l *layout) bareCue(r *row) (cue, bool) {
	if !r.bareRead {
		r.bareRead = true
		if c, ok := l.readBareCue(r); ok {
			r.bare = &c
		}
	}
	if r.bare == nil {
		return cue{}, false
	}
	return *r.bare, true
}

func (l *layout) readBareCue(r *row) (cue, bool) {
	if utf8.RuneCountInString(r.flat) > 24 || colonAt(r.flat) >= 0 {
		return cue{}, false
	}
	var c cue
	clean, _ := c.leadingMode(r.clean, r.flat)
	if !c.head(clean) || isLabel(c.names) {
		return cue{}, false
	}
	if c.remarked && c.mode != "" && !sentence(r.flat) && len(c.names) == 1 {
		return c, true
	}
	for _, n := range c.names {
		if !l.speakers.sure(n) && l.speakers.bare[l.speakers.key(n)] < 3 {
			return cue{}, false
		}
	}
	return c, true
}
