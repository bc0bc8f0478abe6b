package script

import "strings"

// build puts named lines into episodes and scenes, counts them and collects the warnings.
func build(s *Script, rows []row) (*Script, error) {
	b := builder{script: s, first: firstNumber(rows)}
	for i := range rows {
		if !rows[i].blank {
			b.place(&rows[i])
		}
	}
	b.close()
	s.count()
	s.Warnings = warnings(s, rows)
	return s, nil
}

// builder holds the episode and the scene being filled.
type builder struct {
	script  *Script
	episode *Episode
	scene   *Scene
	// first is the number of the first written episode, -1 when the file has none.
	first int
}

func firstNumber(rows []row) int {
	for i := range rows {
		switch {
		case rows[i].episode != nil:
			return rows[i].episode.number
		case rows[i].scene != nil && rows[i].scene.episode != nil:
			return rows[i].scene.episode.number
		}
	}
	return -1
}

func (b *builder) place(r *row) {
	switch {
	case r.episode != nil:
		b.beginEpisode(r.N, *r.episode)
	case r.scene != nil:
		b.beginScene(r)
	}
	switch {
	case b.scene != nil:
		b.scene.Lines = append(b.scene.Lines, r.Line)
	case b.episode != nil:
		b.episode.Front = append(b.episode.Front, r.Line)
	default:
		b.script.Front = append(b.script.Front, r.Line)
	}
}

func (b *builder) beginEpisode(line int, h episodeHead) {
	b.close()
	b.episode = &Episode{Number: h.number, Label: h.label, Name: h.name, Line: line}
}

func (b *builder) beginScene(r *row) {
	h := r.scene
	switch {
	case h.episode != nil && (b.episode == nil || b.episode.Label == "" || b.episode.Number != h.episode.number):
		b.beginEpisode(r.N, *h.episode)
	case b.episode == nil:
		number := 1
		if b.first == 1 {
			number = 0
		}
		b.beginEpisode(r.N, episodeHead{number: number})
	}
	b.closeScene()
	b.scene = &Scene{
		Label: h.label, Heading: strings.TrimSpace(visible(r.Text)), Place: h.parts.place, Time: h.parts.time,
		Interior: h.parts.interior, Cast: h.parts.cast, Deleted: h.parts.deleted, Line: r.N,
	}
}

func (b *builder) closeScene() {
	if b.scene != nil {
		b.episode.Scenes = append(b.episode.Scenes, *b.scene)
		b.scene = nil
	}
}

func (b *builder) close() {
	b.closeScene()
	if b.episode != nil {
		b.script.Episodes = append(b.script.Episodes, *b.episode)
		b.episode = nil
	}
}

// lines yields every line of the script in the file's order.
func (s *Script) lines(yield func(*Line) bool) {
	each := func(lines []Line) bool {
		for i := range lines {
			if !yield(&lines[i]) {
				return false
			}
		}
		return true
	}
	if !each(s.Front) {
		return
	}
	for i := range s.Episodes {
		e := &s.Episodes[i]
		if !each(e.Front) {
			return
		}
		for j := range e.Scenes {
			if !each(e.Scenes[j].Lines) {
				return
			}
		}
	}
}

func (s *Script) count() {
	c := Counts{Kinds: map[Kind]int{}, Episodes: len(s.Episodes)}
	people, spoken := map[string]bool{}, map[string]bool{}
	for l := range s.lines {
		c.Lines++
		c.Kinds[l.Kind]++
		if l.Kind != KindSpeech {
			continue
		}
		for _, sp := range l.Speeches() {
			c.Speeches++
			if spoken[sp.Speaker] {
				continue
			}
			spoken[sp.Speaker] = true
			for n := range strings.SplitSeq(sp.Speaker, "、") {
				people[nameKey(n)] = true
			}
		}
	}
	for i := range s.Episodes {
		c.Scenes += len(s.Episodes[i].Scenes)
	}
	delete(people, "")
	c.Characters = len(people)
	s.Counts = c
}
