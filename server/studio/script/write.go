package script

import (
	"fmt"
	"strings"
)

// Write writes a reading anew: TXT with the original lines, strict Fountain, or a Word file. Reading the result again
// gives the same episodes, scenes and speeches. Final Draft is only read; a reading of it becomes TXT and Word in the
// usual Chinese layout.
func Write(s *Script, f Format) ([]byte, error) {
	switch f {
	case Text:
		return writeText(s), nil
	case Fountain:
		return writeFountain(s), nil
	case Docx:
		return writeDocx(s)
	case FDX:
	}
	return nil, fmt.Errorf("a script is not written as %q", f)
}

// writtenLine is one line on its way out; a blank one has no kind.
type writtenLine struct {
	kind Kind
	text string
}

// original gives the lines as they were delivered, at their own places.
func original(s *Script) []writtenLine {
	var out []writtenLine
	for l := range s.lines {
		for len(out) < l.N-1 {
			out = append(out, writtenLine{})
		}
		out = append(out, writtenLine{l.Kind, l.Text})
	}
	return out
}

// writeText writes UTF-8 with a byte order mark and CRLF, which every Windows editor opens rightly.
func writeText(s *Script) []byte {
	lines := original(s)
	if s.Format == FDX {
		lines = chinese(s)
	}
	var b strings.Builder
	b.WriteString("\uFEFF")
	for _, l := range lines {
		b.WriteString(l.text)
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}

// Speeches gives what is said on a line, in order; nothing for a line that carries on the speech above it.
func (l *Line) Speeches() []Speech {
	if l.Kind != KindSpeech || l.More {
		return nil
	}
	return append([]Speech{{Speaker: l.Speaker, Mode: l.Mode, Manner: l.Manner, Said: l.Said}}, l.Also...)
}

// sameLabel says whether two labels mean one number: 一 and 1, １－２ and 1-2, +场 and 加场.
func sameLabel(a, b string) bool {
	if nameKey(a) == nameKey(b) || inserted.MatchString(a) && inserted.MatchString(b) {
		return true
	}
	n, ok := Numeral(a)
	m, also := Numeral(b)
	return ok && also && n == m
}

// asciiLabel writes a label with the signs that Fountain allows in a scene number, or gives nothing.
func asciiLabel(label string) string {
	flat := strings.ReplaceAll(narrowed(label), " ", "")
	if m := hashNumber.FindStringSubmatch("#" + flat + "#"); m != nil && m[1] == flat {
		return flat
	}
	if n, ok := Numeral(flat); ok {
		return fmt.Sprint(n)
	}
	return ""
}

// readsAs says whether a heading that was read again says the same as the scene.
func (sc *Scene) readsAs(h *sceneHead) bool {
	return sameLabel(h.label, sc.Label) && h.parts.place == sc.Place && h.parts.time == sc.Time && h.parts.interior == sc.Interior &&
		h.parts.deleted == sc.Deleted && h.episode == nil
}

// sideWord is how a side is written at the front of a heading.
func sideWord(interior string) string {
	switch interior {
	case "内":
		return "内景"
	case "外":
		return "外景"
	case "内/外":
		return "内外景"
	}
	return ""
}

// joined joins the words that are not empty.
func joined(words ...string) string {
	var b strings.Builder
	for _, w := range words {
		if w == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// otherLabel says whether a line of a heading's block holds what the heading itself does not: 天气：雨.
func otherLabel(l *Line) bool {
	clean := plain(l.Text)
	b, ok := labelAt(clean, narrowed(clean))
	return ok && b.field == fieldOther
}
