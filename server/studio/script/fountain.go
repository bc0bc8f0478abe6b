package script

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readFountain names every line of a Fountain script. It is generous where Chinese writers are: a forced heading
// needs no blank lines, a known name needs no @, and a section such as # 第1集 is an episode.
func readFountain(rows []row) {
	f := &fountain{rows: rows, text: make([]string, len(rows)), names: map[string]bool{}}
	f.readComments()
	f.readTitlePage()
	f.readNames()
	for i := range rows {
		f.row(i)
	}
}

// fountain is one reading. text holds each line without boneyard and notes, trimmed.
type fountain struct {
	rows  []row
	text  []string
	names map[string]bool
	// talk is the cue whose dialogue is open; handed is the last one that a person named, and the row it stands on.
	talk     *cue
	handed   *cue
	handedAt int
	// scene is the scene that is open, episode the number of the last episode.
	scene   *sceneHead
	episode int
}

func (f *fountain) row(i int) {
	r := &f.rows[i]
	if r.blank {
		if !strings.Contains(r.Text, "  ") {
			f.talk = nil
		}
		return
	}
	if r.fixed {
		f.byHand(i)
		return
	}
	if r.known() {
		f.castNote(r)
		return
	}
	t := f.text[i]
	if f.talk != nil && !breaksTalk(t) {
		f.said(r, t)
		return
	}
	f.talk = nil
	if f.cast(r, t) || f.forced(r, t) || f.heading(i, t) || f.cue(i, t) {
		return
	}
	r.Kind = KindAction
	if f.transition(i, t) || f.above(i) && isNote(narrowed(t)) {
		r.Kind = KindNote
	}
}

// byHand names a row whose kind a person chose; the signs that would say otherwise are taken off.
func (f *fountain) byHand(i int) {
	r, t := &f.rows[i], f.text[i]
	if t == "" {
		t = r.clean
	}
	switch r.Kind {
	case KindScene:
		t = strings.TrimSpace(strings.TrimLeft(t, ".#"))
	case KindEpisode:
		t = strings.TrimSpace(strings.TrimLeft(t, "#"))
	}
	talk := f.talk
	if talk == nil && f.handed != nil && f.handedAt == i-1 {
		talk = f.handed
	}
	f.handed, f.handedAt, f.talk = byHand(r, t, talk, &f.scene, &f.episode), i, nil
	if f.handed != nil && (f.handed.said == "" || r.More) {
		f.talk = f.handed
	}
}

// breaksTalk says whether a line ends a dialogue although no blank line does.
func breaksTalk(t string) bool {
	return strings.HasPrefix(t, "@") || strings.HasPrefix(t, "#") || strings.HasPrefix(t, "!") || forcedHeading(t) && hasHan(t)
}

// forced names the lines whose first sign says what they are.
func (f *fountain) forced(r *row, t string) bool {
	switch {
	case isEnd(narrowed(t)):
		r.Kind = KindEnd
	case strings.HasPrefix(t, "!"):
		r.Kind = KindAction
	case strings.HasPrefix(t, "="), strings.HasPrefix(t, "~"):
		r.Kind = KindNote
	case strings.HasPrefix(t, ">") && strings.HasSuffix(t, "<"):
		r.Kind = KindAction
	case strings.HasPrefix(t, ">"):
		r.Kind = KindNote
	case strings.HasPrefix(t, "#"):
		f.section(r, strings.TrimSpace(strings.TrimLeft(t, "#")))
	case forcedHeading(t):
		f.begin(r, fountainHeading(t[1:]))
	default:
		return false
	}
	return true
}

// section reads # 第1集 as an episode and ## 1-1 日 内 地点 as a scene; any other section is a note.
func (f *fountain) section(r *row, t string) {
	flat := narrowed(t)
	r.Kind = KindNote
	if h, trust := sceneAt(t, flat); trust == sure {
		f.begin(r, h)
		return
	}
	if h, ok := episodeAt(t, flat); ok {
		f.beginEpisode(r, h)
	}
}

func (f *fountain) begin(r *row, h sceneHead) {
	r.scene, r.Kind, f.scene = &h, KindScene, &h
	if h.episode != nil {
		f.episode = h.episode.number
	}
}

func (f *fountain) beginEpisode(r *row, h episodeHead) {
	r.episode, r.Kind, f.scene = &h, KindEpisode, nil
	f.episode = h.number
}

// heading reads INT. and EXT. between blank lines, and 内景 or a numbered heading below one.
func (f *fountain) heading(i int, t string) bool {
	r := &f.rows[i]
	if !f.above(i) {
		return false
	}
	var h sceneHead
	switch {
	case latinHeading.MatchString(t) && (hasHan(t) || f.below(i)):
		h = fountainHeading(t)
	case hasHan(t):
		if e, ok := episodeAt(t, narrowed(t)); ok {
			f.beginEpisode(r, e)
			return true
		}
		var trust trust
		if h, trust = sceneAt(t, narrowed(t)); trust != sure {
			return false
		}
	default:
		return false
	}
	f.begin(r, h)
	return true
}

