package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"

	"pgregory.net/rapid"
)

// plainElement is a character under its spellings, the name first.
type plainElement struct {
	id    string
	names []string
}

// plainScene is a scene as its text and its people have it.
type plainScene struct {
	live    bool
	there   bool     // it was in a draft once
	said    []string // who speaks, a speech each
	added   []*plainElement
	dropped map[string]bool // spellings
	has     []*plainElement
}

// elementWorld is a title with three scenes and what they should need.
type elementWorld struct {
	h        house
	title    string
	scenes   map[string]*plainScene
	elements []*plainElement
}

func (w *elementWorld) called(name string) *plainElement {
	for _, e := range w.elements {
		if slices.Contains(e.names, name) {
			return e
		}
	}
	return nil
}

func (w *elementWorld) labels() []string { return []string{"1-1", "1-2", "1-3"} }

func (w *elementWorld) name(t *rapid.T) string {
	return rapid.SampledFrom([]string{"沈枝", "顾京", "李丽", "李莉", "枝姐"}).Draw(t, "name")
}

func (w *elementWorld) any(t *rapid.T) *plainElement {
	return rapid.SampledFrom(w.elements).Draw(t, "element")
}

func (x *plainScene) drops(e *plainElement) bool {
	return slices.ContainsFunc(e.names, func(n string) bool { return x.dropped[n] })
}

// derive says what a live scene needs, and makes the elements that it names.
func (w *elementWorld) derive(x *plainScene) {
	if !x.live {
		return
	}
	x.has = nil
	for _, n := range x.said {
		e := w.called(n)
		if e == nil && !x.dropped[n] {
			e = &plainElement{names: []string{n}}
			w.elements = append(w.elements, e)
		}
		switch {
		case e == nil:
		case x.drops(e):
			x.dropped[n] = true
		case !slices.Contains(x.has, e):
			x.has = append(x.has, e)
		}
	}
	for _, e := range x.added {
		if !slices.Contains(x.has, e) {
			x.has = append(x.has, e)
		}
	}
}

// imports a draft of some of the scenes.
func (w *elementWorld) imports(t *rapid.T) {
	// A text of its own says which scene each is; without one a scene is as like to any other.
	apart := []string{"△雨从傍晚下到半夜，屋檐的水一直没有停过，石阶上长出了青苔。", "△火车进站，汽笛拉得很长，月台尽头空无一人，只剩一只旧皮箱。",
		"△账房里算盘响个不停，伙计们低头赶着月底的数目，谁都不抬头。", "△山路转过七个弯，马车陷在泥里，车夫骂骂咧咧地跳下去推。"}
	text := "第一集\n"
	for i, label := range w.labels() {
		x := w.scenes[label]
		x.live = rapid.Bool().Draw(t, "in the draft") || i == 0
		if !x.live {
			continue
		}
		text += "\n" + label + " 日 内\n" + apart[i] + "\n"
		x.there, x.said = true, nil
		for range rapid.IntRange(0, 3).Draw(t, "speeches") {
			n := w.name(t)
			x.said = append(x.said, n)
			text += n + "（OS）：话。\n"
		}
		w.derive(x)
	}
	w.h.importText(w.title, text)
	w.learn()
}

// learn takes over the ids of what an import made.
func (w *elementWorld) learn() {
	for _, e := range w.elements {
		if e.id == "" {
			e.id = w.h.element(w.title, e.names[0]).ID
		}
	}
}

