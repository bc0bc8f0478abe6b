package script

import (
	"strings"
	"unicode"
)

// writeFountain writes strict Fountain (fountain.io/syntax): @ before names that have no capitals, a full stop before
// headings that do not begin with INT or EXT, sections for episodes, ! before actions that could be taken for something
// else. What Fountain has no element for, such as biographies and cast lists, becomes a note.
func writeFountain(s *Script) []byte {
	w := fountainWriter{raw: s.Format == Fountain, fdx: s.Format == FDX}
	w.titlePage(s.Front)
	w.all(s.Front)
	for i := range s.Episodes {
		e := &s.Episodes[i]
		if e.Label != "" {
			w.apart("# " + sectionLine(e))
		}
		w.all(e.Front)
		for j := range e.Scenes {
			w.heading(&e.Scenes[j])
			w.all(e.Scenes[j].Lines)
		}
	}
	return []byte(w.b.String())
}

// fountainWriter writes lines and the blank ones between them.
type fountainWriter struct {
	b strings.Builder
	// raw is true when the lines are Fountain already.
	raw, fdx bool
	// last and lastN are the kind and the number of the line written before.
	last  Kind
	lastN int
	// silent is true when no line carries on the one being written.
	silent bool
}

// apart writes a line with a blank one above it, under writes one right below the last.
func (w *fountainWriter) apart(text string) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	w.under(text)
}

func (w *fountainWriter) under(text string) {
	w.b.WriteString(text)
	w.b.WriteByte('\n')
}

func (w *fountainWriter) all(lines []Line) {
	w.last, w.lastN = "", 0
	for i := range lines {
		l := &lines[i]
		w.silent = i+1 == len(lines) || !lines[i+1].More
		w.line(l)
		w.last, w.lastN = l.Kind, l.N
	}
}

// follows says whether a line stood right below the one written before it.
func (w *fountainWriter) follows(l *Line, kinds ...Kind) bool {
	for _, k := range kinds {
		if w.raw && w.last == k && w.lastN == l.N-1 {
			return true
		}
	}
	return false
}

func (w *fountainWriter) line(l *Line) {
	text := strings.TrimSpace(visible(l.Text))
	switch l.Kind {
	case KindEpisode:
	case KindTitle:
		if !w.raw && !onTitlePage(l) {
			w.note(text)
		}
	case KindScene:
		if otherLabel(l) {
			w.note(text)
		}
	case KindBio, KindContents, KindCast:
		w.note(text)
	case KindSpeech:
		w.speech(l)
	case KindNote:
		w.remark(l, text)
	case KindEnd:
		w.apart(text)
	case KindAction, KindUnknown:
		text = w.action(text, l.Kind)
		if w.follows(l, KindAction) {
			w.under(text)
			return
		}
		w.apart(text)
	}
}

// note writes a line as a note of its own.
func (w *fountainWriter) note(text string) {
	if strings.HasPrefix(text, "[[") && strings.HasSuffix(text, "]]") {
		w.apart(text)
		return
	}
	w.apart("[[" + strings.NewReplacer("[[", "[ [", "]]", "] ]").Replace(text) + "]]")
}

// remark writes a note of the script, such as 字幕：… or a transition. Fountain's own notes stay as they are.
func (w *fountainWriter) remark(l *Line, text string) {
	switch {
	case w.follows(l, KindNote, KindSpeech):
		w.under(text)
	case w.raw:
		w.apart(text)
	case !isNote(narrowed(text)) || w.fdx && strings.HasSuffix(text, "TO:"):
		w.apart("> " + text)
	default:
		w.apart(plainSigns(text))
	}
}

// plainSigns keeps text of other formats from opening a comment.
func plainSigns(text string) string {
	return strings.NewReplacer("[[", "[ [", "/*", "/ *").Replace(text)
}

// action puts ! before an action that could be taken for something else.
func (w *fountainWriter) action(text string, kind Kind) string {
	if w.raw && (strings.HasPrefix(text, "!") || strings.HasPrefix(text, ">") && strings.HasSuffix(text, "<")) {
		return text
	}
	if !w.raw {
		text = plainSigns(text)
	}
	if kind == KindUnknown || misread(text) {
		return "!" + text
	}
	return text
}

