package script

import (
	"strings"
)

// maxSeveral bounds how many speeches are looked for on one line.
const maxSeveral = 200

// innerCue is a possible speech inside a line: where its name begins, in bytes, and what it says.
type innerCue struct {
	at int
	cue
}

// innerCues finds what looks like 名：… behind the end of a sentence or a blank, as in text pasted from a chat, where one
// line holds several speeches. It judges the form only.
func innerCues(text string) []innerCue {
	var found []innerCue
	breaks, from := false, 0
	for i, r := range text {
		if breaks && i >= from && nameStart(r) && len(found) < maxSeveral {
			rest := headOf(text[i:])
			if c, ok := cueAt(rest, narrowed(rest)); ok && !isLabel(c.names) && hasHan(c.names[0]) {
				found = append(found, innerCue{i, c})
				from = i + strings.IndexFunc(rest, func(r rune) bool { return narrow(r) == ':' })
			}
		}
		breaks = strings.ContainsRune("。！？!?…”」』)）】]~～ \t\u3000", r)
	}
	return found
}

// headOf cuts a text to where a speaker's colon may stand, so that long lines are not folded again and again.
func headOf(text string) string {
	n := 0
	for i := range text {
		if n++; n > cueReach+2 {
			return text[:i]
		}
	}
	return text
}

// nameStart says whether a rune can be the first of a name or of the bracket before it.
func nameStart(r rune) bool {
	return strings.ContainsRune("[【", narrow(r)) || !strings.ContainsRune(" -:,.;!?。、…“”‘’()（）", narrow(r))
}

// several takes the speeches of known people off the end of a line, and with often also of those met often. It gives
// what is left before the first of them.
func (l *layout) several(text string, often bool) (string, []Speech) {
	if strings.IndexFunc(text, func(r rune) bool { return narrow(r) == ':' }) < 0 {
		return text, nil
	}
	var cuts []innerCue
	for _, c := range innerCues(text) {
		if l.allSure(c.cue) || often && l.allRepeated(c.cue) {
			cuts = append(cuts, c)
		}
	}
	if len(cuts) == 0 {
		return text, nil
	}
	var out []Speech
	for i, c := range cuts {
		part := text[c.at:]
		if i+1 < len(cuts) {
			part = text[c.at:cuts[i+1].at]
		}
		part = strings.TrimSpace(part)
		one, _ := cueAt(part, narrowed(part))
		out = append(out, Speech{Speaker: strings.Join(one.names, "、"), Mode: one.mode, Manner: one.manner, Said: one.said})
	}
	return strings.TrimSpace(text[:cuts[0].at]), out
}
