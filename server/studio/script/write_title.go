package script

import "strings"

// titlePage writes the lines of a title page that have a key of Fountain's; a Fountain title page keeps its other keys.
func (w *fountainWriter) titlePage(front []Line) {
	titled := false
	for i := range front {
		l := &front[i]
		if l.Kind != KindTitle {
			continue
		}
		key, value, ok := titleField(l)
		switch {
		case ok && key == "Title":
			titled = true
			w.under(strings.TrimSpace(key + ": " + value))
		case ok:
			w.under(strings.TrimSpace(key + ": " + value))
		case w.raw:
			w.under(strings.TrimRight(visible(l.Text), " \t"))
		}
	}
	if name := looseTitle(front); !titled && !w.raw && name != "" {
		rest := w.b.String()
		w.b.Reset()
		w.under("Title: " + name)
		w.b.WriteString(rest)
	}
}

// looseTitle gives the title that stands without a key: 《名》 or the file's first line.
func looseTitle(front []Line) string {
	if len(front) == 0 || front[0].Kind != KindTitle {
		return ""
	}
	clean, flat := unwrap(plain(front[0].Text), narrowed(plain(front[0].Text)))
	if strings.Contains(flat, ":") || !hasLetter(flat) {
		return ""
	}
	return clean
}

// onTitlePage says whether a title line is written on the title page.
func onTitlePage(l *Line) bool {
	_, _, ok := titleField(l)
	return ok
}

// titleField reads 剧名：… and Title：… as the key of a Fountain title page with its value.
func titleField(l *Line) (key, value string, ok bool) {
	clean := strings.TrimSpace(visible(l.Text))
	flat := narrowed(clean)
	i := strings.IndexByte(flat, ':')
	if i < 0 || i > 40 {
		return "", "", false
	}
	key = fountainKey(strings.ReplaceAll(flat[:i], " ", ""))
	return key, strings.TrimSpace(after(clean, flat, i+1)), key != ""
}

// fountainKey gives the key of Fountain's title page for one written in Chinese or English without blanks.
func fountainKey(key string) string {
	switch strings.ToLower(key) {
	case "title", "剧名", "片名", "剧本名", "剧本名称", "剧目", "标题", "题名", "名称":
		return "Title"
	case "credit":
		return "Credit"
	case "author", "authors", "作者", "编剧":
		return "Author"
	case "source", "原著", "原作", "改编":
		return "Source"
	case "draftdate", "date", "日期", "修改日期", "完成日期":
		return "Draft date"
	case "contact", "联系方式", "联系人", "电话":
		return "Contact"
	case "copyright":
		return "Copyright"
	case "revision", "版本", "稿次":
		return "Revision"
	}
	return ""
}
