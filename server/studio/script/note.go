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
	if captioned(flat) {
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

// captioned knows lines such as [画面文字] 三年后 and 【字幕】三年后: a key in brackets, its text behind it.
func captioned(flat string) bool {
	for _, pair := range []string{"【】", "[]"} {
		open, size := utf8.DecodeRuneInString(pair)
		rest, ok := strings.CutPrefix(flat, string(open))
		key, rest, closed := strings.Cut(rest, pair[size:])
		if ok && closed && caption(strings.ReplaceAll(key, " ", "")) && !actionMark(strings.TrimSpace(rest)) {
			return true
		}
	}
	return false
}

// caption knows the keys whose text is shown or heard, not played.
func caption(key string) bool {
	switch strings.ToUpper(key) {
	case "字幕", "字幕条", "花字", "画面文字", "屏幕文字", "音效", "声效", "音乐", "配乐", "背景音乐", "特效", "SFX", "VFX", "BGM", "SUPER", "TITLE":
		return true
	}
	return false
}
