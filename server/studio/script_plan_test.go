package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
)

// longScript is a script of episodes with five scenes each, every line different from all others.
type longScript struct{ episodes [][]*longScene }

type longScene struct {
	place string
	lines []string
}

func newLongScript(episodes int) *longScript {
	people := []string{"沈枝", "顾衍", "化妆师", "导演", "周姨"}
	places := []string{"大剧院", "后台", "屋顶", "湖边", "走廊"}
	verbs := []string{"推开", "放下", "看向", "递过", "收起", "撕掉", "举起"}
	things := []string{"旧剧本", "红绸", "怀表", "车票", "钥匙", "相片", "药瓶", "雨伞", "账本"}
	s := &longScript{}
	n := 0
	for e := range episodes {
		var scenes []*longScene
		for range 5 {
			x := &longScene{place: places[n%5] + fmt.Sprint(n/5%7)}
			for l := range 8 {
				n++
				who, verb, thing := people[(n*7+l)%5], verbs[n%7], things[n*3%9]
				if l%3 == 0 {
					x.lines = append(x.lines, fmt.Sprintf("△%s%s%s，第%d盏灯亮起，台下%d人回头。", who, verb, thing, n, n*17%91))
				} else {
					x.lines = append(x.lines, fmt.Sprintf("%s：那%s的%s，%d年前就不在了，你还要%s吗？", who, places[(n+e)%5], thing, n*13%97, verb))
				}
			}
			scenes = append(scenes, x)
		}
		s.episodes = append(s.episodes, scenes)
	}
	return s
}

func (s *longScript) text() string {
	var b strings.Builder
	for e, scenes := range s.episodes {
		fmt.Fprintf(&b, "第%d集\n\n", e+1)
		for i, x := range scenes {
			fmt.Fprintf(&b, "%d-%d 日 内 %s\n%s\n\n", e+1, i+1, x.place, strings.Join(x.lines, "\n"))
		}
	}
	return b.String()
}

func (h house) previewText(titleID, text string) studio.Preview {
	h.t.Helper()
	p, err := h.PreviewScript(h.t.Context(), h.admin, titleID, studio.ScriptFile{Name: "剧本.txt", Data: []byte(text)})
	return must(h.t, p, err)
}

func (h house) sceneText(id string) studio.Scene {
	h.t.Helper()
	x, err := h.Scene(h.t.Context(), h.admin, id)
	return must(h.t, x, err)
}

// allShots reads every live shot of a title by its label.
func (h house) allShots(titleID string) map[string]studio.Shot {
	h.t.Helper()
	out := map[string]studio.Shot{}
	for after := ""; ; {
		l, err := h.TitleShots(h.t.Context(), h.admin, titleID, studio.ShotFilter{}, studio.Page{Limit: 500, After: after})
		for _, r := range must(h.t, l, err).Items {
			out[r.Shot.Label] = r.Shot
		}
		if after = l.Next; after == "" {
			return out
		}
	}
}

// staleLabels are the labels of the shots that are marked.
func (h house) staleLabels(titleID string) []string {
	h.t.Helper()
	out := []string{}
	for label, x := range h.allShots(titleID) {
		if x.Stale != nil {
			out = append(out, label)
		}
	}
	slices.Sort(out)
	return out
}

// plannedStale are the labels that a plan names.
func plannedStale(p studio.Preview) []string {
	out := []string{}
	for _, x := range p.Scenes {
		out = append(out, x.Stale...)
	}
	slices.Sort(out)
	return out
}

func planned(p studio.Preview) map[string]int {
	out := map[string]int{}
	for _, x := range p.Scenes {
		out[string(x.Change)]++
		if x.Moved {
			out["moved"]++
		}
		if x.Renumbered {
			out["renumbered"]++
		}
	}
	return out
}

