package script

import (
	"strings"
	"unicode/utf8"
)

// readNotes names the lines that are wholly a note, and the lines that carry an action mark.
func (l *layout) readNotes() {
	for i := l.body; i < len(l.rows); i++ {
		r := &l.rows[i]
		switch {
		case r.blank || r.known():
		case isNote(r.flat):
			r.Kind = KindNote
		case actionMark(r.flat):
			r.Kind = KindAction
		}
	}
}

// actionMark knows the signs that open an action line.
func actionMark(flat string) bool {
	return strings.ContainsRune("△▲Δ∆◇◆▽▼", firstRune(flat))
}

// isNote recognises 【字幕：…】, 字幕：…, [SFX], 定格, （闪回）and divider lines.
func isNote(flat string) bool {
	if strings.Trim(flat, "-=*_#.·+ ") == "" {
		return strings.Trim(flat, ". ") != ""
	}
	if wholly(flat, '【', '】') || wholly(flat, '[', ']') {
		return true
	}
	inside := flat
	if wholly(flat, '(', ')') {
		inside = strings.Trim(flat, "() ")
	}
	if key, _, ok := strings.Cut(inside, ":"); ok && len(key) <= 40 {
		return noteLabel(strings.ReplaceAll(key, " ", ""))
	}
	return utf8.RuneCountInString(inside) <= 12 && noteWord(strings.Trim(inside, " -。.…·"))
}

// wholly says whether a line is nothing but groups in one sort of bracket.
func wholly(flat string, open, end rune) bool {
	if firstRune(flat) != open {
		return false
	}
	depth := 0
	for _, r := range flat {
		switch {
		case r == open:
			depth++
		case r == end:
			if depth--; depth < 0 {
				return false
			}
		case depth == 0 && r != ' ':
			return false
		}
	}
	return depth == 0
}
