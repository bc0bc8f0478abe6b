package script

import (
	"strings"
	"unicode/utf8"
)

// Person gives the name of somebody whom a scene needs, as a cast list or a speech has it. ok is false for groups
// (众人, 群演若干), for voices that nobody plays (旁白, VO) and for labels.
func Person(name string) (string, bool) {
	var c cue
	name = strings.TrimSpace(withoutBrackets(visible(name)))
	name = headcount.ReplaceAllString(strings.TrimFunc(c.trailingMode(name), nameEdge), "")
	name = joinPadded(name)
	switch n := utf8.RuneCountInString(name); {
	case n == 0, n > 30, n > 16 && hasHan(name), !hasLetter(narrowed(name)), strings.ContainsAny(narrowed(name), ":。,!?"):
		return "", false
	}
	if several(narrowed(name)) || group(nameKey(name)) || modeOf(name) != "" || isLabel([]string{name}) {
		return "", false
	}
	return name, true
}

// nameEdge knows the marks that stand around a name in a list and are no part of it.
func nameEdge(r rune) bool { return narrow(r) == ' ' || strings.ContainsRune("。.:：等*-", r) }

// several knows the entries of a cast list that stand for nobody in particular.
func several(s string) bool {
	for _, w := range []string{"全员", "所有人", "若干", "群演", "全体", "众人", "等人", "其他", "其余", "群众演员"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return s == "无" || s == "群众"
}

// group knows the speakers who are many, or heard only: a scene needs nobody in particular for them.
func group(key string) bool {
	switch key {
	case "众", "所有人", "大家", "群众", "齐声", "合", "观众", "民众", "听众", "路人", "宾客", "龙套", "特约", "旁白", "画外音", "男声", "女声", "童声",
		"众声", "系统音", "系统提示", "系统提示音", "提示音", "语音播报", "广播", "电话那头", "NARRATOR", "ALL", "BOTH", "EVERYONE", "CROWD", "VOICE":
		return true
	}
	first, size := utf8.DecodeRuneInString(key)
	second, _ := utf8.DecodeRuneInString(key[size:])
	switch {
	case strings.HasSuffix(key, "们"), strings.HasPrefix(key, "一群"), strings.HasPrefix(key, "一众"), strings.HasPrefix(key, "一帮"):
		return true
	case first == '众':
		return true
	}
	return strings.ContainsRune("两二三四五六七八九十几数多", first) && strings.ContainsRune("名个位群", second)
}

// Props lists what a line such as 道具：手机、戒指 names; every other line names nothing.
func Props(l Line) []string {
	switch l.Kind {
	case KindScene, KindNote, KindAction, KindUnknown, KindCast:
	default:
		return nil
	}
	text := strings.TrimLeftFunc(visible(l.Text), func(r rune) bool { return strings.ContainsRune(" △▲Δ∆◇【[(*#", narrow(r)) })
	flat := narrowed(text)
	end := strings.IndexAny(flat, ":】")
	if end < 0 || !propKey(strings.NewReplacer(" ", "", "*", "").Replace(flat[:end])) {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	list := withoutBrackets(strings.TrimLeftFunc(after(text, flat, end), func(r rune) bool { return strings.ContainsRune(":】* ", narrow(r)) }))
	parts := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、,;/|。", narrow(r)) })
	if len(parts) == 1 && hasHan(list) {
		parts = strings.FieldsFunc(list, func(r rune) bool { return narrow(r) == ' ' })
	}
	for _, p := range parts {
		p = strings.TrimFunc(p, func(r rune) bool { return nameEdge(r) && r != '等' || r == '】' || r == ']' })
		p = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(headcount.ReplaceAllString(p, ""), "等"), "若干"))
		key := nameKey(p)
		if p == "" || p == "无" || !hasLetter(narrowed(p)) || utf8.RuneCountInString(p) > 30 || seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, p)
	}
	return out
}

// propKey knows the keys of lines that list props.
func propKey(key string) bool {
	switch strings.ToUpper(key) {
	case "道具", "主要道具", "重要道具", "关键道具", "特殊道具", "本场道具", "随身道具", "戏用道具", "PROP", "PROPS":
		return true
	}
	return false
}
