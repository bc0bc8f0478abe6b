package studio_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"

	"pgregory.net/rapid"
)

// plainTitle is a script and the shots on it, as plainly as can be: which line of which scene a shot stands for, and
// since which text. It knows what the writer did, so it need not find out.
type plainTitle struct {
	h        house
	title    string
	n        int // texts so far
	episodes [][]*plainPart
	gone     []*plainPart
	shots    []*plainShot
	before   []plainState // of each import that stands, the oldest first
	settled  bool         // nothing but imports and undoing since the last import
}

type plainPart struct {
	key   int
	id    string // of the scene, once it is imported
	place string
	lines []plainLine
}

type plainLine struct {
	key    int
	text   string
	speech bool
}

type plainShot struct {
	id, scene string
	lines     []int             // keys; none: all
	stale     map[int][2]string // was and is, by key of the line
}

// plainState is what an undo has to bring back.
type plainState struct {
	episodes [][]*plainPart
	gone     []*plainPart
	stale    []map[int][2]string
	digest   map[string]string
	imported map[int][]plainLine
}

func (w *plainTitle) next() int { w.n++; return w.n }

func (w *plainTitle) words() string {
	n := w.next()
	var b strings.Builder
	for i := range 14 {
		b.WriteRune(rune(0x4e00 + (n*7919+i*104729+n*i*31)%3000))
	}
	return b.String()
}

func (w *plainTitle) line(speech bool) plainLine { return plainLine{w.next(), w.words(), speech} }

func (w *plainTitle) part() *plainPart {
	x := &plainPart{key: w.next(), place: w.words()[:12]}
	for i := range 5 {
		x.lines = append(x.lines, w.line(i%2 == 0))
	}
	return x
}

