package script

import "strings"

// chinese writes a reading in the layout that Chinese crews use: 1-1 日 内 地点, 人物：…, △ before actions, 名（情绪）：….
// It serves the formats whose own lines are no such text.
func chinese(s *Script) []writtenLine {
	var w chineseWriter
	for i := range s.Front {
		w.line(&s.Front[i], s.Format)
	}
	for i := range s.Episodes {
		e := &s.Episodes[i]
		if e.Label != "" {
			w.blank()
			w.add(KindEpisode, episodeLine(e))
		}
		w.all(e.Front, s.Format)
		for j := range e.Scenes {
			sc := &e.Scenes[j]
			w.blank()
			w.heading(sc)
			w.all(sc.Lines, s.Format)
		}
	}
	return w.out
}

type chineseWriter struct {
	out []writtenLine
	// at is the index of the line that holds the speech being written, -1 when none is.
	at int
}

func (w *chineseWriter) add(kind Kind, text string) {
	w.out = append(w.out, writtenLine{kind, text})
	w.at = -1
}

func (w *chineseWriter) blank() {
	if len(w.out) > 0 {
		w.out = append(w.out, writtenLine{})
	}
}

// episodeLine writes an episode's heading so that it is read as one again.
func episodeLine(e *Episode) string {
	for _, text := range []string{joined(e.Label, e.Name), e.Label + "：" + e.Name} {
		if h, ok := episodeAt(plain(text), narrowed(plain(text))); ok && h.number == e.Number && h.name == e.Name {
			return text
		}
	}
	name := e.Name
	if h, ok := episodeAt(e.Label, narrowed(e.Label)); !ok || h.number != e.Number {
		name = joined(e.Label, e.Name)
	}
	return joined("第"+formatNumber(e.Number, "decimal")+"集", name)
}

// heading writes the first form of a scene's heading that says the same when read again, then its cast.
func (w *chineseWriter) heading(sc *Scene) {
	lines := []string{sc.Heading}
	for _, text := range headingForms(sc) {
		h, trust := sceneAt(plain(text), narrowed(plain(text)))
		if trust == sure && sc.readsAs(&h) {
			lines = []string{text}
			break
		}
	}
	if sc.Label == "" && sc.Interior == "" && sc.Time == "" && sc.Place != "" {
		lines = []string{"场景", "地点：" + sc.Place}
	}
	for _, text := range lines {
		w.add(KindScene, text)
	}
	if cast := peopleOf(sc); len(cast) > 0 {
		w.add(KindCast, "人物："+strings.Join(cast, "、"))
	}
}

// headingForms lists ways to write a heading, the usual one first.
func headingForms(sc *Scene) []string {
	label, removed := sc.Label, ""
	if sc.Deleted {
		removed = "（删）"
	}
	words := joined(sc.Time, sc.Interior, sc.Place)
	forms := []string{joined(words + removed), joined(sideWord(sc.Interior), sc.Place, "-", sc.Time)}
	if label != "" {
		forms = []string{joined(label+removed, words), joined("场"+label+removed, words), joined("第"+label+"场"+removed, words)}
	}
	return forms
}

// peopleOf gives a scene's cast, and whoever speaks in it: a name in the cast list is known when the text is read again.
func peopleOf(sc *Scene) []string {
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		if key := nameKey(name); key != "" && !seen[key] {
			seen[key] = true
			names = append(names, name)
		}
	}
	for _, n := range sc.Cast {
		add(n)
	}
	for i := range sc.Lines {
		for _, sp := range sc.Lines[i].Speeches() {
			for n := range strings.SplitSeq(sp.Speaker, "、") {
				if !crowd(narrowed(nameKey(n))) {
					add(n)
				}
			}
		}
	}
	return names
}

func (w *chineseWriter) all(lines []Line, from Format) {
	w.at = -1
	for i := range lines {
		w.line(&lines[i], from)
	}
}

func (w *chineseWriter) line(l *Line, from Format) {
	text := strings.TrimSpace(visible(l.Text))
	switch l.Kind {
	case KindEpisode, KindCast:
	case KindScene:
		if otherLabel(l) {
			w.add(KindScene, text)
		}
	case KindAction:
		w.action(text)
	case KindSpeech:
		w.speech(l)
	case KindNote:
		if from == Fountain || from == FDX {
			text = noteText(text)
		}
		if text != "" {
			w.add(KindNote, text)
		}
	case KindTitle, KindBio, KindContents, KindEnd, KindUnknown:
		w.add(l.Kind, text)
	}
}

func (w *chineseWriter) action(text string) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "!"))
	if strings.HasPrefix(text, ">") && strings.HasSuffix(text, "<") {
		text = strings.TrimSpace(strings.Trim(text, "><"))
	}
	flat := narrowed(text)
	if !actionMark(flat) && !wholly(flat, '(', ')') {
		text = "△" + text
	}
	w.add(KindAction, text)
}

// speech writes one speech on one line, remarks inside it in brackets.
func (w *chineseWriter) speech(l *Line) {
	if l.More {
		if w.at < 0 {
			return
		}
		to := &w.out[w.at].text
		if l.Manner != "" {
			*to += "（" + l.Manner + "）"
		}
		if last := *to; hasHan(l.Said) || strings.HasSuffix(last, "）") || strings.HasSuffix(last, "：") {
			*to += l.Said
		} else {
			*to = joined(last, l.Said)
		}
		return
	}
	for _, sp := range l.Speeches() {
		head := sp.Speaker
		if sp.Mode != "" && !offScreen(narrowed(nameKey(head))) {
			head += "（" + sp.Mode + "）"
		}
		if sp.Manner != "" {
			head += "（" + sp.Manner + "）"
		}
		w.add(KindSpeech, head+"："+sp.Said)
	}
	w.at = len(w.out) - 1
}

// noteText writes Fountain's own notes as bracket notes; marks alone leave nothing.
func noteText(text string) string {
	key := "备注："
	switch {
	case strings.HasPrefix(text, "="):
		text, key = strings.TrimLeft(text, "= "), "提示："
	case strings.HasPrefix(text, "~"):
		text, key = strings.TrimLeft(text, "~ "), "歌曲："
	case strings.HasPrefix(text, ">"), strings.HasSuffix(text, "TO:"):
		text, key = strings.TrimLeft(text, "> "), "转场："
	case isNote(narrowed(text)) && !strings.Contains(text, "[["):
		return text
	}
	text = strings.NewReplacer("[[", "", "]]", "", "/*", "", "*/", "", "【", "[", "】", "]").Replace(text)
	text = strings.TrimSpace(strings.TrimLeft(text, "# "))
	if !hasLetter(text) {
		return ""
	}
	return "【" + key + text + "】"
}
