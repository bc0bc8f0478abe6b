package studio

import (
	"slices"

	"chouka/server/studio/script"
)

// judge compares a scene of the file with the one that it was matched with: what changed, line by line, and which shots feel it.
func (p *importPlan) judge(s *Studio, x *plannedScene, locked bool) {
	if x.have == nil {
		x.Added, x.text = len(x.read.Lines), true
		for range x.read.Lines {
			x.ids = append(x.ids, s.ids())
		}
		return
	}
	x.SceneID, x.Was = x.have.ID, headOf(x.have)
	x.Renumbered = script.Fold(x.have.Label) != script.Fold(x.read.Label)
	if sameScene(x.have, x.read) {
		x.Likeness, x.Returned = 100, x.have.Archived && !locked
		if !locked {
			x.Change = SceneSame
		}
		return
	}
	x.Likeness = script.Likeness(x.have.Lines, x.read.Lines)
	if x.read.Deleted && !hasText(x.read.Lines) && hasText(x.have.Lines) && !locked {
		x.retired, x.Change, x.Removed = true, SceneRemoved, len(x.have.Lines)
		if x.have.Archived {
			x.Change, x.Removed = SceneSame, 0
		}
		return
	}
	d := diffLines(s, x.have, x.read.Lines, p.shots[x.have.ID])
	change := sceneChange(x.have, x.read)
	if change != SceneSame {
		x.Added, x.Changed, x.Removed = d.added, d.edited, d.removed
	}
	if locked {
		return
	}
	x.Change, x.Returned, x.ids, x.text = change, x.have.Archived, d.ids, true
	for _, shot := range p.shots[x.have.ID] {
		m := d.mark(shot)
		if m.changed {
			x.marks = append(x.marks, m)
		}
		if m.fresh {
			x.Stale = append(x.Stale, shot.Label)
		}
	}
}

// inHeading says whether a line belongs to a scene's heading and its labels.
func inHeading(l *script.Line) bool { return l.Kind == script.KindScene || l.Kind == script.KindCast }

// spoken says whether a line is what a shot of the whole scene shows: speech or action.
func spoken(k script.Kind) bool { return k == script.KindSpeech || k == script.KindAction }

func hasText(lines []script.Line) bool {
	return slices.ContainsFunc(lines, func(l script.Line) bool { return !inHeading(&l) })
}

// sameScene reports that nothing of a scene need be written but its place. Numbers of lines do not count: they are
// those of the version that the lines are from.
func sameScene(have *Scene, read *script.Scene) bool {
	return have.Label == read.Label && have.Heading == read.Heading && have.Place == read.Place && have.Time == read.Time &&
		have.Interior == read.Interior && slices.Equal(have.Cast, read.Cast) && slices.EqualFunc(have.Lines, read.Lines, sameLine)
}

func sameLine(a, b script.Line) bool {
	return a.Kind == b.Kind && a.Text == b.Text && a.Speaker == b.Speaker && a.Mode == b.Mode && a.Manner == b.Manner &&
		a.Said == b.Said && a.More == b.More && a.Low == b.Low && slices.Equal(a.Also, b.Also)
}

// sceneChange says how two states of a scene differ. A new number alone is no change of the heading.
func sceneChange(have *Scene, read *script.Scene) SceneChange {
	body := func(lines []script.Line) []string {
		var out []string
		for i := range lines {
			if !inHeading(&lines[i]) {
				out = append(out, script.Key(lines[i].Text))
			}
		}
		return out
	}
	if !slices.Equal(body(have.Lines), body(read.Lines)) {
		return SceneEdited
	}
	renumbered := script.Fold(have.Label) != script.Fold(read.Label)
	parts := func(heading, place, time, interior string, cast []string) []string {
		if renumbered {
			heading = ""
		}
		out := []string{script.Key(heading), script.Key(place), script.Key(time), interior}
		for _, c := range cast {
			out = append(out, nameKey(c))
		}
		return out
	}
	if !slices.Equal(parts(have.Heading, have.Place, have.Time, have.Interior, have.Cast), parts(read.Heading, read.Place, read.Time, read.Interior, read.Cast)) {
		return SceneHeading
	}
	rest := func(lines []script.Line) []script.Line {
		return slices.DeleteFunc(slices.Clone(lines), func(l script.Line) bool { return renumbered && l.Kind == script.KindScene })
	}
	if (!renumbered && have.Heading != read.Heading) || !slices.EqualFunc(rest(have.Lines), rest(read.Lines), sameLine) {
		return SceneCosmetic
	}
	return SceneSame
}

