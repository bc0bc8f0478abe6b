package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// episodeHead is what an episode heading says.
type episodeHead struct {
	number      int
	label, name string
}

// episodeAt reads an episode heading at the start of a line: 第1集, 【第3集】, 《第六集 名》, EP08 名. A speech that
// mentions an episode, an end mark and 第三集团 are none.
func episodeAt(clean, flat string) (episodeHead, bool) {
	var none episodeHead
	if !headingSized(flat) || isEnd(flat) {
		return none, false
	}
	clean, flat = undecorated(clean, flat)
	if m := titled.FindStringSubmatchIndex(flat); m != nil {
		clean = after(clean, flat, m[2])
		flat = flat[m[2]:]
	}
	h, rest, ok := episodePrefix(clean, flat)
	if !ok {
		return none, false
	}
	opened := strings.ContainsAny(flat[:1], "[(") || strings.HasPrefix(flat, "【") || strings.HasPrefix(flat, "《")
	name, ok := episodeName(rest, opened)
	h.name = name
	return h, ok
}

// episodePrefix reads the number at the line start and gives what follows it.
func episodePrefix(clean, flat string) (episodeHead, string, bool) {
	m := episodePattern.FindStringSubmatchIndex(flat)
	if m == nil {
		return episodeHead{}, "", false
	}
	group := 2
	if m[4] < 0 {
		group = 3
	}
	n, ok := Numeral(flat[m[2*group]:m[2*group+1]])
	if !ok {
		return episodeHead{}, "", false
	}
	rest := after(clean, flat, m[1])
	label := after(clean, flat, m[2])
	label = label[:len(label)-len(rest)]
	if r, _ := utf8.DecodeRuneInString(rest); group == 3 && (unicode.IsDigit(r) || r < utf8.RuneSelf && unicode.IsLetter(r)) {
		return episodeHead{}, "", false
	}
	return episodeHead{number: n, label: label}, rest, true
}

// episodeName judges what follows the number: nothing, or a separator and a title that is no sentence.
func episodeName(rest string, opened bool) (string, bool) {
	flat := narrowed(rest)
	if flat == "" || flat == "!" {
		return "", !opened
	}
	if !strings.ContainsRune(" :-·.|_([《<】》])", firstRune(flat)) {
		return "", false
	}
	name := strings.Trim(rest, " \t\u3000:：-－—–~～·.|_*")
	if opened {
		name = strings.TrimSpace(trimClosing(name))
	}
	flat = narrowed(name)
	if strings.HasPrefix(flat, "《") && strings.HasSuffix(flat, "》") || strings.HasPrefix(flat, "【") && strings.HasSuffix(flat, "】") {
		name, flat = unwrap(name, flat)
	}
	if strings.ContainsAny(flat, "。;") || strings.HasSuffix(flat, ",") || utf8.RuneCountInString(flat) > 40 {
		return "", false
	}
	if strings.Count(flat, "”") > strings.Count(flat, "“") {
		return "", false // the end of a quotation
	}
	if strings.Contains(flat, ",") && strings.ContainsAny(flat, "?!") {
		return "", false // prose, as in a speech below its name
	}
	if episodePattern.MatchString(flat) || strings.HasPrefix(flat, "至") || strings.HasPrefix(flat, "到") {
		return "", false
	}
	return name, true
}

// trimClosing drops the bracket that closes a heading opened before its number, wherever the name stands.
func trimClosing(name string) string {
	for _, c := range []string{"】", "》", "]", "］", ")", "）"} {
		name = strings.TrimPrefix(name, c)
		name = strings.TrimSuffix(name, c)
	}
	return strings.Trim(name, " \t\u3000:：-－—·")
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// readEpisodes marks every line that has the form of an episode heading.
func (l *layout) readEpisodes() {
	for i := range l.rows {
		r := &l.rows[i]
		if r.fixed && r.Kind == KindEpisode {
			h := episodeByHand(r.clean, r.flat)
			r.episode = &h
		}
		if r.blank || r.known() {
			continue
		}
		if _, _, combined := combinedAt(r.clean, r.flat); combined {
			continue
		}
		if h, ok := episodeAt(r.clean, r.flat); ok {
			r.episode = &h
			r.Kind = KindEpisode
		}
	}
}
