package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readFront names the lines before the first episode or scene: title lines, biographies, outline. A file without
// any heading has only its leading title lines there.
func (l *layout) readFront() {
	l.body = l.firstHeading()
	if l.body < 0 {
		l.body = l.titleLines()
		return
	}
	section := KindTitle
	for i := range l.body {
		r := &l.rows[i]
		if r.blank || r.fixed || r.known() && r.Kind != KindCast {
			if r.Kind == KindContents {
				section = KindContents
			}
			continue
		}
		if s, ok := frontSection(r.flat); ok {
			section = s
			r.Kind = s
			continue
		}
		r.Kind = frontKind(r, section)
	}
}

// firstHeading gives the index of the first row that begins an episode or a scene, or -1.
func (l *layout) firstHeading() int {
	for i := range l.rows {
		if l.rows[i].episode != nil || l.rows[i].scene != nil {
			return i
		}
	}
	return -1
}

// titleLines names the leading title lines of a file without headings and gives the index behind them.
func (l *layout) titleLines() int {
	for i := range l.rows {
		r := &l.rows[i]
		if r.blank {
			continue
		}
		key, _, ok := strings.Cut(r.flat, ":")
		if r.fixed && (r.Kind == KindTitle || r.Kind == KindBio || r.Kind == KindContents) {
			continue
		}
		if r.known() || !ok || !titleKey(key) {
			return i
		}
		r.Kind = KindTitle
	}
	return len(l.rows)
}

// frontSection recognises the headings of the front matter: 【人物表】, 故事梗概：….
func frontSection(flat string) (Kind, bool) {
	key, _, _ := strings.Cut(flat, ":")
	key = strings.ReplaceAll(strings.Trim(key, decoration+"一二三四五六七八九十、0123456789"), " ", "")
	if n := utf8.RuneCountInString(key); n < 2 || n > 10 {
		return "", false
	}
	for _, w := range []string{"人物", "角色", "演员表", "主演"} {
		if strings.HasPrefix(key, w) || strings.HasSuffix(key, w) || strings.HasPrefix(key, "主要"+w) {
			return KindBio, true
		}
	}
	for _, w := range []string{"梗概", "大纲", "简介", "故事", "概述", "一句话", "卖点", "背景", "提要", "主题"} {
		if strings.HasSuffix(key, w) || strings.HasPrefix(key, w) && w != "主题" {
			return KindContents, true
		}
	}
	return "", false
}

// frontKind names one line of the front matter by the section it stands in.
func frontKind(r *row, section Kind) Kind {
	key, _, labelled := strings.Cut(r.flat, ":")
	switch {
	case labelled && titleKey(key), !hasLetter(r.flat):
		return KindTitle
	case r.Kind == KindCast, section == KindBio, looksLikeBio(r.flat):
		return KindBio
	case section == KindContents:
		return KindContents
	case utf8.RuneCountInString(r.flat) <= 40 && !strings.Contains(r.flat, "。"):
		return KindTitle
	}
	return KindUnknown
}

// titleKey knows the keys of a title page.
func titleKey(key string) bool {
	switch strings.ReplaceAll(key, " ", "") {
	case "剧名", "片名", "剧本名", "剧本名称", "剧目", "标题", "题名", "名称", "体裁", "题材", "类型", "总集数", "集数", "作者", "编剧",
		"改编", "原著", "原作", "导演", "监制", "出品", "出品方", "制片", "制片人", "日期", "修改日期", "完成日期", "版本", "稿次", "单集时长",
		"备案号", "联系方式", "联系人", "电话", "责编", "策划", "Title", "Author", "Credit", "Draft date":
		return true
	}
	return false
}

// looksLikeBio knows a biography by an age or a sex near the line start.
func looksLikeBio(flat string) bool {
	head := flat
	if len(head) > 120 {
		head = strings.ToValidUTF8(head[:120], "")
	}
	if i := strings.Index(head, "岁"); i > 0 && i < 60 {
		r, _ := utf8.DecodeLastRuneInString(head[:i])
		return unicode.IsDigit(r) || digit(r) >= 0 || strings.ContainsRune("十多余", r)
	}
	for _, w := range []string{",男,", ",女,", " 男 ", " 女 ", "(男", "(女", ":男,", ":女,"} {
		if strings.Contains(head, w) {
			return true
		}
	}
	return false
}

// bioNames gives the names of the people a line tells about; pasted text has all biographies on one line.
func bioNames(clean string) []string {
	if key, rest, ok := strings.Cut(clean, "："); ok {
		if _, section := frontSection(narrowed(key)); section {
			clean = rest
		}
	}
	var names []string
	for i, part := range strings.FieldsFunc(clean, func(r rune) bool { return strings.ContainsRune("。；;", r) }) {
		part = strings.TrimSpace(part)
		flat := narrowed(part)
		if i > 0 && !looksLikeBio(flat) && !shortKey(flat) {
			continue
		}
		if n := bioName(part); n != "" && !bioWord(n) {
			names = append(names, n)
		}
	}
	return names
}

// shortKey says whether a part begins like 陆沉舟：总裁.
func shortKey(flat string) bool {
	i := strings.IndexByte(flat, ':')
	n := utf8.RuneCountInString(flat[:max(i, 0)])
	return n >= 2 && n <= 4
}

// bioWord knows the keys inside a biography, which are no names.
func bioWord(s string) bool {
	switch s {
	case "性格", "身份", "年龄", "外貌", "外形", "职业", "背景", "关系", "特点", "经历", "性别", "人物", "角色", "姓名", "设定", "口头禅":
		return true
	}
	return false
}

// bioName gives the name a biography line begins with; empty when it begins with none.
func bioName(clean string) string {
	s := strings.TrimLeft(clean, "0123456789０１２３４５６７８９、.．·•●*-— \u3000\t")
	end := strings.IndexFunc(s, func(r rune) bool { return strings.ContainsRune(":(,-【[|/。", narrow(r)) })
	if end >= 0 {
		s = s[:end]
	} else if utf8.RuneCountInString(s) > 12 && strings.IndexFunc(s, func(r rune) bool { return narrow(r) == ' ' }) < 0 {
		return ""
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return narrow(r) == ' ' })
	if len(fields) == 0 {
		return ""
	}
	name := fields[0]
	if len(fields) > 1 && oneHan(fields[0]) && oneHan(fields[1]) && fields[1] != "男" && fields[1] != "女" {
		name += fields[1]
	}
	if !nameShaped(name) || utf8.RuneCountInString(name) > 10 || titleKey(name) {
		return ""
	}
	return name
}

// hasLetter says whether a line holds any letter or digit.
func hasLetter(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}