func (w *plainTitle) text(mark string) string {
	var b strings.Builder
	for e, parts := range w.episodes {
		fmt.Fprintf(&b, "第%d集\n\n", e+1)
		for i, x := range parts {
			fmt.Fprintf(&b, "%d-%d 日 内 %s\n", e+1, i+1, x.place)
			for _, l := range x.lines {
				if l.speech {
					b.WriteString("沈枝：" + l.text + mark + "\n")
				} else {
					b.WriteString("△" + l.text + mark + "\n")
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// texts are the lines of every scene of the script as it stands, by the scene's key.
func (w *plainTitle) texts() map[int][]plainLine {
	out := map[int][]plainLine{}
	for _, parts := range w.episodes {
		for _, x := range parts {
			out[x.key] = slices.Clone(x.lines)
		}
	}
	for _, x := range w.gone {
		out[x.key] = slices.Clone(x.lines)
	}
	return out
}

// any is the place of some scene.
func (w *plainTitle) any(t *rapid.T) (e, i int) {
	e = rapid.IntRange(0, len(w.episodes)-1).Draw(t, "episode")
	if len(w.episodes[e]) == 0 {
		return e, -1
	}
	return e, rapid.IntRange(0, len(w.episodes[e])-1).Draw(t, "scene")
}

// write is one thing that a writer does.
func (w *plainTitle) write(t *rapid.T) {
	e, i := w.any(t)
	if i < 0 {
		w.episodes[e] = append(w.episodes[e], w.part())
		return
	}
	x := w.episodes[e][i]
	at := rapid.IntRange(0, len(x.lines)-1).Draw(t, "line")
	switch rapid.SampledFrom([]string{"edit", "edit", "add", "cut", "move", "remove", "insert", "bring back"}).Draw(t, "writes") {
	case "edit":
		r, fresh := []rune(x.lines[at].text), []rune(w.words())
		copy(r[5:8], fresh)
		x.lines = slices.Clone(x.lines)
		x.lines[at].text = string(r)
	case "add":
		x.lines = slices.Insert(slices.Clone(x.lines), at, w.line(rapid.Bool().Draw(t, "speech")))
	case "cut":
		if len(x.lines) > 4 {
			x.lines = slices.Delete(slices.Clone(x.lines), at, at+1)
		}
	case "move":
		w.episodes[e] = slices.Delete(slices.Clone(w.episodes[e]), i, i+1)
		to := rapid.IntRange(0, len(w.episodes)-1).Draw(t, "to")
		w.episodes[to] = slices.Insert(slices.Clone(w.episodes[to]), rapid.IntRange(0, len(w.episodes[to])).Draw(t, "at"), x)
	case "remove":
		w.episodes[e] = slices.Delete(slices.Clone(w.episodes[e]), i, i+1)
		if x.id != "" { // what was written since the last import is lost with it
			x.lines = slices.Clone(w.before[len(w.before)-1].imported[x.key])
			w.gone = append(slices.Clone(w.gone), x)
		}
	case "insert":
		w.episodes[e] = slices.Insert(slices.Clone(w.episodes[e]), i, w.part())
	case "bring back":
		if len(w.gone) > 0 {
			w.episodes[e] = slices.Insert(slices.Clone(w.episodes[e]), i, w.gone[0])
			w.gone = slices.Clone(w.gone[1:])
		}
	}
}

// digest is everything that an undo has to bring back, by scene and by shot.
func (w *plainTitle) digest() map[string]string {
	out := map[string]string{}
	rows, err := w.h.Outline(w.h.t.Context(), w.h.admin, w.title)
	for _, e := range must(w.h.t, rows, err) {
		for _, r := range e.Scenes {
			x := w.h.sceneText(r.ID)
			out[x.ID] = fmt.Sprint(x.EpisodeID, x.Order, x.Label, x.Code, x.Heading, x.Place, x.Cast, x.Lines, x.LineIDs, x.Elements, x.ScriptID, x.Archived)
		}
	}
	for _, x := range w.h.allShots(w.title) {
		mark, err := json.Marshal(x.Stale)
		out[x.ID] = string(must(w.h.t, mark, err)) + fmt.Sprint(x.Label, x.SceneID, x.EpisodeID, x.SceneAt, x.Lines)
	}
	return out
}

// imports the script as it stands and holds what happened against the preview and against the plain marks.
func (w *plainTitle) imports(t *rapid.T) {
	state := plainState{digest: w.digest(), imported: map[int][]plainLine{}}
	if n := len(w.before); n > 0 {
		state.imported = w.before[n-1].imported
	}
	for _, x := range w.shots {
		state.stale = append(state.stale, maps.Clone(x.stale))
	}
	now := w.texts()
	text := w.text(rapid.SampledFrom([]string{"", "", "。", "！"}).Draw(t, "punctuation"))
	work := w.h.counted(w.title)
	p := w.h.previewText(w.title, text)
	v := w.h.importText(w.title, text)
	if w.h.counted(w.title) != work {
		t.Fatalf("work %+v became %+v", work, w.h.counted(w.title))
	}
	if p.Added != v.Added || p.Changed != v.Changed || p.Archived != v.Archived || len(plannedStale(p)) != v.Stale {
		t.Fatalf("planned %d, %d, %d, %v; done %+v", p.Added, p.Changed, p.Archived, plannedStale(p), v)
	}
	w.learn(t, p)
	for _, x := range w.shots {
		x.feel(w.was(x.scene, state.imported), w.was(x.scene, now))
	}
	w.compare(t, v, p)
	w.before, w.settled = append(w.before, plainState{episodes: slices.Clone(w.episodes), gone: w.gone, stale: state.stale, digest: state.digest, imported: now}), true
}

// was are the lines of a scene in some state; nil when it was not there.
func (w *plainTitle) was(scene string, in map[int][]plainLine) []plainLine {
	for _, x := range w.all() {
		if x.id == scene {
			return in[x.key]
		}
	}
	return nil
}

func (w *plainTitle) all() []*plainPart {
	return append(slices.Concat(w.episodes...), w.gone...)
}

// learn takes over the ids of new scenes and holds the outline against the plan.
func (w *plainTitle) learn(t *rapid.T, p studio.Preview) {
	rows, err := w.h.Outline(w.h.t.Context(), w.h.admin, w.title)
	var live []string
	for _, e := range must(w.h.t, rows, err) {
		for _, r := range e.Scenes {
			if !r.Archived {
				live = append(live, r.ID)
			}
		}
	}
	parts := slices.Concat(w.episodes...)
	if len(live) != len(parts) {
		t.Fatalf("%d live scenes, want %d", len(live), len(parts))
	}
	for i, x := range parts {
		plan := p.Scenes[i]
		if plan.SceneID != x.id || (plan.Change == studio.SceneAdded) != (x.id == "") {
			t.Fatalf("scene %d was planned as %+v, it is %q", i, plan, x.id)
		}
		if x.id == "" {
			x.id = live[i]
		}
		if live[i] != x.id {
			t.Fatalf("scene %d is another one than planned", i)
		}
	}
	for _, x := range p.Scenes[len(parts):] {
		if x.Change != studio.SceneRemoved || !w.h.sceneText(x.SceneID).Archived {
			t.Fatalf("left over is %+v", x)
		}
	}
}

// feel is what a change of its scene does to a shot.
func (x *plainShot) feel(was, is []plainLine) {
	if was == nil || is == nil {
		return
	}
	old, now := map[int]string{}, map[int]string{}
	for _, l := range was {
		old[l.key] = l.text
	}
	for _, l := range is {
		now[l.key] = l.text
	}
	for _, keys := range []map[int]string{old, now} {
		for k := range keys {
			mark, marked := x.stale[k]
			if old[k] == now[k] || !marked && len(x.lines) > 0 && !slices.Contains(x.lines, k) {
				continue
			}
			if !marked {
				mark = [2]string{old[k], now[k]}
			}
			mark[1] = now[k]
			if x.stale[k] = mark; mark[0] == mark[1] {
				delete(x.stale, k)
			}
		}
	}
}

// compare holds every mark against the plain one, and the new ones against the plan.
func (w *plainTitle) compare(t *rapid.T, v studio.ScriptVersion, p studio.Preview) {
	fresh := []string{}
	for _, x := range w.shots {
		shot := w.h.see(x.id).Shot
		var got, want []string
		if shot.Stale != nil {
			if shot.Stale.Version == v.Number {
				fresh = append(fresh, shot.Label)
			}
			for _, l := range shot.Stale.Lines {
				got = append(got, bare(l.Was)+"→"+bare(l.Is))
			}
		}
		for _, m := range x.stale {
			want = append(want, m[0]+"→"+m[1])
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("shot %s is marked %q, want %q", shot.Label, got, want)
		}
	}
	slices.Sort(fresh)
	if !slices.Equal(fresh, plannedStale(p)) {
		t.Fatalf("stale became %v, planned %v", fresh, plannedStale(p))
	}
}

// bare is a line without what is not its text.
func bare(s string) string {
	return strings.Trim(strings.TrimPrefix(s, "沈枝："), "△。！")
}

func (w *plainTitle) undo(t *rapid.T) {
	n := len(w.before)
	if n < 2 || !w.settled {
		return
	}
	was := w.before[n-1]
	list, err := w.h.Scripts(w.h.t.Context(), w.h.admin, w.title)
	at := slices.IndexFunc(must(w.h.t, list, err), func(v studio.ScriptVersion) bool { return v.Undone == nil })
	work := w.h.counted(w.title)
	must(w.h.t, 0, errOf(w.h.UndoImport(w.h.t.Context(), w.h.admin, list[at].ID)))
	if w.h.counted(w.title) != work {
		t.Fatalf("work %+v became %+v", work, w.h.counted(w.title))
	}
	now := w.digest()
	for id, s := range was.digest {
		if now[id] != s {
			t.Fatalf("taken back, it is\n%s\nwant\n%s", now[id], s)
		}
	}
	w.before = w.before[:n-1]
	w.rewind(was, w.before[n-2])
}

// rewind brings the writer's own copy back to the version that stands again.
func (w *plainTitle) rewind(was, to plainState) {
	known := map[int]*plainPart{}
	for _, x := range w.all() {
		known[x.key] = x
	}
	for _, x := range slices.Concat(append(slices.Clone(to.episodes), was.gone, to.gone)...) {
		known[x.key] = x
	}
	for key, x := range known {
		if lines, there := to.imported[key]; there {
			x.lines = slices.Clone(lines)
		}
	}
	w.episodes, w.gone = slices.Clone(to.episodes), slices.Clone(to.gone)
	for i, x := range w.shots {
		x.stale = maps.Clone(was.stale[i])
	}
}

func (w *plainTitle) draw(t *rapid.T) {
	parts := slices.Concat(w.episodes...)
	parts = slices.DeleteFunc(parts, func(x *plainPart) bool { return x.id == "" })
	if len(parts) == 0 || len(w.before) == 0 {
		return
	}
	x := rapid.SampledFrom(parts).Draw(t, "shot of")
	sc := w.h.sceneText(x.id)
	shot := &plainShot{id: w.h.shot(x.id).ID, scene: x.id, stale: map[int][2]string{}}
	var ids []string
	imported := w.before[len(w.before)-1].imported[x.key]
	for i, l := range imported {
		if rapid.IntRange(0, 3).Draw(t, "linked") == 0 {
			shot.lines, ids = append(shot.lines, l.key), append(ids, sc.LineIDs[i+1]) // behind the heading
		}
	}
	must(w.h.t, 0, errOf(w.h.LinkLines(w.h.t.Context(), w.h.admin, shot.id, ids)))
	w.h.typed(shot.id, studio.Failed)
	w.shots, w.settled = append(w.shots, shot), false
}

func (w *plainTitle) clear(t *rapid.T) {
	if len(w.shots) == 0 {
		return
	}
	x := rapid.SampledFrom(w.shots).Draw(t, "fits")
	must(w.h.t, 0, errOf(w.h.ClearStale(w.h.t.Context(), w.h.admin, x.id)))
	x.stale, w.settled = map[int][2]string{}, false
}

// TestImportsAgainstAPlainTitle writes, imports, takes back, draws and confirms in any order.
func TestImportsAgainstAPlainTitle(t *testing.T) {
	h := newHouse(t)
	rapid.Check(t, func(t *rapid.T) {
		w := &plainTitle{h: h, title: h.title("昼以继夜")}
		w.episodes = [][]*plainPart{{w.part(), w.part(), w.part()}, {w.part(), w.part()}}
		w.imports(t)
		for range 4 {
			w.draw(t)
		}
		steps := []func(*rapid.T){w.write, w.write, w.write, w.imports, w.imports, w.undo, w.draw, w.clear}
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")](t)
		}
		w.imports(t)
		w.undo(t)
	})
}
