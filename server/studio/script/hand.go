package script

import (
	"slices"
	"strings"
)

// setByHand gives lines the kinds a person chose. The readers leave such a line its kind and read out of its text what
// the kind needs.
func setByHand(rows []row, kinds map[int]Kind) error {
	lines := make([]int, 0, len(kinds))
	for n := range kinds {
		lines = append(lines, n)
	}
	slices.Sort(lines)
	for _, n := range lines {
		kind := kinds[n]
		if n < 1 || n > len(rows) || rows[n-1].blank || !slices.Contains(Kinds(), kind) {
			return &RefusedError{Code: RefusedCorrection, Line: n}
		}
		r := &rows[n-1]
		if r.long {
			if kind == KindEpisode || kind == KindScene {
				return &RefusedError{Code: RefusedCorrection, Line: n}
			}
			r.clean = plain(r.Text)
			r.flat = narrowed(r.clean)
		}
		r.Kind, r.fixed = kind, true
	}
	return nil
}

// episodeByHand reads an episode heading that a person named. It never fails: without a number the line is its own
// label, and number is -1 for the reader to count on.
func episodeByHand(clean, flat string) episodeHead {
	if h, ok := episodeAt(clean, flat); ok {
		return h
	}
	if h, rest, ok := episodePrefix(clean, flat); ok && headingSized(flat) {
		h.name = trimClosing(trimSeparators(rest))
		return h
	}
	return episodeHead{number: -1, label: clean}
}

// sceneByHand reads a scene heading that a person named; what says nothing else is the place.
func sceneByHand(clean, flat string) sceneHead {
	if h, trust := sceneAt(clean, flat); trust != none {
		return h
	}
	return fountainHeading(clean)
}

// byHand names one line of a format whose lines say what they are. It gives the cue that is open behind the line.
func byHand(r *row, text string, talk *cue, scene **sceneHead, episode *int) *cue {
	flat := narrowed(text)
	switch r.Kind {
	case KindEpisode:
		e := episodeByHand(text, flat)
		if e.number < 0 {
			e.number = *episode + 1
		}
		*episode, *scene, r.episode = e.number, nil, &e
	case KindScene:
		h := sceneByHand(text, flat)
		if h.episode != nil {
			*episode = h.episode.number
		}
		*scene, r.scene = &h, &h
	case KindCast:
		list := text
		if b, ok := labelAt(text, flat); ok {
			list = b.value
		}
		if *scene != nil {
			(*scene).parts.cast = append((*scene).parts.cast, castNames(list)...)
		}
	case KindSpeech:
		return speechByHand(r, text, talk)
	}
	return nil
}

// speechByHand splits a name off the line if it can, else lets it carry on the speech above, else takes it for a name.
func speechByHand(r *row, text string, talk *cue) *cue {
	c, ok := cueAt(text, narrowed(text))
	switch {
	case ok:
	case talk != nil:
		c = cue{names: talk.names, mode: talk.mode, said: text}
		c.leadingRemarks()
		r.More = true
	case len(text) > maxNameLine || !c.head(strings.Trim(text, "@^ ")):
		c = cue{said: text}
	}
	c.fill(r)
	return &c
}

// maxNameLine is the longest line, in bytes, that can be a name alone.
const maxNameLine = 200
