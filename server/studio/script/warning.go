package script

import (
	"sort"
	"strconv"
)

// maxWarnings is how many warnings of one code are listed; the rest is one line of code more.
const maxWarnings = 200

// warner collects warnings and keeps each code to its limit.
type warner struct {
	list  []Warning
	count map[string]int
	// numbered is true when any scene has a label; without any, a missing number means nothing.
	numbered bool
}

func (w *warner) add(code string, line int, params map[string]string) {
	if w.count[code]++; w.count[code] <= maxWarnings {
		w.list = append(w.list, Warning{Code: code, Line: line, Params: params})
	}
}

// warnings says what a person should look at, in the order of the lines.
func warnings(s *Script, rows []row) []Warning {
	w := &warner{count: map[string]int{}, numbered: numbersScenes(s)}
	if s.Guessed {
		w.add(WarnGuessedEncoding, 0, map[string]string{"encoding": string(s.Encoding)})
	}
	w.lines(rows)
	w.speakers(rows)
	w.episodes(s)
	sort.SliceStable(w.list, func(i, j int) bool { return w.list[i].Line < w.list[j].Line })
	codes := make([]string, 0, len(w.count))
	for code, n := range w.count {
		if n > maxWarnings {
			codes = append(codes, code)
		}
	}
	sort.Strings(codes)
	for _, code := range codes {
		w.list = append(w.list, Warning{Code: WarnMore, Params: map[string]string{
			"code": code, "count": strconv.Itoa(w.count[code] - maxWarnings)}})
	}
	return w.list
}

func numbersScenes(s *Script) bool {
	for i := range s.Episodes {
		for j := range s.Episodes[i].Scenes {
			if s.Episodes[i].Scenes[j].Label != "" {
				return true
			}
		}
	}
	return false
}

func (w *warner) lines(rows []row) {
	for i := range rows {
		r := &rows[i]
		switch {
		case r.blank:
		case r.long:
			w.add(WarnLongLine, r.N, nil)
		case r.Kind == KindUnknown:
			w.add(WarnUnknown, r.N, nil)
		}
	}
}

// speakers names each weak speaker once, where he is met first.
func (w *warner) speakers(rows []row) {
	type met struct {
		line, count int
		name, as    string
	}
	var order []string
	seen := map[string]*met{}
	for i := range rows {
		r := &rows[i]
		name, as := r.Speaker, "speech"
		if r.Kind == KindAction {
			name, as = r.suspect, "action"
		}
		if !r.Low || name == "" || r.More {
			continue
		}
		key := as + nameKey(name)
		if seen[key] == nil {
			seen[key] = &met{line: r.N, name: name, as: as}
			order = append(order, key)
		}
		seen[key].count++
	}
	for _, key := range order {
		m := seen[key]
		w.add(WarnLowSpeaker, m.line, map[string]string{"name": m.name, "as": m.as, "count": strconv.Itoa(m.count)})
	}
}

// episodes checks the running numbers of episodes and, inside each, of scenes.
func (w *warner) episodes(s *Script) {
	if len(s.Episodes) == 0 {
		w.add(WarnNoEpisode, 0, nil)
		w.add(WarnNoScene, 0, nil)
		return
	}
	seen, last, carried := map[int]bool{}, 0, 0
	for i := range s.Episodes {
		e := &s.Episodes[i]
		if e.Label == "" {
			w.add(WarnNoEpisode, e.Line, nil)
		} else {
			w.number("episode", e.Line, e.Number, last, i == 0, seen)
		}
		last = max(last, e.Number)
		if len(e.Scenes) == 0 {
			w.add(WarnNoScene, e.Line, map[string]string{"episode": strconv.Itoa(e.Number)})
		}
		carried = w.scenes(e, carried)
	}
}

// number warns when n does not follow last. The first episode of a delivery may have any number.
func (w *warner) number(what string, line, n, last int, first bool, seen map[int]bool) {
	params := map[string]string{"what": what, "number": strconv.Itoa(n)}
	switch {
	case seen[n]:
		w.add(WarnDouble, line, params)
	case n < last:
		w.add(WarnOutOfOrder, line, params)
	case n > last+1 && !first:
		params["expected"] = strconv.Itoa(last + 1)
		w.add(WarnGap, line, params)
	}
	seen[n] = true
}

// scenes checks one episode's labels. Plain numbers may begin at 1 or run on from the episode before; carried is
// the last plain number so far.
func (w *warner) scenes(e *Episode, carried int) int {
	seen := map[string]bool{}
	last, begun := 0, false
	for i := range e.Scenes {
		sc := &e.Scenes[i]
		h := sceneHead{label: sc.Label}
		h.setLabel(narrowed(sc.Label))
		if !h.numbered {
			if sc.Label == "" {
				last++
				if w.numbered {
					w.add(WarnNoNumber, sc.Line, nil)
				}
			}
			continue
		}
		if h.major > 0 && e.Label != "" && h.major != e.Number {
			w.add(WarnEpisodeMismatch, sc.Line, map[string]string{"number": sc.Label, "episode": strconv.Itoa(e.Number)})
		}
		if !begun && h.major == 0 && h.minor == carried+1 {
			last = carried
		}
		last = w.scene(sc, &h, last, seen)
		begun = true
		if h.major == 0 {
			carried = last
		}
	}
	return carried
}

// scene checks one label against the last number and gives the new last number. A letter behind the number marks a
// scene put in later, which stands beside its number.
func (w *warner) scene(sc *Scene, h *sceneHead, last int, seen map[string]bool) int {
	params := map[string]string{"what": "scene", "number": sc.Label}
	key := nameKey(sc.Label)
	switch {
	case seen[key]:
		w.add(WarnDouble, sc.Line, params)
	case h.minor < last:
		w.add(WarnOutOfOrder, sc.Line, params)
	case h.minor > last+1:
		params["expected"] = strconv.Itoa(last + 1)
		w.add(WarnGap, sc.Line, params)
	}
	seen[key] = true
	return max(last, h.minor)
}
