package script

import "strings"

// field is what a structural label announces.
type field string

const (
	fieldNone     field = ""
	fieldTime     field = "time"
	fieldPlace    field = "place"
	fieldInterior field = "interior"
	fieldCast     field = "cast"
	fieldNumber   field = "number"
	fieldOther    field = "other"
)

// label is a line such as 时间：日, with what stands behind the colon.
type label struct {
	field field
	value string
}

// labelField knows the keys of label lines; blanks inside a key do not count.
func labelField(key string) field {
	switch strings.ReplaceAll(key, " ", "") {
	case "时间", "时", "日夜", "时间段":
		return fieldTime
	case "地点", "场景", "地", "场地", "景", "地景":
		return fieldPlace
	case "内外", "内/外", "内外景", "内/外景", "景内外":
		return fieldInterior
	case "人物", "出场人物", "登场人物", "出场角色", "登场角色", "角色", "出场", "演员", "本场人物", "本集人物", "场景人物":
		return fieldCast
	case "场次", "场号":
		return fieldNumber
	case "日期", "天气", "季节", "气氛", "道具", "服装", "服化道", "妆发", "群演", "集数", "时长", "预估时长":
		return fieldOther
	}
	return fieldNone
}

// labelAt reads a label line: 人物：甲、乙, 【时间】日, 时 间：夜.
func labelAt(clean, flat string) (label, bool) {
	if rest, ok := strings.CutPrefix(flat, "【"); ok {
		key, _, closed := strings.Cut(rest, "】")
		if f := labelField(strings.Trim(key, " :")); closed && f != fieldNone {
			value := after(clean, flat, len("【")+len(key)+len("】"))
			return label{f, strings.TrimLeft(value, " \u3000\t:：")}, true
		}
	}
	i := strings.IndexByte(flat, ':')
	if i < 0 || i > 40 {
		return label{}, false
	}
	f := labelField(flat[:i])
	if f == fieldNone {
		return label{}, false
	}
	return label{f, strings.TrimSpace(after(clean, flat, i+1))}, true
}

// structural says whether a label belongs to a scene's own block.
func (b label) structural() bool {
	return b.field != fieldNone && b.field != fieldOther && b.field != fieldNumber
}

// apply writes a label's value into a scene. Values say more than their key at times: 时间：日 内, 地点：屋 夜.
func (b label) apply(h *sceneHead) {
	switch b.field {
	case fieldCast:
		h.parts.cast = append(h.parts.cast, castNames(b.value)...)
	case fieldNumber:
		h.label = b.value
		h.setLabel(narrowed(b.value))
	case fieldPlace, fieldTime, fieldInterior:
		if !headingSized(b.value) {
			return
		}
		var p headingParts
		p.words(b.value)
		if b.field == fieldTime && p.place != "" {
			p = headingParts{time: b.value}
		}
		h.merge(p)
	}
}

// merge fills in what the heading itself left open.
func (h *sceneHead) merge(p headingParts) {
	if h.parts.place == "" {
		h.parts.place = p.place
	}
	if h.parts.time == "" {
		h.parts.time = p.time
	}
	if h.parts.interior == "" {
		h.parts.interior = p.interior
	}
	h.parts.cast = append(h.parts.cast, p.cast...)
}

// labelFollows says whether the next line is a label of a scene's block, or a time or side alone on its line.
func (l *layout) labelFollows(i int) bool {
	n := l.next(i)
	if n < 0 || l.rows[n].long {
		return false
	}
	r := &l.rows[n]
	if b, ok := labelAt(r.clean, r.flat); ok {
		return b.structural()
	}
	return !r.known() && onlyTells(r.clean, r.flat)
}

// onlyTells says whether a line holds nothing but times and sides: 夜 内, 亥时三刻.
func onlyTells(clean, flat string) bool {
	if !headingSized(flat) || longestWord(flat) == "" && !clock.MatchString(flat) {
		return false
	}
	var p headingParts
	p.words(clean)
	return p.place == "" && p.times+p.interiors > 0 && len(p.cast) == 0
}