func (w *elementWorld) edit(t *rapid.T) {
	e, want := w.any(t), ""
	name, aliases := e.names[0], e.names[1:]
	in := studio.ElementIn{}
	if rapid.Bool().Draw(t, "renames") {
		name = w.name(t)
		in.Name = &name
	}
	if rapid.Bool().Draw(t, "sets aliases") {
		aliases = []string{}
		if rapid.Bool().Draw(t, "an alias") {
			aliases = []string{w.name(t)}
		}
		in.Aliases = &aliases
	}
	var names []string
	for _, n := range append(append([]string{name}, aliases...), e.names[0]) {
		if o := w.called(n); o != nil && o != e {
			want = "element.name"
		}
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	_, err := w.h.EditElement(w.h.t.Context(), w.h.admin, e.id, w.h.element(w.title, e.names[0]).Rev, in)
	if !agree(t, "editing an element", err, want) {
		return
	}
	was := e.names
	e.names = names
	for _, label := range w.needing(e, false) {
		x := w.scenes[label]
		for _, n := range names {
			if !slices.Contains(was, n) {
				delete(x.dropped, n)
			}
		}
		w.derive(x)
	}
	w.learn()
}

// needing are the labels of the scenes that need an element, archived ones too where they are asked for.
func (w *elementWorld) needing(e *plainElement, archived bool) []string {
	return slices.DeleteFunc(w.labels(), func(l string) bool {
		x := w.scenes[l]
		return !slices.Contains(x.has, e) || !x.live && !archived
	})
}

func (w *elementWorld) merge(t *rapid.T) {
	from, to, want := w.any(t), w.any(t), ""
	if from == to {
		want = "invalid.into"
	}
	_, err := w.h.MergeElement(w.h.t.Context(), w.h.admin, from.id, to.id)
	if !agree(t, "merging elements", err, want) {
		return
	}
	labels := slices.Concat(w.needing(from, true), w.needing(to, true))
	to.names = append(to.names, from.names...)
	w.elements = slices.DeleteFunc(w.elements, func(e *plainElement) bool { return e == from })
	for _, label := range labels {
		x := w.scenes[label]
		for _, n := range to.names {
			delete(x.dropped, n)
		}
		x.added, x.has = turned(x.added, from, to), turned(x.has, from, to)
		w.derive(x)
	}
}

func turned(in []*plainElement, from, to *plainElement) []*plainElement {
	var out []*plainElement
	for _, e := range in {
		if e == from {
			e = to
		}
		if e != nil && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

func (w *elementWorld) remove(t *rapid.T) {
	e, want := w.any(t), ""
	if len(w.needing(e, false)) > 0 {
		want = "element.used"
	}
	err := w.h.DeleteElement(w.h.t.Context(), w.h.admin, e.id, w.h.element(w.title, e.names[0]).Rev)
	if !agree(t, "deleting an element", err, want) {
		return
	}
	w.elements = slices.DeleteFunc(w.elements, func(o *plainElement) bool { return o == e })
	for _, x := range w.scenes {
		x.added, x.has = turned(x.added, e, nil), turned(x.has, e, nil)
	}
}

func (w *elementWorld) set(t *rapid.T) {
	label := rapid.SampledFrom(slices.DeleteFunc(w.labels(), func(l string) bool { return !w.scenes[l].there })).Draw(t, "scene")
	x, e, want := w.scenes[label], w.any(t), ""
	if !x.live {
		want = "scene.archived"
	}
	in := studio.NeedsIn{}
	add := rapid.Bool().Draw(t, "adds")
	if add {
		in.Add = []string{e.id}
	} else {
		in.Remove = []string{e.id}
	}
	_, err := w.h.SetNeeds(w.h.t.Context(), w.h.admin, w.h.sceneOf(w.title, label).ID, in)
	if !agree(t, "setting needs", err, want) {
		return
	}
	x.added = turned(x.added, e, nil)
	for _, n := range e.names {
		delete(x.dropped, n)
		if !add {
			x.dropped[n] = true
		}
	}
	if add {
		x.added = append(x.added, e)
	}
	w.derive(x)
}

// compare holds every scene's needs and every total against the plain world.
func (w *elementWorld) compare(t *rapid.T) {
	var needs []string
	scenes, lines := map[*plainElement]int{}, map[*plainElement]int{}
	for _, label := range w.labels() {
		x := w.scenes[label]
		if !x.live {
			continue
		}
		var in []string
		for _, e := range x.has {
			n := 0
			for _, s := range x.said {
				if slices.Contains(e.names, s) {
					n++
				}
			}
			scenes[e], lines[e] = scenes[e]+1, lines[e]+n
			text := e.names[0]
			if n > 0 {
				text += fmt.Sprint(" ", n)
			}
			in = append(in, text)
		}
		slices.Sort(in)
		needs = append(needs, label+": "+strings.Join(in, ", "))
	}
	var totals []string
	for _, e := range w.elements {
		s := fmt.Sprintf("%s %d/%d", e.names[0], scenes[e], lines[e])
		if len(e.names) > 1 {
			s += " (" + strings.Join(e.names[1:], " ") + ")"
		}
		totals = append(totals, s)
	}
	slices.Sort(totals)
	if got := w.h.elements(w.title, ""); got != strings.Join(totals, ", ") {
		t.Fatalf("elements are %s, want %v", got, totals)
	}
	got := strings.Split(w.h.needs(w.title, 0), "; ")
	for i, scene := range got {
		label, in, _ := strings.Cut(scene, ": ")
		parts := strings.Split(in, ", ")
		slices.Sort(parts)
		got[i] = label + ": " + strings.Join(parts, ", ")
	}
	if !slices.Equal(got, needs) {
		t.Fatalf("scenes need %q, want %q", got, needs)
	}
}

// TestElementsAgainstAPlainWorld imports drafts and sets what scenes need in any order.
func TestElementsAgainstAPlainWorld(t *testing.T) {
	h := newHouse(t)
	rapid.Check(t, func(t *rapid.T) {
		w := &elementWorld{h: h, title: h.title("昼以继夜"), scenes: map[string]*plainScene{}}
		for _, l := range w.labels() {
			w.scenes[l] = &plainScene{dropped: map[string]bool{}}
		}
		w.imports(t)
		steps := []func(*rapid.T){w.imports, w.imports, w.set, w.set, w.set, w.edit, w.edit, w.merge, w.remove, w.remove}
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			i := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
			if len(w.elements) == 0 {
				i = 0
			}
			steps[i](t)
			w.compare(t)
		}
	})
}