// lineDiff is what happened to the lines of a scene, by their ids.
type lineDiff struct {
	ids                    []string // of the new lines
	changes                []lineChange
	added, edited, removed int
}

// lineChange is one line that is not as it was. A cosmetic one starts no mark, but is written into those that are there.
type lineChange struct {
	id, was, is string
	told        bool // spoken or action: shots of the whole scene feel it
	quiet       bool // cosmetic, or of the heading
}

// diffLines aligns old and new lines. A line keeps its id while it is the same, a cosmetic or an edited one; one that
// comes back as it was before a shot was marked for its going has its id again. Lines that merely stand elsewhere in
// their scene have changed nothing.
func diffLines(s *Studio, have *Scene, lines []script.Line, shots []*Shot) lineDiff {
	d := lineDiff{ids: make([]string, len(lines))}
	align := script.Align(have.Lines, lines)
	used := make([]bool, len(have.Lines))
	back := lostLines(have, shots)
	for j, i := range align {
		now := &lines[j]
		if i >= 0 {
			used[i] = true
			if d.ids[j] = lineID(have, i); d.ids[j] == "" {
				d.ids[j] = s.ids()
			}
			d.changed(d.ids[j], &have.Lines[i], now)
			continue
		}
		key := script.Key(now.Text)
		if d.ids[j] = back[key]; d.ids[j] == "" {
			d.ids[j] = s.ids()
		}
		delete(back, key)
		d.added++
		d.changes = append(d.changes, lineChange{id: d.ids[j], is: now.Text, told: spoken(now.Kind), quiet: now.Kind == script.KindScene})
	}
	for i := range have.Lines {
		if l := &have.Lines[i]; !used[i] {
			d.removed++
			d.changes = append(d.changes, lineChange{id: lineID(have, i), was: l.Text, told: spoken(l.Kind), quiet: l.Kind == script.KindScene})
		}
	}
	return d
}

// diffByID compares two states of a scene whose lines have their ids.
func diffByID(now, old *Scene) lineDiff {
	d := lineDiff{ids: old.LineIDs}
	at := map[string]int{}
	for i := range now.Lines {
		at[lineID(now, i)] = i
	}
	for j := range old.Lines {
		l, id := &old.Lines[j], lineID(old, j)
		i, ok := at[id]
		if !ok {
			d.changes = append(d.changes, lineChange{id: id, is: l.Text, told: spoken(l.Kind), quiet: l.Kind == script.KindScene})
			continue
		}
		delete(at, id)
		d.changed(id, &now.Lines[i], l)
	}
	for i := range now.Lines {
		if _, gone := at[lineID(now, i)]; gone {
			l := &now.Lines[i]
			d.changes = append(d.changes, lineChange{id: lineID(now, i), was: l.Text, told: spoken(l.Kind), quiet: l.Kind == script.KindScene})
		}
	}
	return d
}

func (d *lineDiff) changed(id string, was, is *script.Line) {
	if was.Text == is.Text {
		return
	}
	same := script.Key(was.Text) == script.Key(is.Text)
	if !same {
		d.edited++
	}
	d.changes = append(d.changes, lineChange{id: id, was: was.Text, is: is.Text, told: spoken(was.Kind) || spoken(is.Kind),
		quiet: same || was.Kind == script.KindScene && is.Kind == script.KindScene})
}

// lineID is the id of a scene's line, "" where it has none.
func lineID(x *Scene, i int) string {
	if i < len(x.LineIDs) {
		return x.LineIDs[i]
	}
	return ""
}

// lostLines are the lines that marks of shots remember and the scene no longer has, by their keys.
func lostLines(have *Scene, shots []*Shot) map[string]string {
	out := map[string]string{}
	for _, x := range shots {
		if x.Stale == nil {
			continue
		}
		for _, l := range x.Stale.Lines {
			if l.Was != "" && l.Is == "" && !slices.Contains(have.LineIDs, l.ID) {
				out[script.Key(l.Was)] = l.ID
			}
		}
	}
	return out
}