// above and below say whether the neighbouring line is blank, or nothing but a comment.
func (f *fountain) above(i int) bool { return i == 0 || f.text[i-1] == "" && !f.rows[i-1].long }
func (f *fountain) below(i int) bool {
	return i+1 >= len(f.rows) || f.text[i+1] == "" && !f.rows[i+1].long
}

// fountainHeading takes a heading apart whose dot is off. It never fails: a forced heading may say anything.
func fountainHeading(t string) sceneHead {
	flat := narrowed(t)
	if hasHan(t) && headingSized(flat) {
		if h, trust := numberedOrPlain(t, flat); trust == sure {
			return h
		}
	}
	var h sceneHead
	if headingSized(flat) {
		if n := hashNumber.FindStringSubmatchIndex(flat); n != nil {
			h.label = cut(t, flat, n[2], n[3])
			t = strings.TrimSpace(cut(t, flat, 0, n[0]))
			flat = narrowed(t)
		}
	}
	if m := interiorFirst.FindStringIndex(flat); m != nil {
		h.parts.side(interiorWord(strings.TrimRight(flat[:m[1]], " .、:,·-")))
		t = after(t, flat, m[1])
	}
	switch {
	case hasHan(t) && headingSized(flat):
		h.parts.words(t)
	default:
		h.parts.latin(t)
	}
	return h
}

// latin reads PLACE - DAY; only the last part, or the last word, can be the time, for DAY CARE is a place.
func (p *headingParts) latin(t string) {
	parts := strings.Split(t, " - ")
	for i := len(parts) - 1; i > 0; i-- {
		word, rest, _ := strings.Cut(strings.TrimSpace(parts[i]), " ")
		if englishTime(word) {
			p.at(word)
			parts[i] = rest
			break
		}
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" })
	text := strings.TrimSpace(strings.Join(parts, " - "))
	if i := strings.LastIndexByte(text, ' '); p.times == 0 && i > 0 && englishTime(text[i+1:]) {
		p.at(text[i+1:])
		text = text[:i]
	}
	p.place = trimSeparators(text)
}

// cue reads a character line: forced, in capitals below a blank line, or a name already known.
func (f *fountain) cue(i int, t string) bool {
	r := &f.rows[i]
	if c, ok := f.inline(t); ok {
		c.fill(r)
		return true
	}
	name := strings.TrimSpace(strings.TrimSuffix(t, "^"))
	forced := strings.HasPrefix(name, "@")
	name = strings.TrimSpace(strings.TrimPrefix(name, "@"))
	if len(name) > 200 || !forced && latinHeading.MatchString(name) {
		return false
	}
	var c cue
	if !c.head(name) || !forced && (!f.above(i) || f.below(i) || !f.namesSomeone(name, c.names)) {
		return false
	}
	if c.mode == "OS" && !hasHan(name) {
		c.mode = "VO"
	}
	c.fill(r)
	f.talk = &c
	return true
}

// inline reads 名：text for a name already known, as writers mix it in.
func (f *fountain) inline(t string) (cue, bool) {
	if !hasHan(t) {
		return cue{}, false
	}
	c, ok := cueAt(t, narrowed(t))
	if !ok || isLabel(c.names) {
		return cue{}, false
	}
	for _, n := range c.names {
		if !f.names[nameKey(n)] && !crowd(narrowed(nameKey(n))) {
			return cue{}, false
		}
	}
	return c, true
}

// namesSomeone says whether a line below a blank one is a name: capitals, or a name met with @.
func (f *fountain) namesSomeone(text string, names []string) bool {
	if hasHan(text) {
		for _, n := range names {
			if !f.names[nameKey(n)] {
				return false
			}
		}
		return true
	}
	base, _ := brackets(text)
	upper := false
	for _, r := range base {
		if unicode.IsLower(r) {
			return false
		}
		upper = upper || unicode.IsUpper(r)
	}
	return upper
}

func (c *cue) fill(r *row) {
	r.Kind = KindSpeech
	r.Speaker, r.Mode, r.Manner, r.Said = strings.Join(c.names, "、"), c.mode, c.manner, c.said
}

// said names a line below a cue.
func (f *fountain) said(r *row, t string) {
	line := cue{names: f.talk.names, mode: f.talk.mode, said: strings.TrimSpace(strings.TrimPrefix(t, "~"))}
	line.leadingRemarks()
	line.fill(r)
	r.More = true
}

// transition knows lines in capitals that end in TO: and stand alone.
func (f *fountain) transition(i int, t string) bool {
	if !strings.HasSuffix(t, "TO:") && t != "FADE IN:" && t != "FADE OUT." && t != "FADE OUT" {
		return false
	}
	return strings.ToUpper(t) == t && f.above(i) && f.below(i) && utf8.RuneCountInString(t) <= 60
}
