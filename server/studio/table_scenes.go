package studio

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"chouka/server/studio/script"
	"chouka/server/studio/sheet"
	"chouka/store"
)

// spokenRate is how many spoken characters a second takes, ten times: 4.1, measured on one episode (139 characters, 34 s).
const spokenRate = 41

// sceneTable is what a crew plans by: the scenes in the order of the script (顺场表), or place by place (分场表).
func (w *tableWriter) sceneTable(byPlace bool) (sheet.Written, error) {
	t := sheet.Written{Name: "顺场表", Header: []string{"序号/No.", "场号/Scene", "集/Episode", "时间/Time", "内外/Int-Ext", "地点/Place", "人物/Cast", "道具/Props",
		"预估时长（秒）/Estimate", "字数/Characters", "台词字数/Spoken", "镜头数/Shots", "标签/Tags"}}
	if byPlace {
		t.Name = "分场表"
	}
	scenes, err := w.liveScenes()
	if err != nil {
		return t, err
	}
	if byPlace {
		orderByPlace(scenes)
	}
	book, err := w.s.elementBook(w.tx, w.titleID)
	if err != nil {
		return t, err
	}
	byID := map[string]*Element{}
	for _, e := range book.all {
		byID[e.ID] = e
	}
	for i, x := range scenes {
		shots, err := w.s.r.counts.Value(w.tx, countKey(x.ID, "shots"))
		if err != nil {
			return t, fmt.Errorf("counting a scene's shots: %w", err)
		}
		written, spoken := sceneLengths(x)
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), w.placer.name(x), strconv.Itoa(x.Episode), x.Time, x.Interior, x.Place,
			sceneCast(x, byID), namesOfKind(x, byID, ElementProp), estimate(spoken), strconv.Itoa(written), strconv.Itoa(spoken),
			strconv.FormatInt(shots, 10), sceneTags(x)})
	}
	return t, nil
}

func (w *tableWriter) liveScenes() ([]*Scene, error) {
	prefix := store.K().ID(w.titleID)
	if w.episode > 0 {
		prefix = prefix.Int(int64(w.episode))
	}
	var out []*Scene
	err := w.s.r.scenes.Each(w.tx, "order", prefix, func(x *Scene) error {
		if !x.Archived {
			out = append(out, x)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing scenes: %w", err)
	}
	return out, nil
}

// orderByPlace puts the scenes of one place together, places in the order in which the script first comes to them, and
// in a place the scenes of one time of day and of inside or outside.
func orderByPlace(scenes []*Scene) {
	first := map[string]int{}
	key := func(x *Scene) string { return nameKey(x.Place) }
	for i, x := range scenes {
		for _, k := range []string{key(x), key(x) + "\x00" + x.Interior, key(x) + "\x00" + x.Interior + "\x00" + x.Time} {
			if _, met := first[k]; !met {
				first[k] = i
			}
		}
	}
	slices.SortStableFunc(scenes, func(a, b *Scene) int {
		return cmp.Or(cmp.Compare(first[key(a)], first[key(b)]), cmp.Compare(first[key(a)+"\x00"+a.Interior], first[key(b)+"\x00"+b.Interior]),
			cmp.Compare(first[key(a)+"\x00"+a.Interior+"\x00"+a.Time], first[key(b)+"\x00"+b.Interior+"\x00"+b.Time]))
	})
}

func sceneCast(x *Scene, byID map[string]*Element) string {
	if cast := namesOfKind(x, byID, ElementCharacter); cast != "" {
		return cast
	}
	return strings.Join(x.Cast, "、")
}

func namesOfKind(x *Scene, byID map[string]*Element, kind ElementKind) string {
	var names []string
	for _, id := range x.Elements {
		if e := byID[id]; e != nil && e.Kind == kind {
			names = append(names, e.Name)
		}
	}
	return strings.Join(names, "、")
}

// sceneLengths counts the characters of a scene's text below its heading, and of what is spoken in it, without blanks and
// punctuation.
func sceneLengths(x *Scene) (written, spoken int) {
	count := func(text string) int {
		n := 0
		for _, r := range text {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				n++
			}
		}
		return n
	}
	for _, l := range x.Lines {
		if l.Kind == script.KindScene || l.Kind == script.KindCast {
			continue
		}
		written += count(l.Text)
		if l.Kind == script.KindSpeech {
			spoken += count(l.Said)
		}
	}
	return written, spoken
}

// estimate is how long the spoken text takes, in whole seconds; nothing where nobody speaks.
func estimate(spoken int) string {
	if spoken == 0 {
		return ""
	}
	return strconv.Itoa((spoken*10 + spokenRate - 1) / spokenRate)
}

// sceneTags says what a crew has to know at a glance.
func sceneTags(x *Scene) string {
	var tags []string
	for _, tag := range []string{"闪回", "梦境", "空镜", "蒙太奇"} {
		if slices.ContainsFunc(x.Lines, func(l script.Line) bool {
			return (l.Kind == script.KindNote || l.Kind == script.KindScene) && strings.Contains(l.Text, tag)
		}) {
			tags = append(tags, tag)
		}
	}
	return strings.Join(tags, "、")
}
