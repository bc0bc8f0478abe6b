package script

// readLayout names every line of a Chinese script. The order of the steps is the order of precedence: what an
// earlier step has named, no later step touches. A colon alone proves nothing, so speech comes last.
func readLayout(rows []row) {
	l := &layout{rows: rows, speakers: newSpeakers()}
	l.readEnds()
	l.readEpisodes()
	l.readContents()
	l.readScenes()
	l.readFront()
	l.readNotes()
	l.readSpeakers()
	l.readSpeeches()
}

// layout is one reading of a Chinese script.
type layout struct {
	rows     []row
	speakers *speakers
	// body is the index of the first line after the front matter.
	body int
	// airy is true when nearly every line is followed by a blank one, so that blank lines separate nothing.
	airy bool
	// marked is true when actions carry marks or brackets, so that a bare line may carry on a speech.
	marked bool
}

// next gives the index of the next non-blank row after i, or -1.
func (l *layout) next(i int) int {
	for j := i + 1; j < len(l.rows); j++ {
		if !l.rows[j].blank {
			return j
		}
	}
	return -1
}

// touching says whether row j follows row i with nothing between that ends a speech.
func (l *layout) touching(i, j int) bool {
	return j == i+1 || l.airy && j > i
}

func (l *layout) readEnds() {
	for i := range l.rows {
		if r := &l.rows[i]; !r.blank && !r.known() && isEnd(r.flat) {
			r.Kind = KindEnd
		}
	}
}
