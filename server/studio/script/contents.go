package script

import (
	"strings"
	"unicode/utf8"
)

// outlineGap is how many lines an outline spends on one episode before it looks like a script.
const outlineGap = 8

// readContents takes back episode headings that only list what follows: entries with page numbers, entries under
// 目录, runs of bare entries, and outlines whose numbers all come again.
func (l *layout) readContents() {
	heads := l.headings()
	last := map[int]int{}
	for k, i := range heads {
		last[l.rows[i].episode.number] = k
	}
	for k, i := range heads {
		r := &l.rows[i]
		again := last[r.episode.number]
		switch {
		case r.fixed:
		case pagePattern.MatchString(r.flat), strings.Contains(r.episode.name, "\t"):
			l.list(i)
		case again > k && l.onlyListed(heads, k, again):
			l.list(i)
		}
	}
	l.readHeadedList()
}

// readHeadedList takes back the unbroken, rising list of entries below the word 目录.
func (l *layout) readHeadedList() {
	listing, last := false, 0
	for i := range l.rows {
		r := &l.rows[i]
		switch {
		case r.blank, r.Kind == KindContents:
		case !r.known() && isContentsWord(r.flat):
			r.Kind = KindContents
			listing, last = true, 0
		case listing && r.episode != nil && !r.fixed && r.episode.number > last && !l.bodyFollows(i):
			last = r.episode.number
			l.list(i)
		default:
			listing = false
		}
	}
}

// headings gives the indexes of the rows that look like episode headings.
func (l *layout) headings() []int {
	var heads []int
	for i := range l.rows {
		if l.rows[i].episode != nil {
			heads = append(heads, i)
		}
	}
	return heads
}

func (l *layout) list(i int) {
	l.rows[i].episode = nil
	l.rows[i].Kind = KindContents
}

// onlyListed says whether heading k is an entry: few lines up to the next heading, none of them a scene, and the
// number comes again.
func (l *layout) onlyListed(heads []int, k, again int) bool {
	end := heads[k+1]
	lines := 0
	for i := heads[k] + 1; i < end; i++ {
		r := &l.rows[i]
		if r.blank {
			continue
		}
		if lines++; lines > outlineGap || l.startsScene(i) {
			return false
		}
	}
	return lines == 0 || again > k+1 || l.scenesBelow(heads, again)
}

// scenesBelow says whether a scene follows heading k before the next heading.
func (l *layout) scenesBelow(heads []int, k int) bool {
	end := len(l.rows)
	if k+1 < len(heads) {
		end = heads[k+1]
	}
	for i := heads[k] + 1; i < end; i++ {
		if !l.rows[i].blank && l.startsScene(i) {
			return true
		}
	}
	return false
}

// startsScene is a first look, before scenes are read: does this line alone, or with its label lines, head a scene?
func (l *layout) startsScene(i int) bool {
	r := &l.rows[i]
	if r.long || r.known() {
		return false
	}
	_, trust := sceneAt(r.clean, r.flat)
	return trust == sure || trust != none && l.labelFollows(i)
}

// bodyFollows says whether the next line already belongs to an episode.
func (l *layout) bodyFollows(i int) bool {
	n := l.next(i)
	return n >= 0 && l.rows[n].episode == nil && l.startsScene(n)
}

// isContentsWord recognises the heading of a table of contents.
func isContentsWord(flat string) bool {
	word := strings.ReplaceAll(strings.Trim(flat, decoration+":"), " ", "")
	if utf8.RuneCountInString(word) > 12 {
		return false
	}
	switch strings.ToLower(word) {
	case "目录", "目錄", "集目", "分集目录", "剧集目录", "contents", "tableofcontents":
		return true
	}
	return false
}
