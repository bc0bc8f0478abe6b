package script

import "strings"

// readComments takes boneyard (/* … */, across anything) and notes ([[ … ]], not across a blank line) out of the
// text. A line of which nothing is left is a note. A comment that is never closed is text.
func (f *fountain) readComments() {
	boneyard, note := f.closers()
	var open string
	for i := range f.rows {
		r := &f.rows[i]
		if r.blank || r.long {
			if r.blank && open == "]]" && !strings.Contains(r.Text, "  ") {
				open = ""
			}
			continue
		}
		var left string
		left, open = uncomment(visible(r.Text), open, boneyard[i+1], note[i+1])
		f.text[i] = strings.TrimSpace(left)
		if f.text[i] == "" && !r.fixed {
			r.Kind = KindNote
		}
	}
}

// closers says for each row whether a boneyard or a note that is open at its start will be closed.
func (f *fountain) closers() (boneyard, note []bool) {
	boneyard, note = make([]bool, len(f.rows)+1), make([]bool, len(f.rows)+1)
	for i := len(f.rows) - 1; i >= 0; i-- {
		r := &f.rows[i]
		boneyard[i] = boneyard[i+1] || !r.long && strings.Contains(r.Text, "*/")
		ends := r.long || r.blank && !strings.Contains(r.Text, "  ")
		note[i] = !ends && (note[i+1] || strings.Contains(r.Text, "]]"))
	}
	return boneyard, note
}

// commented is one line whose comments are being cut out. boneyard and note hold the place of the last closing mark
// of the line, or its end when one follows further down; marks remembers the next opening marks.
type commented struct {
	text           string
	boneyard, note int
	marks          [2]int
}

// uncomment cuts the comments out of one line. open is the mark that will close what the line begins inside;
// the flags say whether a comment left open here is closed further down.
func uncomment(s, open string, boneyard, note bool) (left, stillOpen string) {
	c := commented{text: s, boneyard: strings.LastIndex(s, "*/"), note: strings.LastIndex(s, "]]")}
	if boneyard {
		c.boneyard = len(s)
	}
	if note {
		c.note = len(s)
	}
	var b strings.Builder
	at := 0
	for {
		if open != "" {
			i := strings.Index(s[at:], open)
			if i < 0 {
				return b.String(), open
			}
			at, open = at+i+2, ""
		}
		i, closer := c.next(at)
		if i < 0 {
			b.WriteString(s[at:])
			return b.String(), ""
		}
		b.WriteString(s[at:i])
		at, open = i+2, closer
	}
}

// next finds the first comment at or behind a place that is closed somewhere, and the mark that closes it.
func (c *commented) next(at int) (int, string) {
	yard := c.mark(0, "/*", at, c.boneyard)
	note := c.mark(1, "[[", at, c.note)
	if yard < 0 || note >= 0 && note < yard {
		return note, "]]"
	}
	return yard, "*/"
}

// mark finds an opening mark that has a closing one behind it; what was found ahead before is not searched again.
func (c *commented) mark(k int, open string, at, last int) int {
	if c.marks[k] < at && c.marks[k] >= 0 || c.marks[k] == 0 {
		i := strings.Index(c.text[at:], open)
		if c.marks[k] = i; i >= 0 {
			c.marks[k] = at + i
		}
	}
	if i := c.marks[k]; i >= 0 && last >= i+2 {
		return i
	}
	return -1
}

// readTitlePage names the leading "key: value" lines and their indented continuation, up to the first blank line.
func (f *fountain) readTitlePage() {
	first := 0
	for first < len(f.rows) && f.rows[first].blank {
		first++
	}
	if first == len(f.rows) || !f.titleStart(first) {
		return
	}
	for i := first; i < len(f.rows) && !f.rows[i].blank; i++ {
		if !f.rows[i].fixed {
			f.rows[i].Kind = KindTitle
		}
	}
}

func (f *fountain) titleStart(i int) bool {
	r := &f.rows[i]
	if r.known() || r.long {
		return false
	}
	key, _, ok := strings.Cut(r.flat, ":")
	return titlePageKey(f.text[i]) || ok && titleKey(key)
}