// TestTheSecondDraft is the figure of the closing note: a script of a hundred episodes comes again with five scenes
// edited, two moved, one removed and one inserted.
func TestTheSecondDraft(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("气运三角洲")
	s := newLongScript(100)
	h.importText(title, s.text())
	rows, err := h.Outline(ctx, h.admin, title)
	must(t, rows, err)
	id := func(e, i int) string { return rows[e-1].Scenes[i-1].ID }

	// Each scene of every tenth episode, and of those that will be touched, has a shot of a speech, one of an action and one of it all.
	linked := map[string]string{} // label of the shot of line 1, 2, or all
	n := 0
	for e := 1; e <= 100; e++ {
		if e%10 != 0 && !slices.Contains([]int{3, 7, 12, 31, 32, 77}, e) {
			continue
		}
		for i := 1; i <= 5; i++ {
			ids := h.sceneText(id(e, i)).LineIDs
			shots, err := h.AddShots(ctx, h.admin, id(e, i), []studio.ProposedShot{{Lines: ids[1:2]}, {Lines: ids[2:3]}, {}})
			for k, x := range must(t, shots, err) {
				linked[fmt.Sprint(e, "-", i, " ", []string{"action", "speech", "all"}[k])] = x.Label
				if n++; n%5 == 0 {
					h.typed(x.ID, studio.Failed)
					h.pick(x.ID, h.take(x.ID, n).ID, "")
				}
			}
		}
	}
	before, shots := h.counted(title), h.allShots(title)

	at := func(e, i int) *longScene { return s.episodes[e-1][i-1] }
	at(3, 2).lines[1] = "沈枝：我不走了，票你拿去退吧。" // file line 3 of the scene: behind the heading and an action
	at(7, 1).lines[0] = "△幕布忽然落下，灯全灭了。"
	at(12, 4).lines = append(at(12, 4).lines, "顾衍：等一等，还有一句没说。")
	at(50, 3).lines[1] = strings.Replace(at(50, 3).lines[1], "不在了", "烧掉了", 1)
	at(77, 5).lines = at(77, 5).lines[:7]
	s.episodes[30][0], s.episodes[30][3] = s.episodes[30][3], s.episodes[30][0] // 31-1 and 31-4 change places
	s.episodes[31] = slices.Delete(s.episodes[31], 2, 3)                        // 32-3 goes, two behind it are renumbered
	s.episodes[89] = slices.Insert(s.episodes[89], 1, &longScene{"码头", []string{"△汽笛响过三声，没有人上船。", "周姨：船开了，谁也没来。"}})

	p := h.previewText(title, s.text())
	got := planned(p)
	if want := map[string]int{"same": 494, "edited": 5, "added": 1, "removed": 1, "moved": 2, "renumbered": 2 + 2 + 4}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("planned %v, want %v", got, want)
	}
	v := h.importText(title, s.text())
	want := []string{linked["3-2 speech"], linked["3-2 all"], linked["7-1 action"], linked["7-1 all"], linked["12-4 all"], linked["50-3 speech"], linked["50-3 all"], linked["77-5 all"]}
	slices.Sort(want)
	stale := h.staleLabels(title)
	if !slices.Equal(stale, want) || !slices.Equal(plannedStale(p), want) || v.Stale != len(want) {
		t.Errorf("stale  %v\nplanned %v\nwant    %v", stale, plannedStale(p), want)
	}
	if changes(v) != "1 added, 5 changed, 1 archived" || p.Added != v.Added || p.Changed != v.Changed || p.Archived != v.Archived {
		t.Errorf("got %s", changes(v))
	}
	after := h.counted(title)
	if before != after {
		t.Errorf("work before %+v, after %+v", before, after)
	}
	now := h.allShots(title)
	for label, x := range shots {
		if y := now[label]; y.ID != x.ID || y.State != x.State || (y.Pick == nil) != (x.Pick == nil) || y.SceneID != x.SceneID {
			t.Errorf("shot %s is %+v", label, y)
		}
	}
	t.Logf("500 scenes again: plan %v, %d of %d shots stale %v", got, len(stale), before.Shots, stale)
	t.Logf("before %+v", before)
	t.Logf("after  %+v", after)
	if len(now) != len(shots) {
		t.Errorf("%d labels, want %d", len(now), len(shots))
	}
	if got := h.see(now[linked["3-2 speech"]].ID).Shot.Stale; len(got.Lines) != 1 || got.Lines[0].Is != "沈枝：我不走了，票你拿去退吧。" || got.Version != 2 {
		t.Errorf("the reason is %+v", got)
	}
}