// misread says whether an action line between blank lines would be read as another element.
func misread(text string) bool {
	flat := narrowed(text)
	if strings.ContainsRune(".@!>~#=", firstRune(text)) || latinHeading.MatchString(text) || isNote(flat) || isEnd(flat) ||
		strings.HasSuffix(text, ":") || capitals(text) {
		return true
	}
	if b, ok := labelAt(text, flat); ok && b.field == fieldCast {
		return true
	}
	if _, ok := episodeAt(text, flat); ok {
		return true
	}
	if _, ok := cueAt(text, flat); ok {
		return true
	}
	_, trust := sceneAt(text, flat)
	return trust == sure
}

// capitals says whether a text has capital letters, no small ones and nothing Chinese, as Fountain's names do.
func capitals(text string) bool {
	upper := false
	for _, r := range text {
		if unicode.IsLower(r) || unicode.Is(unicode.Han, r) {
			return false
		}
		upper = upper || unicode.IsUpper(r)
	}
	return upper
}

// speech writes a cue with what is said below it, or carries one on.
func (w *fountainWriter) speech(l *Line) {
	if l.More {
		if w.raw && w.last == KindSpeech && w.lastN < l.N-1 {
			w.under("  ")
		}
		w.spoken(l.Manner, l.Said)
		return
	}
	for _, sp := range l.Speeches() {
		name := cueName(&sp)
		if w.silent && sp.Said == "" && sp.Manner == "" && !strings.HasPrefix(name, "@") {
			name = "@" + name // a name above nothing is one only when forced
		}
		if w.raw && strings.HasSuffix(strings.TrimSpace(l.Text), "^") {
			name += " ^"
		}
		w.apart(name)
		w.spoken(sp.Manner, sp.Said)
	}
}

func (w *fountainWriter) spoken(manner, said string) {
	if manner != "" {
		w.under("(" + strings.Trim(manner, "()（） ") + ")")
	}
	if said == "" {
		return
	}
	if breaksTalk(said) {
		// The sign would end the speech; its full-width form is the same sign to a reader.
		said = string(firstRune(said)-'!'+'！') + said[1:]
	}
	if !w.raw {
		said = plainSigns(said)
	}
	w.under(said)
}

// cueName writes who speaks: plain where the name is in capitals, else forced.
func cueName(sp *Speech) string {
	name := sp.Speaker
	if name == "" {
		name = "无名"
	}
	if !capitals(name) || latinHeading.MatchString(name) || strings.HasSuffix(name, "TO:") || !unicode.IsLetter(firstRune(name)) {
		name = "@" + name
	}
	switch {
	case sp.Mode == "VO":
		name += " (V.O.)"
	case sp.Mode == "OS" && hasHan(name):
		name += " (OS)"
	case sp.Mode == "OS":
		name += " (内心独白)"
	}
	return name
}

// sectionLine writes an episode's heading so that its section is read as the episode.
func sectionLine(e *Episode) string {
	text := episodeLine(e)
	if _, trust := sceneAt(text, narrowed(text)); trust == sure {
		return e.Label + "：" + e.Name
	}
	return text
}

// heading writes the first form of a heading that says the same when read again.
func (w *fountainWriter) heading(sc *Scene) {
	number := asciiLabel(sc.Label)
	if number != "" {
		number = "#" + number + "#"
	}
	bare := strings.TrimSpace(strings.TrimLeft(sc.Heading, ".#"))
	dash, removed := "", ""
	if sc.Time != "" {
		dash = "-"
	}
	if sc.Deleted {
		removed = "（删）"
	}
	forms := []string{
		bare, joined(bare, number),
		"." + joined(sideWord(sc.Interior), sc.Place, dash, sc.Time+removed, number),
	}
	for _, f := range headingForms(sc) {
		forms = append(forms, "."+f)
	}
	if inserted.MatchString(narrowed(sc.Label)) {
		// A full stop forces a heading only before a letter or digit, so +场 cannot stand first.
		forms = append(forms, "."+joined("加场", sc.Time, sc.Interior, sc.Place))
	}
	forms = append(forms, "."+bare, ".场景 "+joined(sc.Place, dash, sc.Time, number))
	for _, f := range forms {
		if sc.readsFrom(f) {
			w.apart(f)
			return
		}
	}
	w.apart(forms[len(forms)-1])
}

// readsFrom says whether a line is a heading in strict Fountain and says the same as the scene.
func (sc *Scene) readsFrom(text string) bool {
	if forcedHeading(text) {
		h := fountainHeading(text[1:])
		return sc.readsAs(&h)
	}
	if !latinHeading.MatchString(text) {
		return false
	}
	h := fountainHeading(text)
	return sc.readsAs(&h)
}
